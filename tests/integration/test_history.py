"""What a customer did before: how often they applied, and how often they ordered."""

from datetime import datetime, timedelta
from typing import Any

from aftersales.applications.store import filed_by
from aftersales.aws import client
from aftersales.items import item
from aftersales.orders.customer import key_of_account
from aftersales.orders.store import placed_by
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import shop

NINA = {"customer_id": "C-7712", "tier": "gold"}
ANN = {"customer_id": "C-7713"}
CUP = {"lines": [{"line_id": "cup", "quantity": 1, "reason": "defective"}]}
TALK = {"type": "consultation", "lines": []}
MOMENT = timedelta(milliseconds=1)
QUARTER = timedelta(days=90)


def buys(desk: Desk, number: str, placed_at: str = "2026-03-01T08:00:00Z", **changes: Any) -> None:
    assert desk.tell_order(number, placed_at=placed_at, **changes).status == 200


def orders_of(account: str, since: datetime, until: datetime) -> list[datetime]:
    return placed_by(key_of_account("lantern", account), since, until)


def in_index(table: Setting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client("dynamodb").scan(TableName=table.read(), IndexName="customer")["Items"]
    return found


def test_applications_about_two_orders_of_one_customer_are_one_customers(desk: Desk) -> None:
    for order in ("LT-1", "LT-2"):
        buys(desk, order, customer=NINA)
    first = desk.filed(order_number="LT-1", **CUP)
    second = desk.filed(order_number="LT-2", contact={"phone": "0571 8765 4321"}, **CUP)
    assert desk.application(first).customer == desk.application(second).customer == key_of_account("lantern", "C-7712")


def test_a_guest_is_the_same_customer_by_their_email(desk: Desk) -> None:
    first = desk.filed(**CUP)
    second = desk.filed(**CUP, contact={"email": "LI.NA@mail.example"})
    other = desk.filed(**CUP, contact={"email": "ann@mail.example"})
    keys = [desk.application(number).customer for number in (first, second, other)]
    assert keys[0] == keys[1] != keys[2]


def test_applications_are_counted_to_the_millisecond(desk: Desk) -> None:
    """Ninety days ago to the moment still counts, and so does now."""
    first = desk.application(desk.filed(**TALK))
    desk.later(days=90)
    last = desk.application(desk.filed(**TALK))
    since, until = first.filed_at, last.filed_at
    assert until - since == QUARTER
    assert filed_by(last.customer, since, until) == [since, until]
    assert filed_by(last.customer, since + MOMENT, until) == [until]
    assert filed_by(last.customer, since, until - MOMENT) == [since]


def test_orders_are_counted_to_the_millisecond(desk: Desk) -> None:
    first, last = "2025-12-09T02:30:00.000Z", "2026-03-09T02:30:00.000Z"
    buys(desk, "LT-2", last, customer=NINA)
    buys(desk, "LT-1", first, customer=NINA)
    since, until = datetime.fromisoformat(first), datetime.fromisoformat(last)
    assert orders_of("C-7712", since, until) == [since, until]
    assert orders_of("C-7712", since + MOMENT, until) == [until]
    assert orders_of("C-7712", since, until - MOMENT) == [since]


def test_what_others_did_does_not_count(desk: Desk) -> None:
    buys(desk, "LT-1", customer=NINA)
    buys(desk, "LT-2", customer=ANN)
    buys(desk, "LT-3")
    buys(desk, "LT-4", customer=NINA, who=shop("harbour"))
    for order in ("LT-1", "LT-2", "LT-3"):
        desk.filed(order_number=order, **CUP)
    now = desk.clock.now()
    assert len(orders_of("C-7712", now - QUARTER, now)) == 1
    assert len(filed_by(key_of_account("lantern", "C-7712"), now - QUARTER, now)) == 1


def test_an_application_counts_however_it_ended(desk: Desk) -> None:
    buys(desk, "LT-1", customer=NINA)
    desk.customer(desk.filed(order_number="LT-1", **CUP), "cancellation")
    now = desk.clock.now()
    assert filed_by(key_of_account("lantern", "C-7712"), now, now) == [now]


def test_a_long_history_is_counted_whole(desk: Desk) -> None:
    for day in range(1, 8):
        buys(desk, f"LT-{day}", f"2026-03-0{day}T08:00:00Z", customer=NINA)
    with cloud.pages_of(3):
        found = orders_of("C-7712", desk.clock.now() - QUARTER, desk.clock.now())
    assert [moment.day for moment in found] == [1, 2, 3, 4, 5, 6, 7]


def test_an_order_told_again_counts_once_and_for_whom_it_names_now(desk: Desk) -> None:
    buys(desk, "LT-1", customer=NINA)
    buys(desk, "LT-1", customer=ANN, changed_at="2026-03-08T10:00:00Z")
    now = desk.clock.now()
    assert orders_of("C-7712", now - QUARTER, now) == []
    assert len(orders_of("C-7713", now - QUARTER, now)) == 1
    buys(desk, "LT-1", changed_at="2026-03-08T11:00:00Z")
    assert orders_of("C-7713", now - QUARTER, now) == []


def test_nothing_but_applications_is_in_the_index(desk: Desk) -> None:
    """Not its events, its notices, its survey nor its task: each of them would count as one more."""
    number = desk.resolved()
    desk.notify(number, 1)
    desk.relay(number)
    assert {row["item"]["S"] for row in cloud.rows(Setting.APPLICATIONS_TABLE)} > {"application", "event#000001"}
    assert [row["item"]["S"] for row in in_index(Setting.APPLICATIONS_TABLE)] == ["application"]


def test_orders_of_nobody_in_particular_are_not_in_the_index(desk: Desk) -> None:
    assert in_index(Setting.ORDERS_TABLE) == []
    buys(desk, "LT-1", customer=NINA)
    [found] = in_index(Setting.ORDERS_TABLE)
    assert set(found) == {"order_key", "customer_key", "placed_at"}


def test_an_application_from_before_customers_had_keys_goes_on(desk: Desk) -> None:
    """A key of an index is never empty: DynamoDB would refuse the step."""
    number = desk.filed(**CUP)
    forget_customer(number)
    assert desk.application(number).customer == ""
    assert filed_by("", desk.clock.now() - QUARTER, desk.clock.now()) == []
    assert desk.customer(number, "cancellation").body["status"] == "cancelled"
    assert in_index(Setting.APPLICATIONS_TABLE) == []


def forget_customer(number: str) -> None:
    client("dynamodb").update_item(
        TableName=Setting.APPLICATIONS_TABLE.read(),
        Key=item({"number": number, "item": "application"}),
        UpdateExpression="REMOVE customer",
    )
