"""A team lead agrees to a compensation, or does not."""

from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.compensation import CompensationKind, Proposal
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Application
from aftersales.applications.plan import back_to_work
from aftersales.compensation.give import award
from aftersales.errors import AnotherPersonDecides, Outdated, QuoteChanged, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.money import Money
from aftersales.staff import capacity
from aftersales.staff import store as staff
from aftersales.staff.allowed import may_approve_it
from aftersales.tables import Cancelled, Write


class Approval(Model):
    """A refusal has a reason, for who proposed it. What was approved reaches the customer in the proposer's words.

    With `amount` or `kind`, nothing is decided should the proposal be another than the one that you saw.
    """

    approved: bool
    reason: Annotated[LongText | None, Field(validate_default=True)] = None
    amount: Annotated[Money | None, Field(description="of the proposal that you saw")] = None
    kind: Annotated[CompensationKind | None, Field(description="of the proposal that you saw")] = None

    @field_validator("reason")
    @classmethod
    def _reason_of_a_refusal(cls, reason: str | None, said: ValidationInfo) -> str | None:
        if said.data.get("approved") is (reason is not None):
            raise ValueError("a refusal has one, and only a refusal")
        return reason


def approve(number: str, who: Principal, wanted: Approval) -> Application:
    """Either way the case goes back to who proposed it, when they are there with room for it; else to anybody.

    Raises `StepNotPossible`, `AnotherPersonDecides` to who proposed it, `QuoteChanged`, `RefundTooHigh`, `Outdated`.
    """
    application = store.load(number)
    proposal = application.proposal
    if application.status is not Status.APPROVAL_WANTED or proposal is None:
        raise StepNotPossible("nothing is to be approved")
    if not may_approve_it(application, who):
        raise AnotherPersonDecides("who proposed it does not approve it")
    _must_be_as_seen(proposal, wanted)
    writes, changes = _back(proposal, application.needs.weight)
    if wanted.approved:
        return award(application, who.actor(), proposal, *writes, **changes)
    return _refuse(application, who, wanted, writes, changes)


def _must_be_as_seen(proposal: Proposal, wanted: Approval) -> None:
    """Raises `QuoteChanged`."""
    amount, kind = wanted.amount or proposal.amount, wanted.kind or proposal.kind
    if (amount, kind) != (proposal.amount, proposal.kind):
        raise QuoteChanged("another compensation is proposed now", total=proposal.amount.document())


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
    if proposer is None or proposer.free < weight or not proposer.is_there(clock.now()):
        return [], {"proposal": None, "assignee": None}
    return [capacity.taking(proposer, weight)], {"proposal": None, "assignee": proposer.member_id}
