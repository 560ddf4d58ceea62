"""Bring a refund to its end: once, whoever tells of it and however often."""

from typing import Literal

from aftersales.applications import commit, store
from aftersales.applications.lifecycle import TALKING, Step
from aftersales.applications.model import Actor, Application
from aftersales.applications.plan import next_status
from aftersales.applications.refund import Refund
from aftersales.errors import CurrencyMismatch, NotFound, RefundTooHigh
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders.moving import moving
from aftersales.resolution.confirmation import RefundConfirmation

Settled = Literal["settled", "told_before", "contradicted"]


def application_of(refund_id: str) -> Application:
    """The application that the refund was ordered for, now or before. Raises `NotFound`."""
    application = store.load_by_event(refund_id)
    refund_of(application, refund_id)
    return application


def settle(refund_id: str, actor: Actor, told: RefundConfirmation) -> Settled:
    """The first word counts; told again, it changes nothing. A later word that differs moves nothing, and staff see it.

    Raises `NotFound`, `CurrencyMismatch`, `RefundTooHigh`.
    """
    return commit.until_written(lambda: _settle(application_of(refund_id), refund_id, actor, told))


def _settle(application: Application, refund_id: str, actor: Actor, told: RefundConfirmation) -> Settled:
    refund = refund_of(application, refund_id)
    check_amount(refund, told.amount)
    if refund.outcome is None:
        _end(application, refund, actor, told)
        return "settled"
    if refund.outcome == told.outcome:
        return "told_before"
    if refund.contradicted is None:
        _contradict(application, refund, actor, told)
    return "contradicted"


def refund_of(application: Application, refund_id: str) -> Refund:
    """Raises `NotFound`."""
    found = next((refund for refund in application.refunds if refund.refund_id == refund_id), None)
    if found is None:
        raise NotFound
    return found


def check_amount(refund: Refund, amount: Money) -> None:
    if amount.currency != refund.total.currency:
        raise CurrencyMismatch(f"the refund is in {refund.total.currency}")
    if amount != refund.total:
        raise RefundTooHigh(f"{refund.total.amount} was ordered")


def _end(application: Application, refund: Refund, actor: Actor, told: RefundConfirmation) -> None:
    paid = told.outcome == "paid"
    ended = refund.model_copy(update={"reference": told.reference, "outcome": told.outcome})
    move = ledger.confirm_refund(refund) if paid else ledger.fail_refund(refund)
    settled = application.settled or (paid and settles(application, refund))
    after = application.model_copy(update={"settled": settled and paid})
    commit.step(
        application,
        Step.REFUNDED if paid else Step.REFUND_FAILED,
        actor,
        moving(application.store_id, application.order_number, move),
        to=next_status(after),
        message=told.message,
        refunds=changed(application, ended),
        settled=settled,
        data={"refund_id": refund.refund_id, "reference": told.reference},
    )


def settles(application: Application, refund: Refund) -> bool:
    """Whether with it all is done that was to be done: of a compensation, where nothing else was asked for."""
    return refund.purpose == "return" or (refund.purpose == "compensation" and application.type in TALKING)


def _contradict(application: Application, refund: Refund, actor: Actor, told: RefundConfirmation) -> None:
    """Recorded beside the status: neither money nor units move, for nobody knows yet which word is true."""
    commit.step(
        application,
        Step.REFUND_CONTRADICTED,
        actor,
        message=told.message,
        refunds=changed(application, refund.model_copy(update={"contradicted": told.outcome})),
        data={"refund_id": refund.refund_id, "told": told.outcome, "reference": told.reference},
    )


def changed(application: Application, refund: Refund) -> tuple[Refund, ...]:
    """The application's refunds, with this one in its place."""
    return tuple(refund if known.refund_id == refund.refund_id else known for known in application.refunds)
