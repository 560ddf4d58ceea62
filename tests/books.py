"""What must always hold on the books of an order."""

from aftersales.orders.model import Order
from aftersales.orders.names import SHIPPING


def assert_order_balances(order: Order) -> None:
    """No counter is below zero; units and money add up; no more is paid back than was paid, in total and by tender."""
    accounts = [*order.ledger.values(), *order.accounts.values()]
    assert all(counter >= 0 for books in accounts for counter in books.model_dump().values())
    assert all(each.paid == each.refundable + each.ordered + each.refunded + each.withheld for each in accounts)
    for line in order.ledger.values():
        assert line.bought == line.available + line.reserved + line.settled
        assert line.in_return <= line.reserved
    if order.tenders:
        assert paid_back(order) == sum(order.accounts[f"~{tender.kind}"].refunded for tender in order.tenders)


def paid_back(order: Order) -> int:
    """For goods and shipping."""
    shipping = order.accounts[SHIPPING].refunded if SHIPPING in order.accounts else 0
    return shipping + sum(line.refunded for line in order.ledger.values())
