"""Moves on an order's ledger, as pure arithmetic.

A move adds to and takes from the counters of lines and of accounts; no counter may fall below zero. Every move keeps
`bought = available + reserved + settled` and `paid = refundable + ordered + refunded + withheld`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from aftersales.applications.model import WantedLine
from aftersales.applications.refund import Refund
from aftersales.orders.names import ACCOUNT, SHIPPING, account_of

if TYPE_CHECKING:
    from aftersales.orders.model import Account, Order  # only `apply` knows them: who makes moves need not load them

Move = dict[str, Counter[str]]
"""By line id, or name of an account: how much each counter changes."""

Books = TypeVar("Books", bound="Account")


def reserve(lines: Iterable[WantedLine]) -> Move:
    """Filed: the units belong to this application until it ends."""
    return {line.line_id: Counter(available=-line.quantity, reserved=line.quantity) for line in lines}


def order_refund(refund: Refund) -> Move:
    """Sent to the gateway: neither the units nor the money can be asked for a second time."""
    return _sum(_units(refund), _money(refund, "refundable", "ordered"), _withheld(refund))


def confirm_refund(refund: Refund) -> Move:
    """The gateway has paid. Units that never came back may be applied for again."""
    freed = {line_id: Counter(reserved=-units, available=units) for line_id, units in refund.not_returned.items()}
    return _sum(_money(refund, "ordered", "refunded"), freed)


def fail_refund(refund: Refund) -> Move:
    """The gateway will not pay: back to before it was ordered."""
    return difference(order_refund(refund), {})


def difference(before: Move, after: Move) -> Move:
    """What leads from `before` to `after`; counters that stay are left out."""
    move: Move = {}
    for name in before | after:
        changes = Counter(after.get(name, Counter()))
        changes.subtract(before.get(name, Counter()))
        if changed := Counter({counter: change for counter, change in changes.items() if change}):
            move[name] = changed
    return move


def applied(order: "Order", move: Move) -> "Order":
    """The order after `move`. Raises `ValueError` below zero, `KeyError` for a line or account that it has not."""
    lines = {name: changes for name, changes in move.items() if not name.startswith(ACCOUNT)}
    accounts = {name: changes for name, changes in move.items() if name.startswith(ACCOUNT)}
    changes = {"ledger": apply(order.ledger, lines), "accounts": apply(order.accounts, accounts)}
    return order.model_copy(update=changes)


def apply(books: dict[str, Books], move: Move) -> dict[str, Books]:
    return books | {name: _apply(books[name], changes) for name, changes in move.items()}


def _apply(books: Books, changes: Counter[str]) -> Books:
    counters = {name: value + changes[name] for name, value in books.model_dump().items()}
    if min(counters.values()) < 0:
        raise ValueError("a counter of the ledger would fall below zero")
    return books.model_copy(update=counters)


def _units(refund: Refund) -> Move:
    return {line.line_id: Counter(reserved=-line.quantity, settled=line.quantity) for line in refund.lines}


def _money(refund: Refund, source: str, target: str) -> Move:
    return {name: Counter({source: -amount, target: amount}) for name, amount in _amounts(refund)}


def _amounts(refund: Refund) -> Iterator[tuple[str, int]]:
    yield from ((line.line_id, line.amount) for line in refund.lines)
    if refund.shipping:
        yield SHIPPING, refund.shipping
    yield from ((account_of(part.kind), part.amount) for part in refund.tenders)


def _withheld(refund: Refund) -> Move:
    return {name: Counter(refundable=-amount, withheld=amount) for name, amount in refund.withheld.items()}


def _sum(*moves: Move) -> Move:
    together: Move = {}
    for move in moves:
        for name, changes in move.items():
            together.setdefault(name, Counter()).update(changes)
    return together
