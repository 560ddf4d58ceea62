"""The parts of an application that are shown to its customer while they matter, in plain fields."""

from typing import TYPE_CHECKING

from aftersales.applications.charge import ChargePurpose
from aftersales.applications.compensation import CompensationKind
from aftersales.applications.lifecycle import REPLACING, Status
from aftersales.applications.model import Application
from aftersales.applications.possible import is_to_send, was_replaced
from aftersales.applications.refund import Refund
from aftersales.applications.repair import Visit
from aftersales.applications.words import INSTEAD, STATUS, Case
from aftersales.model import LongText, Model
from aftersales.money import Money
from aftersales.orders.names import LineId

if TYPE_CHECKING:
    from aftersales.orders.model import Order


class Offer(Model):
    """A repair that costs something: what was found, and the price."""

    finding: LongText | None = None
    price: Money


class Payable(Model):
    """What the customer is to pay in the store's shop."""

    purpose: ChargePurpose
    amount: Money


class Gift(Model):
    """A coupon or points that were given, and what they are worth. `reference` is the coupon's code."""

    kind: CompensationKind
    amount: Money
    reference: str | None = None


class ReturnLabel(Model):
    """To print and stick on the parcel. Who uses it need not tell its tracking number."""

    url: str
    carrier: str
    tracking_number: str


class NewGoods(Model):
    """Units that the customer gets, in place of those of `line_id` or once more."""

    line_id: LineId
    title: str
    quantity: int


def next_words(application: Application, status: Status) -> str:
    """What happens next in `status`."""
    case = _case(application, status)
    return INSTEAD[application.language][case] if case else STATUS[application.language][status].next


def _case(application: Application, status: Status) -> Case | None:
    if status is Status.AWAITING_GOODS:
        return _case_of_return(application)
    if status is Status.AWAITING_PAYMENT and application.charge and application.charge.purpose == "goods_kept":
        return "send_or_pay" if is_to_send(application) else None
    if status is Status.EXPIRED and any(charge.holds for charge in application.charges):
        return "kept"
    if application.disputed_at and status is Status.AWAITING_CONFIRMATION:
        return "confirm_only"
    return "delivery_only" if application.disputed_at and status is Status.DELIVERING else None


def _case_of_return(application: Application) -> Case | None:
    if application.settled:
        return "replaced_before" if was_replaced(application) else "paid_before"
    return "label" if return_label(application) else None


def refund_shown(application: Application) -> Refund | None:
    """What is being paid back or was, the last of it; nothing of what failed."""
    return next((refund for refund in reversed(application.refunds) if refund.outcome != "failed"), None)


def paid_back(application: Application) -> Money | None:
    """All that was paid back so far, when it was more than once."""
    paid = [refund.total for refund in application.refunds if refund.outcome == "paid"]
    together = sum(money.amount for money in paid)
    return Money(amount=together, currency=application.currency) if len(paid) > 1 else None


def offer(application: Application) -> Offer | None:
    repair = application.repair
    if application.status is not Status.QUOTE_OFFERED or repair is None or repair.price is None:
        return None
    return Offer(finding=repair.finding, price=repair.price)


def payable(application: Application) -> Payable | None:
    charge = application.charge
    if application.status is not Status.AWAITING_PAYMENT or charge is None:
        return None
    return Payable(purpose=charge.purpose, amount=charge.amount)


def payment_returned(application: Application) -> Money | None:
    """What the customer paid for something that will not happen: the store's shop gives it back."""
    void = sum(charge.amount.amount for charge in application.charges if charge.void)
    return Money(amount=void, currency=application.currency) if void else None


def visit(application: Application) -> Visit | None:
    planned = application.status is Status.VISIT_PLANNED
    return application.repair.visit if planned and application.repair else None


def gift(application: Application) -> Gift | None:
    credit = application.credit
    if credit is None or credit.outcome != "given":
        return None
    return Gift(kind=credit.kind, amount=credit.amount, reference=credit.reference)


def return_label(application: Application) -> ReturnLabel | None:
    label = application.label
    if label is None or label.url is None or not is_to_send(application):
        return None
    return ReturnLabel(url=label.url, carrier=label.carrier, tracking_number=label.tracking_number)


def new_goods(application: Application, order: "Order | None") -> tuple[NewGoods, ...]:
    """As the store sends them, or else as they were asked for. Only `order` knows the titles of other variants."""
    if application.type not in REPLACING:
        return ()
    replacement = application.replacement
    if replacement and replacement.state != "failed":
        return tuple(
            NewGoods(line_id=line.line_id, title=line.title or line.sku or line.line_id, quantity=line.quantity)
            for line in replacement.lines
        )
    return tuple(
        NewGoods(
            line_id=line.line_id, title=_title(line.line_id, line.variant, order) or line.title, quantity=line.quantity
        )
        for line in application.lines
    )


def _title(line_id: str, sku: str | None, order: "Order | None") -> str | None:
    sold = order.line(line_id) if order and sku else None
    variant = sold.variant(sku) if sold and sku else None
    return variant.title if variant else sku
