"""What a refund comes to, looked at beforehand: of a case, or before one is filed."""

from aftersales.applications import store as applications
from aftersales.applications.lifecycle import FINAL, REFUNDING, Status
from aftersales.applications.model import Application
from aftersales.applications.refund import Quote
from aftersales.applications.wanted import Wanted, order_with
from aftersales.errors import NotFound, RefundTooHigh, StepNotPossible
from aftersales.orders import store as orders
from aftersales.orders.model import Order
from aftersales.resolution.claim import Claim, claim_of, plain
from aftersales.resolution.quote import quote
from aftersales.stores import store as stores


def quote_before_filing(store_id: str, wanted: Wanted) -> Quote:
    """On plain terms, since nothing is decided: no fee, all of it comes back, nothing is adjusted.

    Raises `StepNotPossible`, `UnknownOrder`, `UnknownLine`, `QuantityNotAvailable`.
    """
    _must_refund(wanted)
    return quoted(order_with(store_id, wanted), plain(wanted.lines))


def quote_of_case(number: str) -> Quote:
    """What `order_refund` would order now, whole. Raises `NotFound`, `StepNotPossible`."""
    application = applications.load(number)
    _must_refund(application)
    if application.status in FINAL | {Status.REFUND_ORDERED}:
        raise StepNotPossible(f"an application that is {application.status} pays nothing more back")
    return quoted(order_of(application), claim_of(application))


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


def _must_refund(wanted: Wanted | Application) -> None:
    if wanted.type not in REFUNDING:
        raise StepNotPossible("only refund_only and return_refund end with a refund")
