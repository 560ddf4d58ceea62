"""Order a part of the price back, with the goods kept."""

from typing import Any

from aftersales.applications.model import Actor, Application
from aftersales.applications.refund import Refund
from aftersales.compensation.quote import compensate
from aftersales.errors import RefundTooHigh
from aftersales.orders.model import Order
from aftersales.resolution.order import have_paid
from aftersales.resolution.quoting import order_of
from aftersales.tables import Write


def pay(application: Application, actor: Actor, amount: int, *more: Write, **details: Any) -> Application:
    """`amount` is in minor units of the order. Raises `RefundTooHigh`, `StepNotPossible`, `Outdated`."""
    order = order_of(application)
    return have_paid(application, order, partial_refund(order, application, amount), actor, *more, **details)


def partial_refund(order: Order, application: Application, amount: int) -> Refund:
    """Raises `RefundTooHigh`."""
    try:
        quote, released = compensate(order, application, amount)
    except ValueError:
        raise RefundTooHigh from None
    return Refund(
        refund_id=application.next_event_id,
        purpose="compensation",
        payment_reference=order.payment_reference,
        released=released,
        **dict(quote),
    )
