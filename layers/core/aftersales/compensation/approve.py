"""A team lead agrees to a compensation, or does not."""

from typing import Any

from pydantic import model_validator

from aftersales.applications import commit, store
from aftersales.applications.compensation import Proposal
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Application
from aftersales.applications.plan import back_to_work
from aftersales.compensation.give import award
from aftersales.errors import AnotherPersonDecides, Outdated, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.staff import capacity
from aftersales.staff import store as staff
from aftersales.staff.allowed import may_approve_it
from aftersales.tables import Cancelled, Write


class Approval(Model):
    """A refusal has a reason, for who proposed it. What was approved reaches the customer in the proposer's words."""

    approved: bool
    reason: LongText | None = None

    @model_validator(mode="after")
    def _reason_of_a_refusal(self) -> "Approval":
        if self.approved == (self.reason is not None):
            raise ValueError("reason: a refusal has one, and only a refusal")
        return self


def approve(number: str, who: Principal, wanted: Approval) -> Application:
    """Either way the case goes back to who proposed it, when they are there with room for it; else to anybody.

    Raises `StepNotPossible`, `AnotherPersonDecides` to who proposed it, `RefundTooHigh`, `Outdated`.
    """
    application = store.load(number)
    proposal = application.proposal
    if application.status is not Status.APPROVAL_WANTED or proposal is None:
        raise StepNotPossible("nothing is to be approved")
    if not may_approve_it(application, who):
        raise AnotherPersonDecides("who proposed it does not approve it")
    writes, changes = _back(proposal, application.needs.weight)
    if wanted.approved:
        return award(application, who.actor(), proposal, *writes, **changes)
    return _refuse(application, who, wanted, writes, changes)


def _refuse(
    application: Application, who: Principal, wanted: Approval, writes: list[Write], changes: dict[str, Any]
) -> Application:
    to = back_to_work(application)
    try:
        return commit.step(
            application, Step.COMPENSATION_REFUSED, who.actor(), *writes, to=to, message=wanted.reason, **changes
        )
    except Cancelled as cancelled:
        raise Outdated from cancelled


def _back(proposal: Proposal, weight: int) -> tuple[list[Write], dict[str, Any]]:
    """What is written and changed for it to be the proposer's again."""
    proposer = staff.find(proposal.proposed_by)
    if proposer is None or proposer.free < weight or proposer.presence != "available":
        return [], {"proposal": None, "assignee": None}
    return [capacity.taking(proposer, weight)], {"proposal": None, "assignee": proposer.member_id}
