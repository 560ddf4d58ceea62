"""What a compensation in money is made up of: pure arithmetic on the books of an order."""

from collections import Counter

from aftersales.applications.model import MAX_LINES, Application
from aftersales.applications.refund import Quote, QuoteItem, RefundLine
from aftersales.money import Money, spread
from aftersales.orders.model import Order
from aftersales.orders.names import ACCOUNT, SHIPPING
from aftersales.resolution.quote import tenders

Amounts = dict[str, int]
"""Minor units by line id, or name of an account."""


def compensate(order: Order, application: Application, amount: int) -> tuple[Quote, Amounts]:
    """Also gives what of it the application's own refunds had withheld: that goes back first, the rest by lines.

    No unit comes back for it. Amounts are in minor units. Raises `ValueError` when `amount` is above what is left.
    """
    withheld = _withheld(order, application)
    released = _spread(min(amount, sum(withheld.values())), withheld)
    left = _refundable(order, application)
    rest = amount - sum(released.values())
    if rest > sum(left.values()):
        raise ValueError(f"{sum(withheld.values()) + sum(left.values())} is left")
    together = Counter(released)
    together.update(_spread(rest, left))
    return _quote(order, together, amount), released


def _withheld(order: Order, application: Application) -> Amounts:
    """By the application's own refunds, less what later ones have given back. What was paid for again is not in it."""
    own: Counter[str] = Counter()
    for refund in application.refunds:
        if refund.outcome == "paid":
            own.update({name: part for name, part in refund.withheld.items() if name not in refund.reclaimed})
        if refund.outcome != "failed":
            own.subtract(refund.released)
    books = order.ledger | order.accounts
    return {name: min(part, books[name].withheld) for name, part in own.items() if part > 0}


def _refundable(order: Order, application: Application) -> Amounts:
    """Of the lines that it is about, also of what they were exchanged for, or of all lines. No more than can move."""
    replaced = application.replacement.lines if application.replacement else ()
    named = [line.line_id for line in application.lines] + [line.new_line_id for line in replaced if line.new_line_id]
    left = {name: order.ledger[name].refundable for name in named or order.ledger}
    most = sorted(left, key=lambda name: -left[name])[:MAX_LINES]
    return {name: left[name] for name in most if left[name]}


def _spread(amount: int, weights: Amounts) -> Amounts:
    parts = zip(weights, spread(amount, list(weights.values())), strict=True)
    return {name: part for name, part in parts if part}


def _quote(order: Order, amounts: Counter[str], amount: int) -> Quote:
    lines = {name: part for name, part in amounts.items() if not name.startswith(ACCOUNT)}
    return Quote(
        total=Money(amount=amount, currency=order.currency),
        items=(QuoteItem(kind="compensation", amount=amount),),
        lines=tuple(RefundLine(line_id=name, quantity=0, amount=part) for name, part in lines.items()),
        shipping=amounts[SHIPPING],
        tenders=tenders(order, amount),
    )
