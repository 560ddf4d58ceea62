"""A discount on the whole order needs so much to be spent. What when the goods that are kept no longer reach it."""

from aftersales.applications.model import MAX_LINES
from aftersales.money import spread
from aftersales.orders.model import Order, OrderLine
from aftersales.resolution.claim import Claim

Amounts = dict[str, int]
"""Minor units by line id."""


def held_back(order: Order, claim: Claim, due: Amounts, *, claw_back: bool) -> Amounts:
    """What of `due` is paid when the discount is taken off what is kept; or more, when earlier refunds held it back.

    The customer ends up as if they had bought the kept goods alone. It follows from what has been given back so far,
    so it is never taken twice, and returning the rest gives it back. For a fault of the store nothing more is held.
    Without `claw_back` nothing is, and what was held back while the store had it is due.
    """
    before = {name: max(0, books.worth(books.settled) - books.taken) for name, books in order.ledger.items()}
    hold = _discount_on_kept(order, claim) if claw_back else 0
    if claim.stores_fault:
        hold = min(hold, sum(before.values()))
    earlier = _largest(before, due)
    payable = max(0, sum(due.values()) + sum(earlier.values()) - hold)
    own = min(payable, sum(due.values()))
    return _spread(own, due) | {name: part for name, part in _spread(payable - own, earlier).items() if part}


def _largest(before: Amounts, due: Amounts) -> Amounts:
    """Of lines that this refund is not about, what is still held back; no more lines than can be moved."""
    others = sorted((name for name in before if name not in due and before[name]), key=lambda name: -before[name])
    return {name: before[name] for name in others[: MAX_LINES - len(due)]}


def _spread(amount: int, weights: Amounts) -> Amounts:
    return dict(zip(weights, spread(amount, list(weights.values())), strict=True))


def _discount_on_kept(order: Order, claim: Claim) -> int:
    """What the kept goods would have cost more without the discounts that they no longer earn.

    Whether those were earned says what was bought; a replacement is kept in place of what it replaces.
    """
    going = {unit.line_id: unit.quantity for unit in claim.units}
    kept = {line.line_id: _kept(order, line, going.get(line.line_id, 0)) for line in order.all_lines}
    value = sum(_part(_value(order, line), line, kept[line.line_id]) for line in order.all_lines)
    whole = sum(_value(order, line) for line in order.lines)
    granted = sum(discount.amount for discount in order.discounts)
    lost = sum(discount.amount for discount in order.discounts if value < discount.minimum <= whole)
    on_kept = sum(line.order_discount * kept[line.line_id] // line.quantity for line in order.all_lines)
    return on_kept * lost // granted if lost and value else 0


def _kept(order: Order, line: OrderLine, going: int) -> int:
    books = order.ledger[line.line_id]
    return max(0, books.bought - books.settled - going)


def _value(order: Order, line: OrderLine) -> int:
    """What counted towards a minimum: the goods after their own discounts, before those on the order."""
    tax = 0 if order.prices_include_tax else line.tax
    return line.paid - tax + line.order_discount


def _part(amount: int, line: OrderLine, units: int) -> int:
    """Rounded up, in favour of who keeps them."""
    return -(-amount * units // line.quantity)
