"""Order a refund: from here on neither the units nor the money can be asked for again."""

from typing import Annotated

from pydantic import Field

from aftersales.applications import commit
from aftersales.applications.holding import may_be_paid
from aftersales.applications.lifecycle import REFUNDING, Step
from aftersales.applications.model import Application
from aftersales.applications.refund import Quote, Refund
from aftersales.errors import CurrencyMismatch, InvalidRequest, Outdated, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.orders.moving import refunding
from aftersales.resolution.claim import Claim, claim_of
from aftersales.resolution.quoting import order_of, quoted
from aftersales.staff.casework import mine
from aftersales.tables import Cancelled

BY_STAFF = frozenset({"adjustment", "return_freight"})
"""What is taken off because staff say so."""


class RefundOrder(Model):
    """Without `amount`, what the quote says is paid back. The customer reads `message`."""

    amount: Annotated[Money | None, Field(description="at most what the quote says")] = None
    return_freight: Annotated[
        Money | None, Field(description="what the store paid for the way back, where the customer bears it")
    ] = None
    message: LongText | None = None


def order_refund(number: str, who: Principal, wanted: RefundOrder) -> Application:
    """The refund is named by the event that orders it, so a repeated order is a repeated name.

    Raises `StepNotPossible`, `CurrencyMismatch`, `InvalidRequest`, `RefundTooHigh`, `Outdated`.
    """
    application = mine(number, who)
    claim = claim_of(application)
    _check(application, wanted, claim)
    order = order_of(application)
    refund = _refund(application, order, _quote(order, claim, wanted))
    _check_less(refund, wanted)
    try:
        return commit.step(
            application,
            Step.REFUND_ORDERED,
            who.actor(),
            refunding(order, ledger.order_refund(refund)),
            message=wanted.message,
            refund=refund,
            data={"refund_id": refund.refund_id, "total": refund.total.document()},
        )
    except Cancelled as cancelled:
        raise Outdated from cancelled


def _check(application: Application, wanted: RefundOrder, claim: Claim) -> None:
    if application.type not in REFUNDING:
        raise StepNotPossible("this application does not end with a refund")
    if not may_be_paid(application):
        raise StepNotPossible("the goods have not been inspected")
    if not claim.units:
        raise StepNotPossible("nothing of it came back that could be paid for: reject it")
    if wanted.return_freight and not claim.customer_pays_return:
        raise InvalidRequest("return_freight: the way back is not on the customer's account")
    for money in (wanted.amount, wanted.return_freight):
        if money and money.currency != application.currency:
            raise CurrencyMismatch(f"the order is in {application.currency}")


def _check_less(refund: Refund, wanted: RefundOrder) -> None:
    """What staff take off is said, and the way back never costs all that is due: a slip of the hand would be kept."""
    if wanted.message is None and any(item.kind in BY_STAFF for item in refund.items):
        raise InvalidRequest("message: say why it is less, for the customer")
    if wanted.return_freight and not refund.total.amount:
        raise InvalidRequest("return_freight: it would take all that is due")


def _quote(order: Order, claim: Claim, wanted: RefundOrder) -> Quote:
    return quoted(
        order,
        claim,
        return_freight=wanted.return_freight.amount if wanted.return_freight else 0,
        amount=wanted.amount.amount if wanted.amount else None,
    )


def _refund(application: Application, order: Order, known: Quote) -> Refund:
    return Refund(
        refund_id=f"{application.number}.{application.version + 1}",
        payment_reference=order.payment_reference,
        **dict(known),
    )
