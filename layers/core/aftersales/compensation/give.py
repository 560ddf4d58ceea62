"""Give something for the trouble: alone up to a limit, and above it when a team lead agrees."""

from typing import Any

from aftersales.applications import commit, store
from aftersales.applications.compensation import CompensationKind, Proposal
from aftersales.applications.lifecycle import AT_WORK, Step
from aftersales.applications.model import Actor, Application
from aftersales.compensation.credit import order_credit
from aftersales.compensation.given import left_to_give
from aftersales.compensation.pay import partial_refund, pay
from aftersales.errors import CurrencyMismatch, InvalidRequest, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.money import Money
from aftersales.resolution.quoting import order_of
from aftersales.staff import store as staff
from aftersales.staff.mine import mine
from aftersales.tables import Write


class Compensation(Model):
    """`amount` is what it costs the store, also of points. The customer reads `message` once it is given."""

    kind: CompensationKind
    amount: Money
    message: LongText


def give(number: str, who: Principal, wanted: Compensation) -> Application:
    """Raises `NotYours`, `StepNotPossible`, `InvalidRequest`, `CurrencyMismatch`, `RefundTooHigh`, `Outdated`."""
    application = mine(number, who)
    _check(application, wanted)
    if _may_give(application, who, wanted.amount):
        return award(application, who.actor(), wanted)
    return _propose(application, who, wanted)


def award(
    application: Application, actor: Actor, wanted: Compensation | Proposal, *more: Write, **changes: Any
) -> Application:
    """From here on it is ordered; `more` is written and `changes` are made with it. Raises as `give` does."""
    if wanted.kind == "refund":
        return pay(application, actor, wanted.amount.amount, *more, message=wanted.message, **changes)
    return order_credit(application, actor, wanted.kind, wanted.amount, *more, message=wanted.message, **changes)


def _check(application: Application, wanted: Compensation) -> None:
    if application.status not in AT_WORK:
        raise StepNotPossible(f"nothing is given while the application is {application.status}")
    if wanted.amount.currency != application.currency:
        raise CurrencyMismatch(f"the order is in {application.currency}")
    if not wanted.amount.amount:
        raise InvalidRequest("amount: it is nothing")


def _may_give(application: Application, who: Principal, amount: Money) -> bool:
    """Leads anything; others as the roster says, with what the case was given before; who is not on it nothing."""
    if who.leads:
        return True
    member = staff.find(who.id)
    return member is not None and amount.amount <= left_to_give(application, store.timeline(application.number), member)


def _propose(application: Application, who: Principal, wanted: Compensation) -> Application:
    """What could not be paid is not proposed either. From here on it is a team lead's."""
    if wanted.kind == "refund":
        partial_refund(order_of(application), application, wanted.amount.amount)
    return commit.step(
        application,
        Step.COMPENSATION_PROPOSED,
        who.actor(),
        message=wanted.message,
        proposal=Proposal(proposed_by=who.id, **dict(wanted)),
        assignee=None,
        data={"kind": wanted.kind, "amount": wanted.amount.document()},
    )
