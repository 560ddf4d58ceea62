"""Moves on an order's ledger, as pure arithmetic.

A move adds to and takes from the counters of lines and of accounts; no counter may fall below zero. Every move keeps
`bought = available + reserved + settled` and `paid = refundable + ordered + refunded + withheld + exchanged`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from aftersales.applications.model import WantedLine
from aftersales.applications.refund import Quote, Refund
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
    return together(_units(refund), _money(refund, "refundable", "ordered"), _withheld(refund), _released(refund))


def confirm_refund(refund: Refund) -> Move:
    """The gateway has paid. Units that never came back may be applied for again."""
    freed = {line_id: Counter(reserved=-units, available=units) for line_id, units in refund.not_returned.items()}
    return together(_money(refund, "ordered", "refunded"), freed)


def fail_refund(refund: Refund) -> Move:
    """The gateway will not pay: back to before it was ordered."""
    return difference(order_refund(refund), {})


def pay_late(refund: Refund) -> Move:
    """It failed, and was paid all the same: ordered and confirmed at once."""
    return difference({}, together(order_refund(refund), confirm_refund(refund)))


def exchange(units: dict[str, int], money: dict[str, int], not_returned: dict[str, int]) -> Move:
    """Replaced: neither the units nor what they cost can be asked for again; both live on in the replacement.

    By line, `money` in minor units. What never came back may be applied for again.
    """
    swapped = {name: Counter(reserved=-count, settled=count) for name, count in units.items()}
    moved = {name: Counter(refundable=-amount, exchanged=amount) for name, amount in money.items()}
    freed = {name: Counter(reserved=-count, available=count) for name, count in not_returned.items()}
    return together(swapped, moved, freed)


def end_exchange(units: dict[str, int], money: dict[str, int]) -> Move:
    """The customer kept the old goods and has paid for the new ones: the old ones are theirs as before."""
    kept = {name: Counter(settled=-count, available=count) for name, count in units.items()}
    return together(kept, {name: Counter(exchanged=-amount, refundable=amount) for name, amount in money.items()})


def reclaim(paid: Quote) -> Move:
    """The customer has given back what was paid for goods that never came: as if it had not been paid."""
    units = {line.line_id: Counter(settled=-line.quantity, available=line.quantity) for line in paid.lines}
    withheld = {name: Counter(withheld=-amount, refundable=amount) for name, amount in paid.withheld.items()}
    return together(units, _money(paid, "refunded", "refundable"), withheld)


def together(*moves: Move) -> Move:
    whole: Move = {}
    for move in moves:
        for name, changes in move.items():
            whole.setdefault(name, Counter()).update(changes)
    return whole


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


def _money(refund: Quote, source: str, target: str) -> Move:
    return {name: Counter({source: -amount, target: amount}) for name, amount in _amounts(refund)}


def _amounts(refund: Quote) -> Iterator[tuple[str, int]]:
    yield from ((line.line_id, line.amount) for line in refund.lines)
    if refund.shipping:
        yield SHIPPING, refund.shipping
    yield from ((account_of(part.kind), part.amount) for part in refund.tenders)


def _withheld(refund: Refund) -> Move:
    return {name: Counter(refundable=-amount, withheld=amount) for name, amount in refund.withheld.items()}


def _released(refund: Refund) -> Move:
    """What an earlier refund withheld comes from there, and not from what is refundable."""
    return {name: Counter(withheld=-amount, refundable=amount) for name, amount in refund.released.items()}
