"""Order a refund: from here on neither the units nor the money can be asked for again."""

from typing import Annotated, Any

from pydantic import Field

from aftersales.applications import commit
from aftersales.applications.lifecycle import REFUNDING, Status, Step, Type
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.applications.plan import remedy_is_due
from aftersales.applications.refund import Quote, Refund
from aftersales.errors import CurrencyMismatch, InvalidRequest, Outdated, QuoteChanged, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.orders.moving import refunding
from aftersales.resolution.claim import Claim, claim_of
from aftersales.resolution.quoting import order_of, quote_now, quoted
from aftersales.staff.mine import mine
from aftersales.tables import Cancelled, Write

BY_STAFF = frozenset({"adjustment", "return_freight"})
"""What is taken off because staff say so."""


class RefundOrder(Model):
    """Without `amount`, what the quote says is paid back. The customer reads `message`.

    With `quoted`, nothing is ordered when the quote has changed since.
    """

    quoted: Annotated[Money | None, Field(description="the total of the quote that you saw")] = None
    amount: Annotated[Money | None, Field(description="at most what the quote says")] = None
    return_freight: Annotated[
        Money | None, Field(description="what the store paid for the way back, where the customer bears it")
    ] = None
    message: LongText | None = None


def order_refund(number: str, who: Principal, wanted: RefundOrder) -> Application:
    """Of an exchange, the difference to a cheaper replacement.

    Raises `StepNotPossible`, `CurrencyMismatch`, `InvalidRequest`, `RefundTooHigh`, `QuoteChanged`, `Outdated`.
    """
    return _order(mine(number, who), who.actor(), wanted)


def order_refund_by_itself(application: Application) -> Application:
    """The same, without a person. Raises `StepNotPossible`, `Outdated`."""
    return _order(application, SYSTEM, RefundOrder())


def _order(application: Application, actor: Actor, wanted: RefundOrder) -> Application:
    _check(application, wanted, claim_of(application))
    order = order_of(application)
    refund = _refund(application, order, _quote(application, order, wanted))
    _check_less(refund, wanted)
    return have_paid(application, order, refund, actor, message=wanted.message)


def have_paid(
    application: Application, order: Order, refund: Refund, actor: Actor, *more: Write, **details: Any
) -> Application:
    """From here on the gateway of the store is to pay it. Raises `StepNotPossible`, `Outdated`."""
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


def _check(application: Application, wanted: RefundOrder, claim: Claim) -> None:
    if application.type not in REFUNDING | {Type.EXCHANGE}:
        raise StepNotPossible("this application does not end with a refund")
    if application.settled:
        raise StepNotPossible("what was to be done was done: its units are paid back or replaced")
    if application.status is Status.APPROVAL_WANTED:
        raise StepNotPossible("a compensation is to be approved first")
    if not remedy_is_due(application):
        raise StepNotPossible("the goods have not been inspected")
    if not claim.units:
        raise StepNotPossible("nothing of it came back that could be paid for: reject it")
    _check_request(application, wanted, claim)


def _check_request(application: Application, wanted: RefundOrder, claim: Claim) -> None:
    if application.type is Type.EXCHANGE and (wanted.amount or wanted.return_freight):
        raise InvalidRequest("an exchange pays back the difference, no more and no less")
    if wanted.return_freight and not claim.customer_pays_return:
        raise InvalidRequest("return_freight: the way back is not on the customer's account")
    for money in (wanted.quoted, wanted.amount, wanted.return_freight):
        if money and money.currency != application.currency:
            raise CurrencyMismatch(f"the order is in {application.currency}")


def _check_less(refund: Refund, wanted: RefundOrder) -> None:
    """What staff take off is said, and the way back never costs all that is due: a slip of the hand would be kept."""
    less = wanted.amount or wanted.return_freight
    if less and wanted.message is None and any(item.kind in BY_STAFF for item in refund.items):
        raise InvalidRequest("message: say why it is less, for the customer")
    if wanted.return_freight and not refund.total.amount:
        raise InvalidRequest("return_freight: it would take all that is due")


def _quote(application: Application, order: Order, wanted: RefundOrder) -> Quote:
    seen = quote_now(application, order)
    if wanted.quoted and wanted.quoted != seen.total:
        raise QuoteChanged(total=seen.total.document())
    if application.type is Type.EXCHANGE and not seen.total.amount:
        raise StepNotPossible("the replacement is not cheaper: there is no difference to pay back")
    if not (wanted.amount or wanted.return_freight):
        return seen
    return quoted(
        order,
        claim_of(application),
        return_freight=wanted.return_freight.amount if wanted.return_freight else 0,
        amount=wanted.amount.amount if wanted.amount else None,
    )


def _refund(application: Application, order: Order, known: Quote) -> Refund:
    return Refund(
        refund_id=application.next_event_id,
        purpose="difference" if application.type is Type.EXCHANGE else "return",
        payment_reference=order.payment_reference,
        **dict(known),
    )
