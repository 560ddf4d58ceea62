"""A refund failed, and a team lead has seen that it was paid after all."""

from aftersales.applications import commit
from aftersales.applications.holding import CONDITIONS
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Actor, Application
from aftersales.applications.plan import back_to_work, next_status
from aftersales.applications.refund import Refund
from aftersales.errors import Outdated, RefundTooHigh
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.orders.moving import refunding
from aftersales.resolution.confirmation import RefundConfirmation
from aftersales.resolution.late import may_be_corrected
from aftersales.resolution.quoting import order_of
from aftersales.resolution.settle import application_of, changed, check_amount, refund_of, settles
from aftersales.tables import Cancelled, Write


def correct(refund_id: str, actor: Actor, told: RefundConfirmation) -> bool:
    """Whether it was such a refund: then the books have moved from failed to paid, and the case goes on as paid.

    Raises `NotFound`, `CurrencyMismatch`, `RefundTooHigh` when the money has gone elsewhere since, `Outdated`.
    """
    return commit.until_written(lambda: _correct(application_of(refund_id), refund_id, actor, told))


def _correct(application: Application, refund_id: str, actor: Actor, told: RefundConfirmation) -> bool:
    refund = refund_of(application, refund_id)
    if told.outcome != "paid" or refund != application.refund or not may_be_corrected(application):
        return False
    check_amount(refund, told.amount)
    _pay_late(application, refund, actor, told)
    return True


def _pay_late(application: Application, refund: Refund, actor: Actor, told: RefundConfirmation) -> None:
    paid = refund.model_copy(update={"outcome": "paid", "reference": told.reference, "contradicted": None})
    settled = application.settled or settles(application, refund)
    try:
        commit.step(
            application,
            Step.REFUNDED,
            actor,
            _books(order_of(application), refund),
            to=_next(application.model_copy(update={"settled": settled}), refund),
            message=told.message,
            refunds=changed(application, paid),
            settled=settled,
            data={"refund_id": refund.refund_id, "reference": told.reference},
        )
    except Cancelled as cancelled:
        raise Outdated from cancelled


def _books(order: Order, refund: Refund) -> Write:
    move = ledger.pay_late(refund)
    try:
        ledger.applied(order, move)
    except ValueError:
        raise RefundTooHigh from None
    return refunding(order, move)


def _next(application: Application, refund: Refund) -> Status:
    """What was found missing since is paid for by now: that is for a person."""
    missing = any(line.condition not in CONDITIONS for line in application.inspection)
    return back_to_work(application) if missing and not refund.not_returned else next_status(application)
