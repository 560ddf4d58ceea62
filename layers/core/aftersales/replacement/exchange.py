"""What becomes of an order's books when its goods were exchanged: pure arithmetic."""

from collections.abc import Iterator
from typing import NamedTuple

from aftersales.applications.model import Application
from aftersales.applications.replacement import Replacement, ReplacementLine
from aftersales.money import share, spread
from aftersales.orders import ledger
from aftersales.orders.ledger import Move
from aftersales.orders.model import LineLedger, NewLine, Order, OrderLine
from aftersales.replacement.difference import exchanged, list_price
from aftersales.resolution.claim import claim_of

LONGEST = 56
"""Of an old line's id, that the new one's still fits."""


class Exchange(NamedTuple):
    """`replacement` knows the lines that it has become."""

    move: Move
    new: list[tuple[NewLine, LineLedger]]
    replacement: Replacement


def exchange(order: Order, application: Application, replacement: Replacement) -> Exchange:
    """The old units are settled and what they cost lives on, with what was paid on top, in one new line for each."""
    claim = claim_of(application)
    money = exchanged(order, claim)
    paid = _spread(sum(money.values()) + claim.charged, replacement.lines)
    names = _names(order, replacement.lines)
    named = tuple(
        line.model_copy(update={"new_line_id": name, "exchanged": money.get(line.line_id, 0)})
        for line, name in zip(replacement.lines, names, strict=True)
    )
    new = [_new_line(order, application.number, line, part) for line, part in zip(named, paid, strict=True)]
    return Exchange(
        move=ledger.exchange({line.line_id: line.quantity for line in named}, money, claim.not_returned),
        new=[(line, LineLedger.opening(line)) for line in new],
        replacement=replacement.model_copy(update={"lines": named}),
    )


def _spread(money: int, lines: tuple[ReplacementLine, ...]) -> list[int]:
    """By what they are worth; gifts by their number."""
    worths = [line.worth for line in lines]
    return spread(money, worths if any(worths) else [line.quantity for line in lines])


def _names(order: Order, lines: tuple[ReplacementLine, ...]) -> Iterator[str]:
    taken = set(order.ledger)
    for line in lines:
        candidates = (f"{line.line_id[:LONGEST]}-x{n}" for n in range(1, len(order.ledger) + len(lines) + 1))
        name = next(candidate for candidate in candidates if candidate not in taken)
        taken.add(name)
        yield name


def _new_line(order: Order, number: str, line: ReplacementLine, paid: int) -> NewLine:
    """As the old one was sold, but for what is other about it. A discount on the order goes along, in proportion."""
    sold, books = order.line(line.line_id), order.ledger[line.line_id]
    assert sold
    assert line.new_line_id
    price = _price(order, sold, line.sku)
    discount = share(sold.order_discount, books.bought, books.settled, line.quantity)
    cost = books.cost(line.quantity)
    order_discount = discount * min(paid, cost) // cost if cost else 0
    taken_off = max(order_discount, price * line.quantity - paid) if price is not None else order_discount
    changes = {
        "line_id": line.new_line_id,
        "title": line.title,
        "sku": line.sku,
        "quantity": line.quantity,
        "paid": paid,
        "price": price,
        "discount": taken_off,
        "order_discount": order_discount,
        "tax": paid * sold.tax // sold.paid if sold.paid else 0,
        "serial_number": None,
    }
    known = {name: value for name, value in dict(sold).items() if name in OrderLine.model_fields}
    return NewLine(**known | changes, replaces=line.line_id, number=number)


def _price(order: Order, sold: OrderLine, sku: str) -> int | None:
    """With tax inside only: a variant's price does not say how much of it is tax."""
    if not order.prices_include_tax:
        return None
    variant = sold.variant(sku) if sku != sold.sku else None
    return variant.price if variant else list_price(order, sold)
