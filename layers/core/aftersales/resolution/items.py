"""Why units are worth what they are: their list price, and what was taken off and added."""

from collections.abc import Iterator

from aftersales.applications.refund import ItemKind, QuoteItem
from aftersales.money import share
from aftersales.orders.model import LineLedger, Order, OrderLine
from aftersales.resolution.claim import Claimed

Part = tuple[ItemKind, int]


def price_items(order: Order, unit: Claimed, due: int) -> Iterator[QuoteItem]:
    """They add up to `due`. Where the store told no list price, or told another since, there is one item."""
    sold, books = order.line(unit.line_id), order.ledger[unit.line_id]
    parts: list[Part] = [("paid", due)]
    if sold is not None and sold.price is not None and (sold.paid, sold.quantity) == (books.paid, books.bought):
        parts = _with_rounding(_parts(order, sold, books, unit.quantity), due) or parts
    for kind, amount in parts:
        yield QuoteItem(kind=kind, line_id=unit.line_id, quantity=unit.quantity, amount=amount)


def _parts(order: Order, sold: OrderLine, books: LineLedger, quantity: int) -> list[Part]:
    def part(of_all_units: int) -> int:
        return share(of_all_units, books.bought, books.settled, quantity)

    return [
        ("price", (sold.price or 0) * quantity),
        ("line_discount", -part(sold.discount - sold.order_discount)),
        ("order_discount", -part(sold.order_discount)),
        ("tax", 0 if order.prices_include_tax else part(sold.tax)),
    ]


def _with_rounding(parts: list[Part], due: int) -> list[Part]:
    """Each share is a whole number: together they may miss by less than one minor unit each. By more: nothing."""
    missing = due - sum(amount for _, amount in parts)
    told = [*parts, ("rounding", missing)]
    return [(kind, amount) for kind, amount in told if amount or kind == "price"] if abs(missing) < len(parts) else []
