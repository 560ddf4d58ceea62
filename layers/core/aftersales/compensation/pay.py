"""Order a part of the price back, with the goods kept."""

from typing import Any

from aftersales.applications import commit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Actor, Application
from aftersales.applications.refund import Refund
from aftersales.compensation.quote import compensate
from aftersales.errors import Outdated, RefundTooHigh
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.orders.moving import refunding
from aftersales.resolution.quoting import order_of
from aftersales.tables import Cancelled, Write


def pay(application: Application, actor: Actor, amount: int, *more: Write, **details: Any) -> Application:
    """`amount` is in minor units of the order. Raises `RefundTooHigh`, `StepNotPossible`, `Outdated`."""
    order = order_of(application)
    refund = partial_refund(order, application, amount)
    try:
        return commit.step(
            application,
            Step.REFUND_ORDERED,
            actor,
            refunding(order, ledger.order_refund(refund)),
            *more,
            refunds=(*application.refunds, refund),
            data={"refund_id": refund.refund_id, "total": refund.total.document()},
            **details,
        )
    except Cancelled as cancelled:
        raise Outdated from cancelled


def partial_refund(order: Order, application: Application, amount: int) -> Refund:
    """Raises `RefundTooHigh`."""
    try:
        quote, released = compensate(order, application, amount)
    except ValueError:
        raise RefundTooHigh from None
    return Refund(
        refund_id=f"{application.number}.{application.version + 1}",
        purpose="compensation",
        payment_reference=order.payment_reference,
        released=released,
        **dict(quote),
    )
