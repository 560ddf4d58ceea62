"""Alarms about promises, on the real stack: they go off when a case is overdue, and quiet again when it is resolved."""

import re
from concurrent.futures import Future

from playwright.sync_api import expect

from tests.e2e.browsing import Opens
from tests.e2e.clerk import at_the_desk
from tests.e2e.overdue import Overdue
from tests.e2e.unable import Unable


def test_what_is_overdue_rings_until_it_is_resolved(overdue: Future[Overdue]) -> None:
    """Told once however often the sweep comes by, and nothing of it to the customer."""
    found = overdue.result()
    assert found.changes[-2:] == ["ALARM", "OK"]
    told = found.steps()
    assert (told["sla_warned"], told["sla_breached"]) == (1, 1)
    assert not {"sla_warned", "sla_breached", "priority_changed", "escalated"} & set(found.customer.steps())


def test_a_lead_is_told_of_what_nobody_can_do(unable: Future[Unable], opens: Opens) -> None:
    """The mail, which comes at least once, leads to the case once they have signed in. It rings until they helped."""
    found = unable.result()
    assert found.changes[-2:] == ["ALARM", "OK"]
    [text] = set(found.mails)
    assert "nobody on the roster may do it" in text
    [link] = re.findall(r"\S+/desk/cases/\S+", text)
    lead = at_the_desk(found.customer.standing, opens, link)
    lead.tries_to_sign_in("lead", found.customer.standing.password)
    lead.is_at(found.customer.number)
    expect(lead.timeline().filter(has_text="升级处理")).to_contain_text("无人能处理")
    assert "escalated" not in found.customer.steps()
