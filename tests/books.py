"""What must always hold on the books of an order."""

from aftersales.orders.model import Order
from aftersales.orders.names import SHIPPING


def assert_order_balances(order: Order) -> None:
    """No counter is below zero; units and money add up; no more is paid back than was paid, in total and by tender."""
    accounts = [*order.ledger.values(), *order.accounts.values()]
    assert all(counter >= 0 for books in accounts for counter in books.model_dump().values())
    assert all(
        each.paid == each.refundable + each.ordered + each.refunded + each.withheld + each.exchanged
        for each in accounts
    )
    for line in order.ledger.values():
        assert line.bought == line.available + line.reserved + line.settled
        assert line.in_return <= line.reserved + line.settled
        assert line.in_return + line.received + line.received_good + line.received_damaged <= line.bought
    if order.tenders:
        by_tender = sum(order.accounts[f"~{tender.kind}"].refunded for tender in order.tenders)
        assert by_tender <= paid_back(order) <= by_tender + charged(order)


def paid_back(order: Order) -> int:
    """For goods and shipping."""
    shipping = order.accounts[SHIPPING].refunded if SHIPPING in order.accounts else 0
    return shipping + sum(line.refunded for line in order.ledger.values())


def charged(order: Order) -> int:
    """What was paid after the order: for dearer replacements, or for goods that did not come back."""
    new = sum(order.ledger[line.line_id].paid for line in order.new_lines)
    return new - sum(line.exchanged for line in order.ledger.values())
