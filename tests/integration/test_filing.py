"""A storefront files an application for a customer: all of it is written, or nothing is."""

from typing import Any

import pytest

from aftersales.applications.number import parse_number
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import Answer, call, shop

TEAPOT = {"line_id": "teapot", "quantity": 1, "reason": "defective"}


def test_the_customer_gets_a_number_at_once(desk: Desk) -> None:
    answer = desk.file()
    assert answer.status == 202
    assert answer.body["status"] == "submitted"
    assert parse_number(answer.body["number"]) == answer.body["number"]


def test_the_units_are_the_applications_from_now_on(desk: Desk) -> None:
    desk.filed(lines=[TEAPOT | {"quantity": 2}])
    books = desk.ledger()
    assert (books.available, books.reserved) == (1, 2)


def test_its_timeline_begins_with_the_filing(desk: Desk) -> None:
    number = desk.filed()
    [event] = desk.timeline(number)
    assert (event.step, event.version, event.actor.kind, event.status_from) == ("filed", 1, "customer", None)
    assert event.data == {"type": "return_refund", "channel": "web"}


def test_it_is_due_in_minutes_and_in_the_backlog_until_somebody_has_it(desk: Desk) -> None:
    number = desk.filed()
    [row] = [row for row in cloud.rows(Setting.APPLICATIONS_TABLE) if row["item"]["S"] == "application"]
    assert row["number"]["S"] == number
    assert row["work_owner"]["S"] == "backlog#desk"
    assert row["work_due"]["S"] == "2026-03-09T02:40:00.000Z"


def test_an_english_customer_may_ask_by_phone_only(desk: Desk) -> None:
    number = desk.filed(
        language="en", channel="phone", description="The lid does not fit.", contact={"phone": "+44 20 7946 0000"}
    )
    assert desk.application(number).contact.email is None


@pytest.mark.parametrize("type_", ["complaint", "consultation"])
def test_who_wants_to_talk_needs_no_line_and_claims_no_unit(desk: Desk, type_: str) -> None:
    desk.filed(type=type_, lines=[])
    for _ in range(2):
        desk.filed(type=type_, lines=[TEAPOT | {"quantity": 3}])
    assert desk.ledger().available == 3


def test_many_lines_go_through_filing_refund_and_payment(desk: Desk) -> None:
    """DynamoDB takes 4 KB an expression: the longest application that may be filed must be one that can be paid."""
    many: list[dict[str, Any]] = [
        {"line_id": f"1410000000{i:04}", "title": "杯", "quantity": 9000 + i, "paid": 250_000_000_000 + i}
        for i in range(25)
    ]
    desk.tell_order("LT-25", lines=many, currency="IDR")
    lines = [{"line_id": line["line_id"], "quantity": line["quantity"], "reason": "late"} for line in many]
    _, refund_id = desk.refund_ordered(order_number="LT-25", lines=lines)
    total = sum(line["paid"] for line in many)
    assert (
        desk.confirm(refund_id, amount={"amount": total, "currency": "IDR"}).body["status"] == "awaiting_confirmation"
    )
    desk.tell_order("LT-26", lines=many, currency="IDR")
    assert desk.file(type="repair", order_number="LT-26", lines=lines).status == 202


def test_an_order_knows_the_repairs_of_its_goods(desk: Desk) -> None:
    first = desk.filed(type="repair")
    desk.customer(first, "cancellation")
    second = desk.filed(type="repair")
    for other in ("return_refund", "exchange"):
        desk.customer(desk.filed(type=other), "cancellation")
    assert desk.order().repairs == (first, second)


def test_a_repeated_request_is_noted_once(desk: Desk) -> None:
    numbers = {desk.file(key="key-1", type="repair").body["number"] for _ in range(2)}
    assert desk.order().repairs == tuple(numbers)


def test_what_the_customer_says_of_their_unit_is_kept(desk: Desk) -> None:
    said = TEAPOT | {"opened": True, "serial_number": "ZS-2026-0042"}
    [line] = desk.application(desk.filed(lines=[said])).lines
    assert (line.opened, line.serial_number) == (True, "ZS-2026-0042")
    assert desk.ledger().reserved == 1


@pytest.mark.parametrize(
    ("sku", "kept"), [("zs-300", "zs-300"), ("zs-200", None), (None, None)], ids=["another", "the same by name", "same"]
)
def test_in_an_exchange_the_wanted_variant_is_kept(desk: Desk, sku: str | None, kept: str | None) -> None:
    tell_variants(desk)
    wanted = TEAPOT | ({"variant": sku} if sku else {})
    [line] = desk.application(desk.filed(type="exchange", lines=[wanted])).lines
    assert (line.variant, line.title) == (kept, "紫砂壶 Zisha teapot")


def test_what_the_line_is_not_offered_in_cannot_be_wanted(desk: Desk) -> None:
    tell_variants(desk)
    before = desk.ledger()
    for route in (desk.file, look_first):
        answer = route(type="exchange", lines=[TEAPOT | {"variant": "zs-900"}])
        assert (answer.status, answer.problem) == (422, "unknown-variant")
    assert desk.ledger() == before


def tell_variants(desk: Desk) -> None:
    lines = desk.order_body()["lines"]
    lines[0] |= {"sku": "zs-200", "variants": [{"sku": "zs-300", "title": "紫砂壶 300 ml", "price": 13900}]}
    assert desk.tell_order(lines=lines, changed_at="2026-03-08T10:00:00Z").body["changed"]


def look_first(**wanted: Any) -> Answer:
    return call(shop(), "POST", "/quotes", {"order_number": "LT-1001"} | wanted)


PROBLEMS: list[tuple[str, dict[str, Any], int, str]] = [
    ("an order nobody told us of", {"order_number": "LT-9999"}, 422, "unknown-order"),
    ("a line the order does not have", {"lines": [TEAPOT | {"line_id": "kettle"}]}, 422, "unknown-line"),
    ("more units than were bought", {"lines": [TEAPOT | {"quantity": 4}]}, 409, "quantity-not-available"),
    ("another currency", {"currency": "USD"}, 422, "currency-mismatch"),
    ("no line", {"lines": []}, 400, "invalid-request"),
    ("a variant in a return", {"lines": [TEAPOT | {"variant": "zs-300"}]}, 400, "invalid-request"),
    ("a line twice", {"lines": [TEAPOT, TEAPOT]}, 400, "invalid-request"),
    ("no unit", {"lines": [TEAPOT | {"quantity": 0}]}, 400, "invalid-request"),
    ("half a unit", {"lines": [TEAPOT | {"quantity": 0.5}]}, 400, "invalid-request"),
    ("a number as words", {"lines": [TEAPOT | {"quantity": "1"}]}, 400, "invalid-request"),
    ("opened, more or less", {"lines": [TEAPOT | {"opened": "a bit"}]}, 400, "invalid-request"),
    ("a number without end", {"lines": [TEAPOT | {"serial_number": "7" * 101}]}, 400, "invalid-request"),
    ("a reason we do not know", {"lines": [TEAPOT | {"reason": "because"}]}, 400, "invalid-request"),
    ("a type we do not know", {"type": "swap"}, 400, "invalid-request"),
    ("a language we do not speak", {"language": "fr"}, 400, "invalid-request"),
    ("nobody to tell", {"contact": {"name": "李娜"}}, 400, "invalid-request"),
    ("two mailboxes in one", {"contact": {"email": "a@mail.example,b@mail.example"}}, 400, "invalid-request"),
    ("nothing said", {"description": "   "}, 400, "invalid-request"),
    ("too much said", {"description": "壶" * 4001}, 400, "invalid-request"),
    ("a field of their own", {"priority": "high"}, 400, "invalid-request"),
    ("too many lines", {"lines": [TEAPOT | {"line_id": f"l{i}"} for i in range(51)]}, 400, "invalid-request"),
    ("a program as photo", {"photos": [{"media_type": "application/x-sh", "size": 10}]}, 400, "invalid-request"),
    ("a photo of 21 MB", {"photos": [{"media_type": "image/png", "size": 21 * 2**20}]}, 400, "invalid-request"),
    ("ten photos", {"photos": [{"media_type": "image/png", "size": 10}] * 10}, 400, "invalid-request"),
]


@pytest.mark.parametrize(
    ("wrong", "status", "problem"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS]
)
def test_what_cannot_be_is_refused_by_name_and_leaves_nothing_behind(
    desk: Desk, wrong: dict[str, Any], status: int, problem: str
) -> None:
    before = desk.ledger()
    answer = desk.file(key="key-1", **wrong)
    assert (answer.status, answer.problem) == (status, problem)
    assert cloud.rows(Setting.APPLICATIONS_TABLE) == []
    assert desk.ledger() == before


def test_the_refusal_says_how_many_are_left(desk: Desk) -> None:
    desk.filed(lines=[TEAPOT | {"quantity": 2}])
    answer = desk.file(lines=[TEAPOT | {"quantity": 2}])
    assert (answer.body["line_id"], answer.body["available"]) == ("teapot", 1)


def test_another_stores_order_does_not_exist_for_a_storefront(desk: Desk) -> None:
    answer = desk.file(who=shop("harbour"))
    assert (answer.status, answer.problem) == (422, "unknown-order")


def test_of_two_who_want_the_last_teapot_one_gets_it(desk: Desk) -> None:
    desk.filed(lines=[TEAPOT | {"quantity": 2}])
    with cloud.meanwhile("TransactWriteItems", desk.filed):
        answer = desk.file()
    assert (answer.status, answer.problem) == (409, "quantity-not-available")
    assert desk.ledger().available == 0
