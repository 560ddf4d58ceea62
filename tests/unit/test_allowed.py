"""Which steps of a case are whose, beside what its status allows."""

from typing import Any

from aftersales.applications.lifecycle import Status
from aftersales.identity.principal import Principal
from aftersales.staff.actions import ACTIONS
from aftersales.staff.allowed import may_take
from tests.unit.builders import application

MEI = Principal(kind="staff", id="mei", role="agent")
HUA = Principal(kind="staff", id="hua", role="lead")

MINE: dict[str, Any] = {"assignee": "mei"}
TOMS: dict[str, Any] = {"assignee": "tom"}
NOBODYS: dict[str, Any] = {"assignee": None}
EVERY = (*ACTIONS, "follow-up", "notes")
FOR_ALL = {"claim", "notes", "follow-up"}
FOR_LEADS = {
    "takeover",
    "refund-confirmation",
    "charge-confirmation",
    "compensation-approval",
    "credit-confirmation",
    "dispute-answer",
}


def can(person: Principal, status: Status = Status.IN_PROGRESS, **changes: Any) -> set[str]:
    case = application(status=status, **changes)
    return {step for step in EVERY if may_take(step, case, person)}


def test_of_what_others_have_an_agent_can_leave_a_note() -> None:
    assert can(MEI, **TOMS) == can(MEI, **NOBODYS) == FOR_ALL


def test_what_leads_do_agents_cannot() -> None:
    assert not can(MEI, **MINE) & FOR_LEADS
    assert can(HUA, **MINE) >= FOR_LEADS


def test_who_rejected_it_does_not_decide_on_the_appeal() -> None:
    assert not can(HUA, Status.APPEALED, **NOBODYS, rejected_by="hua") & {"claim", "takeover", "decision"}


def test_who_proposed_a_compensation_does_not_approve_it() -> None:
    money = {"amount": 2000, "currency": "CNY"}
    proposal = {"kind": "coupon", "amount": money, "message": "抱歉。", "proposed_by": "hua"}
    assert not can(HUA, Status.APPROVAL_WANTED, **NOBODYS, proposal=proposal) & {"claim", "compensation-approval"}
