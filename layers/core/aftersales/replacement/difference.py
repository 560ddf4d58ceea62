"""What an exchange comes to: what the goods that come back cost against what those that are sent are worth.

One pure function, the same for a look beforehand, for what is paid back, and for what the customer is asked to pay.
"""

from collections.abc import Iterable

from aftersales.applications.model import WantedLine
from aftersales.applications.refund import Quote, QuoteItem, RefundLine
from aftersales.applications.replacement import ReplacementLine
from aftersales.errors import UnknownVariant
from aftersales.money import Money, spread
from aftersales.orders.model import Order, OrderLine, Variant
from aftersales.resolution.claim import Claim, Claimed
from aftersales.resolution.items import price_items
from aftersales.resolution.quote import tenders

Amounts = dict[str, int]
"""Minor units by line id."""


def exchange_quote(order: Order, claim: Claim, lines: Iterable[WantedLine]) -> Quote:
    """What is still to be paid back, or to be paid, before the replacement may be sent. No unit comes back for it.

    Raises `UnknownVariant` when the order names it no more.
    """
    sent = replacement_lines(order, claim, lines)
    missing = sum(line.worth for line in sent) - claim.charged - sum(_brought(order, claim).values())
    left = {unit.line_id: order.ledger[unit.line_id].due(unit.quantity) for unit in claim.units}
    total, to_pay = min(max(0, -missing), sum(left.values())), max(0, missing)
    parts = zip(left, spread(total, list(left.values())), strict=True)
    return Quote(
        total=Money(amount=total, currency=order.currency),
        to_pay=to_pay,
        items=_items(order, claim, sent, total - to_pay),
        lines=tuple(RefundLine(line_id=name, quantity=0, amount=part) for name, part in parts if part),
        tenders=tenders(order, total),
    )


def exchanged(order: Order, claim: Claim) -> Amounts:
    """What of the old lines' money becomes the new ones': what the units cost, less what was paid back of it."""
    left = {unit.line_id: order.ledger[unit.line_id].due(unit.quantity) for unit in claim.units}
    return {name: min(cost, left[name]) for name, cost in _brought(order, claim).items()}


def replacement_lines(order: Order, claim: Claim, lines: Iterable[WantedLine]) -> tuple[ReplacementLine, ...]:
    """What is sent for the claimed units: the wanted variants, or the same once more. Raises `UnknownVariant`."""
    wanted = {line.line_id: line.variant for line in lines}
    return tuple(_replacement(order, unit, wanted.get(unit.line_id)) for unit in claim.units)


def list_price(order: Order, sold: OrderLine) -> int | None:
    """Of one unit, with tax as a variant's price; None where the store told none."""
    before_tax = sold.paid if order.prices_include_tax else sold.paid - sold.tax
    if sold.price is None or before_tax <= 0:
        return sold.price
    return (2 * sold.price * sold.paid + before_tax) // (2 * before_tax)  # rounded half up


def _brought(order: Order, claim: Claim) -> Amounts:
    """What the old units cost, less what was paid back for them before."""
    costs = {unit.line_id: order.ledger[unit.line_id].cost(unit.quantity) for unit in claim.units}
    return {name: max(0, cost - claim.paid_back.get(name, 0)) for name, cost in costs.items()}


def _variant(sold: OrderLine, sku: str | None) -> Variant | None:
    """None for the same as was bought. Raises `UnknownVariant`."""
    if not sold.offers(sku):
        raise UnknownVariant(f"line {sold.line_id} has no variant {sku}")
    return sold.variant(sku) if sku and sku != sold.sku else None


def _replacement(order: Order, unit: Claimed, sku: str | None) -> ReplacementLine:
    sold = order.line(unit.line_id)
    assert sold
    variant = _variant(sold, sku)
    cost = order.ledger[unit.line_id].cost(unit.quantity)
    return ReplacementLine(
        line_id=unit.line_id,
        quantity=unit.quantity,
        sku=variant.sku if variant else sold.sku,
        title=variant.title if variant else sold.title,
        worth=_worth(variant.price, list_price(order, sold), cost, unit.quantity) if variant else cost,
    )


def _worth(price: int, old_price: int | None, cost: int, units: int) -> int:
    """Discounts go along: at the same list price it is worth what the old units cost.

    What is dearer is worth more by the difference of the prices, what is cheaper the same part of the cost.
    """
    if old_price is None:
        return price * units
    return cost + (price - old_price) * units if price >= old_price else cost * price // old_price


def _items(order: Order, claim: Claim, sent: Iterable[ReplacementLine], comes_to: int) -> tuple[QuoteItem, ...]:
    """They add up to what is paid back or, below zero, to be paid. Money that moved before is an adjustment."""
    items: list[QuoteItem] = []
    for unit in claim.units:
        items += price_items(order, unit, order.ledger[unit.line_id].cost(unit.quantity))
    for line in sent:
        item = QuoteItem(kind="replacement", line_id=line.line_id, quantity=line.quantity, amount=-line.worth)
        items.append(item)
    rest = comes_to - sum(item.amount for item in items)
    return (*items, *([QuoteItem(kind="adjustment", amount=rest)] if rest else []))
