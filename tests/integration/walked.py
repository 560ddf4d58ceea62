"""What must hold of an order and all its cases after every move, whatever came before."""

from collections import Counter

from aftersales.applications.holding import held
from aftersales.applications.lifecycle import FINAL, Type
from aftersales.applications.model import Application
from aftersales.orders.ledger import Move
from aftersales.orders.model import Order
from tests.books import assert_order_balances, paid_back

OF_CASES = ("reserved", "in_return", "received", "received_good", "received_damaged", "refused")
"""Counters that follow from where the cases stand."""


def assert_all_is_in_order(order: Order, cases: list[Application]) -> None:
    """No unit is lost or anybody's twice, and what went out is what the cases say."""
    assert_order_balances(order)
    expected = _held(cases)
    for name, books in order.ledger.items():
        for counter in OF_CASES:
            assert getattr(books, counter) == expected[name][counter], (name, counter)
    assert paid_back(order) == sum(map(_paid, cases))
    assert sum(books.ordered for books in order.ledger.values()) <= sum(map(_on_its_way, cases))


def _held(cases: list[Application]) -> dict[str, Counter[str]]:
    """Units for which a refund was ordered are settled with it."""
    together: dict[str, Counter[str]] = {}
    for case in cases:
        for name, counters in (*held(case).items(), *_ordered(case).items()):
            together.setdefault(name, Counter()).update(counters)
    return _Known(together)


class _Known(dict[str, Counter[str]]):
    def __missing__(self, _: str) -> Counter[str]:
        return Counter()


def _ordered(case: Application) -> Move:
    refund = case.refund
    if refund is None or refund.outcome or case.settled or case.status in FINAL:
        return {}
    return {line.line_id: Counter(reserved=-line.quantity) for line in refund.lines}


def _paid(case: Application) -> int:
    """Less what the customer paid again for goods that they kept; for a replacement that is new money."""
    out = sum(refund.total.amount for refund in case.refunds if refund.outcome == "paid")
    kept = (charge for charge in case.charges if charge.purpose == "goods_kept" and charge.holds)
    return out - (0 if case.type is Type.EXCHANGE else sum(charge.amount.amount for charge in kept))


def _on_its_way(case: Application) -> int:
    return sum(refund.total.amount for refund in case.refunds if refund.outcome is None)
