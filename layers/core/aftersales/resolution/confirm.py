"""The storefront says whether it paid."""

from typing import Literal

from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Application, Refund
from aftersales.applications.number import parse_number
from aftersales.errors import CurrencyMismatch, NotFound, RefundTooHigh, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model, ShortText
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders.moving import moving


class RefundConfirmation(Model):
    """`amount` is what was paid; it must be what was ordered. `message` is for staff."""

    outcome: Literal["paid", "failed"]
    amount: Money
    reference: ShortText
    message: LongText | None = None


class RefundState(Model):
    """The refund as it stands after the confirmation."""

    refund_id: str
    number: str
    status: Status


def confirm_refund(refund_id: str, who: Principal, told: RefundConfirmation) -> None:
    """Told again, the same outcome changes nothing. Raises `NotFound`, `CurrencyMismatch`, `RefundTooHigh`."""
    commit.until_written(lambda: _confirm(_application_of(refund_id, who), who, told))


def refund_state(refund_id: str, who: Principal) -> RefundState:
    """Raises `NotFound`, for another store's refund as well."""
    application = _application_of(refund_id, who)
    return RefundState(refund_id=refund_id, number=application.number, status=application.status)


def _application_of(refund_id: str, who: Principal) -> Application:
    try:
        number = parse_number(refund_id.partition(".")[0])
    except ValueError:
        raise NotFound from None
    application = store.load(number)
    who.must_own(number, application.store_id)
    if application.refund is None or application.refund.refund_id != refund_id:
        raise NotFound
    return application


def _confirm(application: Application, who: Principal, told: RefundConfirmation) -> Application:
    refund = application.refund
    assert refund is not None
    _check_amount(refund, told.amount)
    if application.status is not Status.REFUND_ORDERED:
        return _told_before(application, refund, told)
    paid = told.outcome == "paid"
    move = ledger.confirm_refund(refund.lines) if paid else ledger.fail_refund(refund.lines)
    return commit.step(
        application,
        Step.REFUNDED if paid else Step.REFUND_FAILED,
        who.actor(),
        moving(application.store_id, application.order_number, move),
        to=None if paid else _before(application),
        message=told.message,
        refund=refund.model_copy(update={"reference": told.reference, "outcome": told.outcome}),
        data={"refund_id": refund.refund_id, "reference": told.reference},
    )


def _before(application: Application) -> Status:
    """Where the refund was ordered: goods that came back are still here."""
    return Status.INSPECTED if application.inspection else Status.IN_PROGRESS


def _check_amount(refund: Refund, amount: Money) -> None:
    if amount.currency != refund.total.currency:
        raise CurrencyMismatch(f"the refund is in {refund.total.currency}")
    if amount != refund.total:
        raise RefundTooHigh(f"{refund.total.amount} was ordered")


def _told_before(application: Application, refund: Refund, told: RefundConfirmation) -> Application:
    if refund.outcome != told.outcome:
        raise StepNotPossible(f"the refund was confirmed as {refund.outcome} before")
    return application
