"""Alarms about promises, on the real stack: they go off when a case is overdue, and quiet again when it is resolved."""

from concurrent.futures import Future

from tests.e2e.overdue import Overdue


def test_what_is_overdue_rings_until_it_is_resolved(overdue: Future[Overdue]) -> None:
    """Told once however often the sweep comes by, and nothing of it to the customer."""
    found = overdue.result()
    assert found.changes[-2:] == ["ALARM", "OK"]
    told = found.steps()
    assert (told["sla_warned"], told["sla_breached"]) == (1, 1)
    assert not {"sla_warned", "sla_breached", "priority_changed", "escalated"} & set(found.customer.steps())
