"""A case that nobody can do, the mail to the lead, and the alarm that rings until it is helped: with `overdue.py`."""

from typing import NamedTuple

from infra.local import neighbours
from infra.local.waiting import until
from tests.e2e.alarms import becomes, changes
from tests.e2e.people import Case, Customer, Shopkeeper

ALARM = "nobody-can"
TEAM = "/staff/teams/lighting"


class Unable(NamedTuple):
    """Whose case it was, the text of each mail to the lead about it, and what the alarm became."""

    customer: Customer
    mails: list[str]
    changes: list[str]


def handed_to_nobody(shop: Shopkeeper) -> tuple[Customer, Case]:
    """To a team that has a lead, and nobody else yet."""
    standing, lead = shop.standing, shop.staff("lead")
    lead.put(TEAM, {"name": {"zh-CN": "灯具组", "en": "Lighting"}, "leads": [standing.members["lead"]]})
    customer = shop.files(shop.sells(), type="complaint", lines=[], description="灯罩有异味，客服说不归他们管。")
    shop.assigned(customer)
    case = Case(lead, customer.number)
    case.does("handover", team="lighting", message="异味要灯具组判断。")
    return customer, case


def rings_until_helped(customer: Customer, case: Case) -> Unable:
    """The lead hands it back."""
    standing = customer.standing
    becomes(standing, ALARM, "ALARM")
    mails = until(lambda: mails_to_leads(customer), f"a mail to the lead about {customer.number}")
    case.does("handover", team="desk", message="灯具组还没有人，先由我们处理。")
    becomes(standing, ALARM, "OK")
    return Unable(customer, mails, changes(standing, ALARM))


def mails_to_leads(customer: Customer) -> list[str]:
    letters = neighbours.letters(customer.standing.place.home)
    subject = f"Escalated: {customer.number}"
    return [text for to, about, text in letters if to == "lead@example.com" and about == subject]
