"""An order that was stored before lines and accounts had all their counters."""

from aftersales.aws import client
from aftersales.items import document_of, item
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk


def test_an_order_of_earlier_days_is_still_told_refunded_and_told_again(desk: Desk) -> None:
    forget_the_new_fields(ORDER_OF_OLD)
    number = desk.inspected()
    refund_id = desk.orders_refund(number)
    desk.confirm(refund_id)
    assert desk.tell_order(changed_at="2026-03-09T09:00:00Z").body["changed"] is True
    books = desk.ledger()
    assert (books.refunded, books.received_damaged, books.available) == (9966, 1, 2)


ORDER_OF_OLD = "lantern#LT-1001"
NEW_COUNTERS = {"withheld", "exchanged", "in_return", "received", "received_good", "received_damaged", "refused"}
NEW_FIELDS = {"accounts", "refunds", "new_lines", "credit", "prices_include_tax", "discounts", "shipping", "tenders"}


def forget_the_new_fields(order_key: str) -> None:
    [row] = [row for row in cloud.rows(Setting.ORDERS_TABLE) if row["order_key"]["S"] == order_key]
    stored = {name: value for name, value in document_of(row).items() if name not in NEW_FIELDS}
    for books in stored["ledger"].values():
        for counter in NEW_COUNTERS:
            del books[counter]
    client("dynamodb").put_item(TableName=Setting.ORDERS_TABLE.read(), Item=item(stored))
