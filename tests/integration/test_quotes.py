"""What is shown beforehand is what is paid; and what does not fit moves nothing."""

from typing import Any

import pytest

from aftersales.resolution.gateways.gateway import WantedRefund
from aftersales.resolution.gateways.storefront import message
from tests.integration import cloud
from tests.integration.decisions import policy_says
from tests.integration.desk import MEI, Desk, yuan
from tests.integration.gateway import Answer, call, shop

ORDER = "LT-3003"
LANTERNS: dict[str, Any] = {
    "order_number": ORDER,
    "type": "return_refund",
    "lines": [{"line_id": "lantern", "quantity": 1, "reason": "changed_mind"}],
}
LATER = "2026-03-08T10:00:00Z"
FULLY_TOLD: dict[str, Any] = {
    "lines": [
        {
            "line_id": "lantern",
            "title": "山雀露营灯",
            "quantity": 2,
            "price": 12900,
            "discount": 2000,
            "order_discount": 2000,
            "paid": 23800,
        },
        {"line_id": "battery", "title": "备用电池", "quantity": 3, "price": 400, "paid": 1200},
    ],
    "discounts": [{"code": "WELCOME20", "amount": 2000, "minimum": 20000}],
    "shipping": 1200,
    "tenders": [{"kind": "wallet", "amount": 20000}, {"kind": "points", "amount": 6200}],
}


@pytest.fixture
def lamps(desk: Desk) -> Desk:
    assert desk.tell_order(ORDER, **FULLY_TOLD).status == 200
    return desk


def quoted(desk: Desk, number: str) -> dict[str, Any]:
    answer = call(MEI, "GET", f"/staff/applications/{number}/quote")
    assert answer.status == 200, answer.body
    return answer.body


def look_first(**changes: Any) -> Answer:
    return call(shop(), "POST", "/quotes", LANTERNS | changes)


def inspected(desk: Desk, *conditions: str, terms: dict[str, Any] | None = None) -> str:
    """Both lanterns, or as many as there are conditions, came back."""
    wanted = {"line_id": "lantern", "quantity": len(conditions), "reason": "changed_mind"}
    number = desk.filed(**LANTERNS | {"lines": [wanted]})
    policy_says(number, "accept", {"line_id": "lantern"} | (terms or {}))
    desk.assign(number)
    desk.staff(MEI, number, "receipt", {})
    seen = [{"line_id": "lantern", "quantity": 1, "condition": condition} for condition in conditions]
    assert desk.staff(MEI, number, "inspection", {"lines": seen}).status == 200
    return number


# --- Beforehand


def test_a_storefront_shows_what_a_return_would_bring(lamps: Desk) -> None:
    body = look_first().body
    assert body["total"] == yuan(11900)
    assert [(each["kind"], each["amount"]) for each in body["items"]] == [("price", 12900), ("order_discount", -1000)]
    assert body["tenders"] == [{"kind": "wallet", "amount": 9084}, {"kind": "points", "amount": 2816}]


def test_looking_moves_nothing(lamps: Desk) -> None:
    before = lamps.order(ORDER)
    look_first()
    assert lamps.order(ORDER) == before


@pytest.mark.parametrize(
    ("changes", "status", "problem"),
    [
        ({"order_number": "LT-0"}, 422, "unknown-order"),
        ({"lines": [{"line_id": "tent", "quantity": 1, "reason": "other"}]}, 422, "unknown-line"),
        ({"lines": [{"line_id": "lantern", "quantity": 3, "reason": "other"}]}, 409, "quantity-not-available"),
        ({"lines": []}, 400, "invalid-request"),
        ({"type": "resend"}, 409, "step-not-possible"),
        ({"type": "repair"}, 409, "step-not-possible"),
    ],
)
def test_what_the_order_has_not_cannot_be_quoted(
    lamps: Desk, changes: dict[str, Any], status: int, problem: str
) -> None:
    answer = look_first(**changes)
    assert (answer.status, answer.problem) == (status, problem)


@pytest.mark.parametrize(
    ("conditions", "terms"),
    [
        (["as_described"], {}),
        (["as_described", "as_described"], {}),
        (["as_described", "missing"], {}),
        (["used"], {"restocking_fee": 15}),
    ],
)
def test_what_staff_see_beforehand_is_what_is_ordered(
    lamps: Desk, conditions: list[str], terms: dict[str, Any]
) -> None:
    number = inspected(lamps, *conditions, terms=terms)
    beforehand = quoted(lamps, number)
    ordered = lamps.staff(MEI, number, "refund", {}).body["application"]["refunds"][-1]
    assert {name: ordered[name] for name in beforehand} == beforehand


def test_after_the_refund_there_is_nothing_to_quote(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    lamps.orders_refund(number)
    answer = call(MEI, "GET", f"/staff/applications/{number}/quote")
    assert (answer.status, answer.problem) == (409, "step-not-possible")


# --- What was decided takes effect


def test_the_fee_is_taken_off_and_stays_with_the_store(lamps: Desk) -> None:
    number = inspected(lamps, "used", terms={"restocking_fee": 15})
    assert lamps.confirm(lamps.orders_refund(number), amount=yuan(11900 - 1785)).status == 200
    books = lamps.ledger("lantern", ORDER)
    assert (books.refunded, books.withheld, books.refundable) == (10115, 1785, 11900)


def test_the_customer_reads_what_the_refund_is_made_of(lamps: Desk) -> None:
    number = inspected(lamps, "used", terms={"restocking_fee": 15})
    lamps.orders_refund(number)
    items = lamps.look(number).body["refund_items"]
    assert [(each["name"], each["amount"]) for each in items] == [
        ("商品原价", 12900),
        ("订单优惠分摊", -1000),
        ("折损费", -1785),
    ]


def test_the_storefront_is_told_what_is_for_shipping_and_what_goes_back_to_which_means(lamps: Desk) -> None:
    everything = [{"line_id": "lantern", "quantity": 2, "reason": "late"}]
    number = lamps.in_progress(order_number=ORDER, lines=everything)
    lamps.orders_refund(number)
    refund = lamps.application(number).refund
    assert refund
    told = message(WantedRefund(number, ORDER, refund))["data"]
    assert isinstance(told, dict)
    assert told["total"] == yuan(23800 + 1142)
    assert told["shipping"] == 1142  # 1200 x 238 / 250: the batteries stay
    assert told["tenders"] == [{"kind": "wallet", "amount": 19040}, {"kind": "points", "amount": 5902}]


def test_freight_that_the_store_paid_is_taken_off_where_the_customer_bears_it(lamps: Desk) -> None:
    number = inspected(lamps, "as_described", terms={"return_freight": "customer"})
    lamps.staff(MEI, number, "refund", {"return_freight": yuan(1500), "message": "到付运费 15 元。"})
    assert lamps.confirm(lamps.refund_id(number), amount=yuan(10400)).status == 200


def test_goods_may_be_paid_on_receipt_where_the_terms_say_so(lamps: Desk) -> None:
    number = lamps.filed(**LANTERNS)
    policy_says(number, "accept", {"line_id": "lantern", "refund_due": "at_receipt"})
    lamps.assign(number)
    assert lamps.staff(MEI, number, "refund", {}).problem == "step-not-possible"
    assert "refund" in lamps.staff(MEI, number, "receipt", {}).body["actions"]
    assert lamps.confirm(lamps.orders_refund(number), outcome="failed", amount=yuan(11900)).body["status"] == "received"
    assert lamps.confirm(lamps.orders_refund(number), amount=yuan(11900)).body["status"] == "received"
    assert lamps.ledger("lantern", ORDER).received == 1


def test_a_coupon_is_clawed_back_where_the_store_says_so(lamps: Desk) -> None:
    lamps.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", coupon_below_minimum="claw_back")
    assert look_first().body["total"] == yuan(11900 - 1000)
    first = inspected(lamps, "as_described")
    lamps.confirm(lamps.orders_refund(first), amount=yuan(10900))
    rest = inspected(lamps, "as_described")
    assert quoted(lamps, rest)["total"] == yuan(11900 + 1000)


# --- What the person saw


def test_a_quote_that_has_moved_since_orders_nothing(lamps: Desk) -> None:
    """The other lantern came back meanwhile, so the shipping is due as well: less by hand would have withheld it."""
    lamps.tell_order(ORDER, **FULLY_TOLD | {"lines": FULLY_TOLD["lines"][:1], "tenders": []}, changed_at=LATER)
    first, second = inspected(lamps, "as_described"), inspected(lamps, "as_described")
    seen = quoted(lamps, first)["total"]
    lamps.orders_refund(second)
    before = lamps.order(ORDER)
    wanted = {"quoted": seen, "amount": yuan(11000), "message": "协商退款。"}
    answer = lamps.staff(MEI, first, "refund", wanted)
    assert (answer.status, answer.problem, answer.body["total"]) == (409, "quote-changed", yuan(11900 + 1200))
    assert lamps.order(ORDER) == before


def test_a_quote_that_still_holds_is_ordered(lamps: Desk) -> None:
    number = inspected(lamps, "used", terms={"restocking_fee": 15})
    wanted = {"quoted": yuan(11900 - 1785), "amount": yuan(10000), "message": "协商退款 100 元。"}
    assert lamps.staff(MEI, number, "refund", wanted).status == 200
    assert lamps.ledger("lantern", ORDER).ordered == 10000


# --- What is not there is not paid


def test_a_unit_that_did_not_come_back_is_free_again_once_the_rest_is_paid(lamps: Desk) -> None:
    number = inspected(lamps, "as_described", "missing")
    refund_id = lamps.orders_refund(number)
    assert lamps.ledger("lantern", ORDER).available == 0
    lamps.confirm(refund_id, amount=yuan(11900))
    books = lamps.ledger("lantern", ORDER)
    assert (books.available, books.reserved, books.settled, books.received_good) == (1, 0, 1, 1)


def test_where_nothing_came_back_nothing_can_be_paid(lamps: Desk) -> None:
    number = inspected(lamps, "wrong_item")
    before = lamps.order(ORDER)
    assert lamps.staff(MEI, number, "refund", {}).problem == "step-not-possible"
    assert quoted(lamps, number)["total"] == yuan(0)
    assert lamps.order(ORDER) == before


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ({"amount": yuan(11901)}, "refund-too-high"),
        ({"amount": yuan(11900, "USD")}, "currency-mismatch"),
        ({"quoted": yuan(11900, "USD")}, "currency-mismatch"),
        ({"return_freight": yuan(1500)}, "invalid-request"),
        ({"return_freight": yuan(10**13), "message": "到付运费"}, "invalid-request"),
        ({"return_freight": yuan(500, "USD")}, "currency-mismatch"),
        ({"amount": yuan(11900), "return_freight": yuan(1)}, "refund-too-high"),
    ],
)
def test_what_does_not_fit_moves_nothing(lamps: Desk, wanted: dict[str, Any], problem: str) -> None:
    number = inspected(lamps, "as_described")
    before, steps = lamps.order(ORDER), lamps.steps(number)
    assert lamps.staff(MEI, number, "refund", wanted).problem == problem
    assert (lamps.order(ORDER), lamps.steps(number)) == (before, steps)


def test_freight_on_the_stores_account_is_not_taken_off(lamps: Desk) -> None:
    number = inspected(lamps, "as_described", terms={"return_freight": "store"})
    answer = lamps.staff(MEI, number, "refund", {"return_freight": yuan(1500)})
    assert (answer.status, answer.problem) == (400, "invalid-request")


def test_goods_that_never_came_cannot_be_inspected(lamps: Desk) -> None:
    number = lamps.filed(**LANTERNS)
    policy_says(number, "accept")
    lamps.assign(number)
    before = lamps.order(ORDER)
    seen = [{"line_id": "lantern", "quantity": 1, "condition": "as_described"}]
    assert lamps.staff(MEI, number, "inspection", {"lines": seen}).problem == "step-not-possible"
    lamps.staff(MEI, number, "receipt", {})
    two = [{"line_id": "lantern", "quantity": 2, "condition": "as_described"}]
    assert lamps.staff(MEI, number, "inspection", {"lines": two}).problem == "invalid-request"
    assert lamps.order(ORDER).ledger["lantern"].received_good == before.ledger["lantern"].received_good == 0


# --- Together


def test_two_refunds_of_one_order_are_not_worked_out_from_the_same_books(desk: Desk) -> None:
    """Each alone leaves the other lantern; together everything is back, and the shipping is due."""
    desk.tell_order(ORDER, **FULLY_TOLD | {"lines": FULLY_TOLD["lines"][:1], "tenders": []})
    first, second = inspected(desk, "as_described"), inspected(desk, "as_described")
    with cloud.meanwhile("TransactWriteItems", lambda: desk.orders_refund(second)):
        answer = desk.staff(MEI, first, "refund", {})
    assert answer.problem == "outdated"
    assert quoted(desk, first)["total"] == yuan(11900 + 1200)
