"""What a refund or an exchange comes to, looked at beforehand: of a case, or before one is filed."""

from aftersales.applications import store as applications
from aftersales.applications.lifecycle import FINAL, REFUNDING, Status, Type
from aftersales.applications.model import Application
from aftersales.applications.refund import Quote
from aftersales.applications.wanted import Wanted, order_with
from aftersales.errors import NotFound, RefundTooHigh, StepNotPossible
from aftersales.orders import store as orders
from aftersales.orders.model import Order
from aftersales.replacement.difference import exchange_quote
from aftersales.resolution.claim import Claim, claim_of, plain
from aftersales.resolution.quote import quote
from aftersales.stores import store as stores


def quote_before_filing(store_id: str, wanted: Wanted) -> Quote:
    """On plain terms, since nothing is decided: no fee, all of it comes back, nothing is adjusted.

    Raises `StepNotPossible`, `UnknownOrder`, `UnknownLine`, `UnknownVariant`, `QuantityNotAvailable`.
    """
    _must_move_money(wanted)
    return _of(wanted, order_with(store_id, wanted), plain(wanted.lines))


def quote_of_case(number: str) -> Quote:
    """Raises `NotFound`, and as `quote_of` does."""
    application = applications.load(number)
    return quote_of(application, order_of(application))


def quote_of(application: Application, order: Order) -> Quote:
    """What `order_refund` would order now, whole, and what is to be paid. Raises `StepNotPossible`."""
    _must_move_money(application)
    if application.settled or application.status in FINAL | {Status.REFUND_ORDERED}:
        raise StepNotPossible(f"an application that is {application.status} pays nothing more back")
    return quote_now(application, order)


def quote_now(application: Application, order: Order) -> Quote:
    """Raises `UnknownVariant`."""
    return _of(application, order, claim_of(application))


def _of(wanted: Wanted | Application, order: Order, claim: Claim) -> Quote:
    if wanted.type is Type.EXCHANGE:
        return exchange_quote(order, claim, wanted.lines)
    return quoted(order, claim)


def order_of(application: Application) -> Order:
    order = orders.load(application.store_id, application.order_number)
    if order is None:
        raise NotFound
    return order


def quoted(order: Order, claim: Claim, *, return_freight: int = 0, amount: int | None = None) -> Quote:
    """By the store's settings. Raises `RefundTooHigh`."""
    claw_back = stores.load(order.store_id).coupon_below_minimum == "claw_back"
    try:
        return quote(order, claim, claw_back=claw_back, return_freight=return_freight, amount=amount)
    except ValueError:
        raise RefundTooHigh from None


def _must_move_money(wanted: Wanted | Application) -> None:
    if wanted.type not in REFUNDING | {Type.EXCHANGE}:
        raise StepNotPossible(f"a {wanted.type} neither pays back nor costs anything by itself")
