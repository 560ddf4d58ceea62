"""What a refund of an application's units comes to, by line."""

from aftersales.applications.model import ApplicationLine, RefundLine
from aftersales.money import share
from aftersales.orders.model import LineLedger, Order


def refund_lines(order: Order, lines: tuple[ApplicationLine, ...], amount: int | None = None) -> tuple[RefundLine, ...]:
    """Each line's share of what was paid for it, or less when `amount` (minor units, in total) is less.

    Raises `ValueError` when `amount` is above that.
    """
    full = [_full(order.ledger[line.line_id], line.quantity) for line in lines]
    amounts = full if amount is None else _spread(amount, full)
    return tuple(
        RefundLine(line_id=line.line_id, quantity=line.quantity, amount=part)
        for line, part in zip(lines, amounts, strict=True)
    )


def _full(ledger: LineLedger, quantity: int) -> int:
    return min(share(ledger.paid, ledger.bought, ledger.settled, quantity), ledger.refundable)


def _spread(amount: int, full: list[int]) -> list[int]:
    """`amount` over lines in proportion to `full`, by cumulative floors: the parts add up to `amount`."""
    total = sum(full)
    if amount > total:
        raise ValueError("more than the units were paid for")
    parts, before = [], 0
    for value in full:
        parts.append(share(amount, total, before, value) if total else 0)
        before += value
    return parts
