"""Order a refund: from here on neither the units nor the money can be asked for again."""

from typing import Annotated

from pydantic import Field

from aftersales.applications import commit
from aftersales.applications.decision import coming_back
from aftersales.applications.lifecycle import REFUNDING, Step
from aftersales.applications.model import Application, Refund
from aftersales.errors import CurrencyMismatch, NotFound, Outdated, RefundTooHigh, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders import store as orders
from aftersales.orders.moving import moving
from aftersales.resolution.quote import refund_lines
from aftersales.staff.casework import mine
from aftersales.tables import Cancelled


class RefundOrder(Model):
    """Without `amount` the units' whole price is paid back. The customer reads `message`."""

    amount: Annotated[Money | None, Field(description="at most what was paid for the units")] = None
    message: LongText | None = None


def order_refund(number: str, who: Principal, wanted: RefundOrder) -> Application:
    """The refund is named by the event that orders it, so a repeated order is a repeated name.

    Raises `StepNotPossible`, `CurrencyMismatch`, `RefundTooHigh`, `Outdated`.
    """
    application = mine(number, who)
    _check(application, wanted)
    refund = _refund(application, wanted)
    move = ledger.order_refund(refund.lines)
    try:
        return commit.step(
            application,
            Step.REFUND_ORDERED,
            who.actor(),
            moving(application.store_id, application.order_number, move),
            message=wanted.message,
            refund=refund,
            data={"refund_id": refund.refund_id, "total": refund.total.document()},
        )
    except Cancelled as cancelled:
        raise Outdated from cancelled


def _check(application: Application, wanted: RefundOrder) -> None:
    if application.type not in REFUNDING:
        raise StepNotPossible("this application does not end with a refund")
    if coming_back(application) and not application.inspection:
        raise StepNotPossible("the goods have not been inspected")
    if wanted.amount and wanted.amount.currency != application.currency:
        raise CurrencyMismatch(f"the order is in {application.currency}")


def _refund(application: Application, wanted: RefundOrder) -> Refund:
    order = orders.load(application.store_id, application.order_number)
    if order is None:
        raise NotFound
    try:
        lines = refund_lines(order, application.lines, wanted.amount.amount if wanted.amount else None)
    except ValueError:
        raise RefundTooHigh from None
    total = Money(amount=sum(line.amount for line in lines), currency=order.currency)
    return Refund(refund_id=f"{application.number}.{application.version + 1}", total=total, lines=lines)
