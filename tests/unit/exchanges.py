"""An exchange from the filing to the parcel, on the books of an order."""

from collections import Counter
from typing import Any

from aftersales.applications.charge import Charge
from aftersales.applications.model import Application
from aftersales.applications.refund import Quote, Refund
from aftersales.applications.replacement import Replacement
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.replacement.difference import exchange_quote, replacement_lines
from aftersales.replacement.exchange import exchange
from aftersales.resolution.claim import Claim, Claimed, claim_of
from aftersales.resolution.quote import quote
from tests.unit.builders import application

SENT = {"replacement_id": "x", "state": "shipped", "lines": []}


def exchanging(*units: tuple[str, int, str | None], **more: Any) -> Application:
    """By line: how many are to be exchanged for which variant."""
    lines = [
        {"line_id": line_id, "quantity": count, "reason": "wrong_size", "variant": sku} for line_id, count, sku in units
    ]
    return application(**{"type": "exchange", "lines": lines} | more)


def difference(known: Order, about: Application) -> Quote:
    return exchange_quote(known, claim_of(about), about.lines)


def evened_out(known: Order, about: Application) -> tuple[Order, Application]:
    """The units were applied for, and what was to be paid back or to be paid was."""
    known, found = ledger.applied(known, ledger.reserve(about.lines)), difference(known, about)
    if found.to_pay:
        amount = Money(amount=found.to_pay, currency=about.currency)
        paid = Charge(charge_id="c", purpose="price_difference", amount=amount, outcome="paid")
        return known, about.model_copy(update={"charges": (paid,)})
    if not found.total.amount:
        return known, about
    refund = Refund(refund_id="r", purpose="difference", outcome="paid", **dict(found))
    for move in (ledger.order_refund(refund), ledger.confirm_refund(refund)):
        known = ledger.applied(known, move)
    return known, about.model_copy(update={"refunds": (refund,)})


def shipped(known: Order, about: Application) -> Order:
    lines = replacement_lines(known, claim_of(about), about.lines)
    done = exchange(known, about, Replacement.model_validate(SENT | {"lines": lines}))
    books = ledger.applied(known, done.move).ledger | {each.line_id: its for each, its in done.new}
    new = (*known.new_lines, *(each for each, _ in done.new))
    return known.model_copy(update={"ledger": books, "new_lines": new})


def replaced(known: Order, about: Application) -> Order:
    return shipped(*evened_out(known, about))


def returned(known: Order, *units: tuple[str, int], **how: Any) -> tuple[Order, Quote]:
    """The order once these units have come back and were paid back, and what was."""
    claim = Claim(tuple(Claimed(line_id, count) for line_id, count in units))
    refund = Refund(refund_id="r", **dict(quote(known, claim, **how)))
    reserved = {line_id: Counter(available=-count, reserved=count) for line_id, count in units}
    for move in (reserved, ledger.order_refund(refund), ledger.confirm_refund(refund)):
        known = ledger.applied(known, move)
    return known, refund
