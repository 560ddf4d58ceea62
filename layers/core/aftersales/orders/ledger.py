"""Moves on an order's ledger, as pure arithmetic.

A move adds to and takes from the counters of lines; no counter may fall below zero. Every move keeps
`bought = available + reserved + settled` and `paid = refundable + ordered + refunded`.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from aftersales.applications.model import ApplicationLine, RefundLine

if TYPE_CHECKING:
    from aftersales.orders.model import LineLedger  # only `apply` knows it: who makes moves need not load it

Move = dict[str, Counter[str]]
"""By line id: how much each counter changes."""


def reserve(lines: Iterable[ApplicationLine]) -> Move:
    """Filed: the units belong to this application until it ends."""
    return _units(lines, "available", "reserved")


def release(lines: Iterable[ApplicationLine]) -> Move:
    """Ended without money: the units may be applied for again."""
    return _units(lines, "reserved", "available")


def order_refund(lines: Iterable[RefundLine]) -> Move:
    """Sent to the gateway: neither the units nor the money can be asked for a second time."""
    return _refund(lines, ("reserved", "settled"), ("refundable", "ordered"))


def confirm_refund(lines: Iterable[RefundLine]) -> Move:
    """The gateway has paid."""
    return _refund(lines, None, ("ordered", "refunded"))


def fail_refund(lines: Iterable[RefundLine]) -> Move:
    """The gateway will not pay: back to before it was ordered."""
    return _refund(lines, ("settled", "reserved"), ("ordered", "refundable"))


def apply(ledger: dict[str, "LineLedger"], move: Move) -> dict[str, "LineLedger"]:
    """The ledger after `move`. Raises `ValueError` below zero, `KeyError` for a line of another order."""
    return ledger | {line_id: _apply_line(ledger[line_id], changes) for line_id, changes in move.items()}


def _apply_line(line: "LineLedger", changes: Counter[str]) -> "LineLedger":
    counters = {name: value + changes[name] for name, value in line.model_dump().items()}
    if min(counters.values()) < 0:
        raise ValueError("a counter of the ledger would fall below zero")
    return line.model_copy(update=counters)


def _units(lines: Iterable[ApplicationLine], source: str, target: str) -> Move:
    move: Move = {}
    for line in lines:
        _shift(move, line.line_id, source, target, line.quantity)
    return move


def _refund(lines: Iterable[RefundLine], units: tuple[str, str] | None, money: tuple[str, str]) -> Move:
    move: Move = {}
    for line in lines:
        _shift(move, line.line_id, *money, line.amount)
        if units:
            _shift(move, line.line_id, *units, line.quantity)
    return move


def _shift(move: Move, line_id: str, source: str, target: str, count: int) -> None:
    changes = move.setdefault(line_id, Counter())
    changes[source] -= count
    changes[target] += count
