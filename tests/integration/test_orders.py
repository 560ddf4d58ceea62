"""A storefront tells of its orders: in any order, more than once, and sometimes otherwise than before."""

from collections.abc import Callable
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import call, shop

LATER, STILL_LATER = "2026-03-08T10:00:00Z", "2026-03-08T11:00:00Z"


def lines(desk: Desk, **changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The order's lines, some told differently."""
    return [line | changes.get(line["line_id"], {}) for line in desk.order_body()["lines"]]


def test_the_same_telling_twice_changes_nothing(desk: Desk) -> None:
    assert desk.tell_order("LT-2").body == {"order_number": "LT-2", "changed": True}
    assert desk.tell_order("LT-2").body == {"order_number": "LT-2", "changed": False}


def test_an_older_telling_that_comes_late_changes_nothing(desk: Desk) -> None:
    desk.tell_order(changed_at=LATER, lines=lines(desk, teapot={"quantity": 2}))
    assert desk.tell_order(changed_at="2026-03-08T09:30:00Z").body["changed"] is False
    assert desk.ledger().bought == 2


def test_more_units_can_be_applied_for(desk: Desk) -> None:
    desk.tell_order(changed_at=LATER, lines=lines(desk, teapot={"quantity": 5, "paid": 50000}))
    books = desk.ledger()
    assert (books.bought, books.available, books.paid, books.refundable) == (5, 5, 50000, 50000)


def test_fewer_units_cannot(desk: Desk) -> None:
    desk.filed(lines=[{"line_id": "teapot", "quantity": 1, "reason": "defective"}])
    desk.tell_order(changed_at=LATER, lines=lines(desk, teapot={"quantity": 2, "paid": 20000}))
    books = desk.ledger()
    assert (books.bought, books.available, books.reserved, books.refundable) == (2, 1, 1, 20000)


def test_units_that_an_application_holds_cannot_go_from_the_order(desk: Desk) -> None:
    desk.filed(lines=[{"line_id": "teapot", "quantity": 2, "reason": "defective"}])
    before = desk.ledger()
    assert desk.tell_order(changed_at=LATER, lines=lines(desk, teapot={"quantity": 1})).body["changed"] is True
    books = desk.ledger()
    assert (books.bought, books.available, books.reserved) == (2, 0, before.reserved)


def test_money_that_was_paid_back_cannot_go_from_the_order(desk: Desk) -> None:
    desk.resolved()
    before = desk.ledger()
    assert desk.tell_order(changed_at=LATER, lines=lines(desk, teapot={"paid": 100})).body["changed"] is True
    books = desk.ledger()
    assert (books.paid, books.refundable, books.refunded) == (before.refunded, 0, before.refunded)


def test_a_new_line_can_be_applied_for(desk: Desk) -> None:
    tray = {"line_id": "tray", "title": "茶盘", "quantity": 1, "paid": 8800}
    desk.tell_order(changed_at=LATER, lines=[*lines(desk), tray])
    assert desk.ledger("tray").available == 1


def test_a_line_that_is_not_told_any_more_has_nothing_left_to_apply_for(desk: Desk) -> None:
    desk.tell_order(changed_at=LATER, lines=[line for line in lines(desk) if line["line_id"] != "cup"])
    books = desk.ledger("cup")
    assert (books.bought, books.available, books.refundable) == (0, 0, 0)


def test_a_line_that_comes_back_can_be_applied_for_again(desk: Desk) -> None:
    desk.tell_order(changed_at=LATER, lines=[line for line in lines(desk) if line["line_id"] != "cup"])
    desk.tell_order(changed_at=STILL_LATER)
    assert desk.ledger("cup").available == 6


def test_a_telling_leaves_what_applications_did_as_it_is(desk: Desk) -> None:
    desk.resolved()
    desk.filed()
    before = desk.ledger()
    assert desk.tell_order(changed_at=LATER).body["changed"] is True
    assert desk.ledger() == before


def test_an_order_does_not_change_its_currency(desk: Desk) -> None:
    answer = desk.tell_order(changed_at=LATER, currency="USD")
    assert (answer.status, answer.problem) == (422, "currency-mismatch")


def test_once_delivered_stays_delivered(desk: Desk) -> None:
    body = desk.order_body(changed_at=LATER)
    del body["delivered_at"]
    assert call(shop(), "PUT", "/orders/LT-1001", body).body["changed"] is True
    assert desk.review(desk.filed())["status"] == "accepted"


def test_fifty_lines_at_once_can_be_told_and_told_otherwise(desk: Desk) -> None:
    many: list[dict[str, Any]] = [
        {"line_id": f"1410000000{i:04}", "title": "杯", "quantity": 2, "paid": 500} for i in range(50)
    ]
    assert desk.tell_order("LT-50", lines=many).status == 200
    changed = [line | {"quantity": 3, "paid": 700} for line in many]
    assert desk.tell_order("LT-50", changed_at=LATER, lines=changed).body["changed"] is True
    assert desk.ledger(many[49]["line_id"], "LT-50").available == 3


def test_each_store_has_its_own_order_of_that_number(desk: Desk) -> None:
    desk.tell_order(who=shop("harbour"), lines=[{"line_id": "tent", "title": "Tent", "quantity": 1, "paid": 1}])
    assert desk.ledger("teapot").bought == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": []},
        {"lines": [{"line_id": "cup", "title": "杯", "quantity": 0, "paid": 1}]},
        {"lines": [{"line_id": "cup", "title": "杯", "quantity": 1, "paid": 9.99}]},
        {"lines": [{"line_id": "cup", "title": "杯", "quantity": 1, "paid": 1}] * 2},
        {"currency": "yuan"},
        {"changed_at": "2026-03-08T09:00:00"},
        {"delivered_at": "9999-12-31T23:00:00Z"},
        {"placed_at": "0001-01-01T00:00:00Z"},
        {"coupon": "WELCOME20"},
        {"customer": {"tier": "gold"}},
        {"customer": {"customer_id": " "}},
        {"customer": {"customer_id": "C-1", "risk": "high"}},
        {"country": "China"},
        {"lines": [{"line_id": "cup", "title": "杯", "quantity": 1, "paid": 1, "discount": -1}]},
        {"lines": [{"line_id": "cup", "title": "杯", "quantity": 1, "paid": 1, "tags": ["新"] * 21}]},
        {"lines": [{"line_id": "cup", "title": "杯", "quantity": 1, "paid": 1, "warranty_ends_on": "soon"}]},
    ],
    ids=[
        "no line",
        "no unit",
        "a broken amount",
        "a line twice",
        "no currency",
        "no zone",
        "a delivery after all calendars",
        "an order before them",
        "more than asked for",
        "a customer without an id",
        "a customer with a blank id",
        "a risk that we do not know",
        "a country in words",
        "less than no discount",
        "too many tags",
        "a day that is none",
    ],
)
def test_an_order_that_makes_no_sense_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    assert desk.tell_order("LT-2", **wrong).problem == "invalid-request"


SAID: dict[str, Any] = {
    "customer": {"customer_id": "C-7712", "tier": "gold", "risk": "watch"},
    "country": "CN",
    "channel": "miniprogram",
    "season": "double11",
    "payment_instrument": "alipay",
}
KETTLE: dict[str, Any] = {
    "line_id": "kettle",
    "title": "电水壶 Electric kettle",
    "category": "appliance",
    "quantity": 1,
    "paid": 19900,
    "discount": 3000,
    "tags": ["厨房", "刻字"],
    "custom_made": True,
    "no_return_confirmed": True,
    "seller": "灯笼旗舰店",
    "serial_number": "KT-2026-00017",
    "warranty_ends_on": "2027-03-01",
}


def test_what_rules_test_is_kept_as_it_was_told(desk: Desk) -> None:
    desk.tell_order("LT-3", lines=[KETTLE], **SAID)
    kept = desk.order("LT-3").document()
    assert {name: kept[name] for name in SAID} == SAID
    [line] = kept["lines"]
    assert {name: line[name] for name in KETTLE} == KETTLE


def test_a_telling_is_whole_so_what_it_leaves_out_is_not_known_any_more(desk: Desk) -> None:
    desk.tell_order("LT-3", lines=[KETTLE], **SAID)
    plain = {name: KETTLE[name] for name in ("line_id", "title", "quantity", "paid")}
    desk.tell_order("LT-3", lines=[plain], changed_at=LATER, season="618")
    order = desk.order("LT-3")
    assert (order.customer, order.country, order.season) == (None, None, "618")
    assert (order.lines[0].category, order.lines[0].serial_number) == ("general", None)


NEW_OF_ORDERS = {"repairs", "channel", "season"}
NEW_OF_LINES = {
    "discount",
    "tags",
    "final_sale",
    "custom_made",
    "perishable",
    "digital",
    "no_return_confirmed",
    "seller",
}


def as_it_was_stored_before(number: str) -> None:
    """Take away from the stored order what the desk did not know of in its first weeks."""
    [row] = [row for row in cloud.rows(Setting.ORDERS_TABLE) if row["order_key"]["S"] == f"lantern#{number}"]
    for name in NEW_OF_ORDERS:
        del row[name]
    for line in row["lines"]["L"]:
        for name in NEW_OF_LINES:
            del line["M"][name]
    client("dynamodb").put_item(TableName=Setting.ORDERS_TABLE.read(), Item=row)


def test_an_order_from_before_can_be_told_again_and_applied_for(desk: Desk) -> None:
    as_it_was_stored_before("LT-1001")
    assert desk.tell_order(changed_at=LATER, **SAID).body["changed"] is True
    assert desk.order().country == "CN"
    as_it_was_stored_before("LT-1001")
    number = desk.filed(type="repair")
    assert desk.order().repairs == (number,)


def staying(desk: Desk) -> str:
    return desk.filed(type="repair")


def ended(desk: Desk) -> str:
    """A repair that came and went: the ledger is as it was before."""
    number = desk.filed(type="repair")
    assert desk.customer(number, "cancellation").status == 200
    return number


@pytest.mark.parametrize("files", [staying, ended], ids=["one that stays", "one that is cancelled at once"])
def test_a_repair_filed_while_the_order_is_told_stays_on_it(desk: Desk, files: Callable[[Desk], str]) -> None:
    filed: list[str] = []
    with cloud.meanwhile("PutItem", lambda: filed.append(files(desk))):
        told = desk.tell_order(changed_at=LATER, **SAID)
    assert told.body["changed"] is True
    assert desk.order().repairs == tuple(filed)
    assert desk.order().season == "double11"


def test_units_that_come_free_while_the_order_is_told_stay_free(desk: Desk) -> None:
    number = desk.filed()
    with cloud.meanwhile("PutItem", lambda: desk.customer(number, "cancellation")):
        assert desk.tell_order(changed_at=LATER, **SAID).body["changed"] is True
    assert (desk.ledger().available, desk.ledger().reserved) == (3, 0)


def test_an_order_told_while_an_application_is_filed_keeps_both(desk: Desk) -> None:
    with cloud.meanwhile("TransactWriteItems", lambda: desk.tell_order(changed_at=LATER, **SAID)):
        number = desk.filed(type="repair")
    assert desk.order().repairs == (number,)
    assert desk.order().season == "double11"


def test_an_order_number_may_be_any_words_that_shops_use(desk: Desk) -> None:
    assert desk.tell_order("订单-7 A").body["changed"] is True


def test_an_order_number_that_cannot_be_is_refused(desk: Desk) -> None:
    assert desk.tell_order("x" * 65).problem == "invalid-request"


SOLD: dict[str, Any] = {"line_id": "teapot", "title": "紫砂壶", "quantity": 2, "price": 15000, "discount": 1000}
TOLD: dict[str, Any] = {
    "lines": [SOLD | {"paid": 29000, "order_discount": 1000}],
    "discounts": [{"code": "SPRING", "amount": 1000, "minimum": 20000}],
    "shipping": 1000,
    "tenders": [{"kind": "card", "amount": 25000}, {"kind": "points", "amount": 5000}],
}


def test_what_was_paid_for_shipping_and_with_what_has_accounts_of_its_own(desk: Desk) -> None:
    assert desk.tell_order("LT-9", **TOLD).status == 200
    accounts = desk.order("LT-9").accounts
    assert {name: account.refundable for name, account in accounts.items()} == {
        "~shipping": 1000,
        "~card": 25000,
        "~points": 5000,
    }


def test_shipping_that_is_told_otherwise_follows_never_below_what_was_paid_back(desk: Desk) -> None:
    desk.tell_order("LT-9", **TOLD)
    desk.tell_order("LT-9", **TOLD | {"changed_at": LATER, "shipping": 400, "tenders": []})
    accounts = desk.order("LT-9").accounts
    assert (accounts["~shipping"].refundable, accounts["~card"].refundable) == (400, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lines": [SOLD | {"paid": 29001, "order_discount": 1000}]}, "price times quantity"),
        ({"lines": [SOLD | {"paid": 29000, "order_discount": 1001}]}, "order_discount is a part of discount"),
        ({"discounts": []}, "what the discounts took off"),
        ({"tenders": [{"kind": "card", "amount": 30001}]}, "the tenders must come to 30000"),
        ({"tenders": [{"kind": "card", "amount": 15000}, {"kind": "card", "amount": 15000}]}, "of the same kind"),
        ({"tenders": [{"kind": "card", "amount": 30001}, {"kind": "points", "amount": -1}]}, "greater than or equal"),
        ({"shipping": -1}, "greater than or equal"),
        ({"tenders": [{"kind": "shells", "amount": 30000}]}, "Input should be"),
    ],
)
def test_amounts_that_do_not_add_up_are_refused_and_said(desk: Desk, wrong: dict[str, Any], said: str) -> None:
    answer = desk.tell_order("LT-9", **TOLD | wrong)
    assert (answer.status, answer.problem) == (400, "invalid-request")
    assert said in str(answer.body["errors"])


def test_tax_counts_where_prices_are_without_it(desk: Desk) -> None:
    taxed = SOLD | {"order_discount": 1000, "tax": 2610, "paid": 31610}
    without_tax = TOLD | {"lines": [taxed], "prices_include_tax": False, "tenders": []}
    assert desk.tell_order("LT-9", **without_tax).status == 200
    assert desk.tell_order("LT-9", **without_tax | {"prices_include_tax": True}).status == 400
