"""Goods are exchanged: set aside, sent once, and from then on a line of the order as any other."""

from typing import Any

import pytest

from tests.books import charged
from tests.integration.desk import HUA, MEI, Desk, yuan
from tests.integration.exchanges import (
    ORDER,
    PARCEL,
    TOLD,
    agreed,
    come_back,
    inspected,
    proceeds,
    replacement_id,
    sends,
    shipped,
    tells,
    wanted,
)
from tests.integration.gateway import call, shop


@pytest.fixture
def lamps(desk: Desk) -> Desk:
    assert desk.tell_order(ORDER, **TOLD).status == 200
    return desk


def status(desk: Desk, number: str) -> str:
    return str(desk.application(number).status)


# --- Set aside


def test_new_goods_are_set_aside_as_soon_as_the_exchange_is_accepted(lamps: Desk) -> None:
    number = agreed(lamps, "lantern-red")
    assert "automatic" not in proceeds(lamps, number)
    replacement = lamps.application(number).replacement
    assert replacement
    assert (replacement.state, replacement.lines[0].sku, replacement.lines[0].title) == (
        "wanted",
        "lantern-red",
        "山雀露营灯 红",
    )
    assert tells(replacement.replacement_id, "reserved").body["state"] == "reserved"
    lamps.assign(number)
    assert status(lamps, number) == "awaiting_goods"


def test_they_are_set_aside_once(lamps: Desk) -> None:
    number = agreed(lamps)
    for _ in range(2):
        proceeds(lamps, number)
    assert lamps.steps(number).count("replacement_wanted") == 1


def test_goods_that_cannot_be_set_aside_are_known_when_the_old_ones_are_here(lamps: Desk) -> None:
    number = agreed(lamps)
    proceeds(lamps, number)
    lamps.assign(number)
    first = replacement_id(lamps, number)
    assert tells(first, "failed", message="仓库缺货").body["status"] == "awaiting_goods"
    come_back(lamps, number, "as_described")
    sends(lamps, number)
    assert replacement_id(lamps, number) != first


# --- Sent


def test_the_same_once_more_from_the_filing_to_the_customers_word(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    set_aside = replacement_id(lamps, number)
    assert shipped(lamps, number) == set_aside
    assert status(lamps, number) == "delivering"
    assert tells(set_aside, "delivered").body["status"] == "awaiting_confirmation"
    assert lamps.customer(number, "confirmation").body["status"] == "resolved"
    order = lamps.order(ORDER)
    [new] = order.new_lines
    assert (new.line_id, new.paid, new.number) == ("lantern-x1", 11900, number)
    books = order.ledger["lantern"]
    assert (books.settled, books.exchanged, books.available, books.received_good) == (1, 11900, 1, 1)


def test_its_parcel_is_on_the_application(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    shipped(lamps, number)
    application = lamps.application(number)
    assert application.delivery
    assert application.replacement
    assert application.delivery.tracking_number == PARCEL["tracking_number"]
    assert application.replacement.reference == "LT-3003-X"


def test_the_first_one_never_comes_back_again_and_the_new_one_does(lamps: Desk) -> None:
    shipped(lamps, inspected(lamps, "as_described"))
    both = [{"line_id": "lantern", "quantity": 2, "reason": "changed_mind"}]
    assert lamps.file(order_number=ORDER, lines=both).problem == "quantity-not-available"
    new = [{"line_id": "lantern-x1", "quantity": 1, "reason": "defective"}]
    number = lamps.in_progress(order_number=ORDER, lines=new)
    assert lamps.application(number).lines[0].title == "山雀露营灯"
    lamps.orders_refund(number)
    assert lamps.confirm(lamps.refund_id(number), amount=yuan(11900 + 600)).status == 200


def test_the_store_may_tell_the_order_again(lamps: Desk) -> None:
    shipped(lamps, inspected(lamps, "as_described"))
    before = lamps.ledger("lantern-x1", ORDER)
    assert lamps.tell_order(ORDER, **TOLD, changed_at="2026-03-09T01:00:00Z").body["changed"]
    assert lamps.ledger("lantern-x1", ORDER) == before


def test_only_what_came_back_is_replaced(lamps: Desk) -> None:
    number = inspected(lamps, "used", "missing")
    shipped(lamps, number)
    books = lamps.ledger("lantern", ORDER)
    assert (books.settled, books.available, lamps.ledger("lantern-x1", ORDER).bought) == (1, 1, 1)


def test_where_nothing_came_back_nothing_is_sent(lamps: Desk) -> None:
    assert sends(lamps, inspected(lamps, "wrong_item")).problem == "step-not-possible"


def test_what_waits_for_the_inspection_is_not_sent_before(lamps: Desk) -> None:
    number = agreed(lamps)
    lamps.assign(number)
    assert sends(lamps, number).problem == "step-not-possible"


# --- For less, for more


def test_a_storefront_shows_beforehand_what_an_exchange_comes_to(lamps: Desk) -> None:
    for sku, total, to_pay in (("lantern-small", 3967, 0), ("lantern-twin", 0, 3000), (None, 0, 0)):
        body = call(shop(), "POST", "/quotes", wanted(sku)).body
        assert (body["total"], body["to_pay"]) == (yuan(total), to_pay)


def test_a_cheaper_one_is_sent_once_the_difference_was_paid_back(lamps: Desk) -> None:
    number = inspected(lamps, "as_described", sku="lantern-small")
    assert sends(lamps, number).problem == "step-not-possible"
    seen = call(MEI, "GET", f"/staff/applications/{number}/quote").body
    assert lamps.staff(MEI, number, "refund", {"quoted": seen["total"]}).status == 200
    assert lamps.confirm(lamps.refund_id(number), amount=yuan(3967)).body["status"] == "inspected"
    assert lamps.staff(MEI, number, "refund", {}).problem == "step-not-possible"
    shipped(lamps, number)
    assert lamps.ledger("lantern-x1", ORDER).paid == 7933
    assert lamps.application(number).refunds[0].purpose == "difference"


def test_a_difference_that_could_not_be_paid_back_is_still_due(lamps: Desk) -> None:
    number = inspected(lamps, "as_described", sku="lantern-small")
    lamps.orders_refund(number)
    lamps.confirm(lamps.refund_id(number), outcome="failed", amount=yuan(3967))
    assert sends(lamps, number).problem == "step-not-possible"
    assert lamps.staff(MEI, number, "refund", {}).status == 200


@pytest.mark.parametrize(
    "order", [{"amount": yuan(1000), "message": "协商"}, {"return_freight": yuan(1000), "message": "运费"}]
)
def test_the_difference_is_paid_back_whole(lamps: Desk, order: dict[str, Any]) -> None:
    number = inspected(lamps, "as_described", sku="lantern-small")
    assert lamps.staff(MEI, number, "refund", order).problem == "invalid-request"


def test_a_dearer_one_is_sent_once_the_difference_was_paid(lamps: Desk) -> None:
    number = inspected(lamps, "as_described", sku="lantern-twin")
    assert sends(lamps, number).problem == "step-not-possible"
    assert lamps.staff(MEI, number, "refund", {}).problem == "step-not-possible"
    lamps.staff(MEI, number, "charge", {"message": "请补差价 30 元。"})
    charge = lamps.application(number).charges[0]
    assert charge.amount.amount == 3000
    paid = {"outcome": "paid", "amount": yuan(3000), "reference": "PAY-78"}
    call(shop(), "POST", f"/charges/{charge.charge_id}/confirmation", paid)
    shipped(lamps, number)
    assert (lamps.ledger("lantern-x1", ORDER).paid, charged(lamps.order(ORDER))) == (14900, 3000)


# --- Before the old ones are back


def test_what_the_policy_replaces_at_once_is_sent_without_a_person(lamps: Desk) -> None:
    number = agreed(lamps, refund_due="at_once")
    assert proceeds(lamps, number)["status"] == "replacement_ordered"
    name = replacement_id(lamps, number)
    assert tells(name, "shipped").body["status"] == "awaiting_goods"
    assert tells(name, "delivered").body["status"] == "awaiting_goods"
    lamps.customer(number, "parcel", PARCEL)
    lamps.staff(HUA, number, "receipt", {})
    lamps.assign(number)
    assert sends(lamps, number).problem == "step-not-possible"
    come_back_seen = [{"line_id": "lantern", "quantity": 1, "condition": "used"}]
    lamps.staff(MEI, number, "inspection", {"lines": come_back_seen})
    assert status(lamps, number) == "awaiting_confirmation"
    assert lamps.ledger("lantern", ORDER).received_damaged == 1


def test_a_price_difference_is_for_a_person(lamps: Desk) -> None:
    number = agreed(lamps, "lantern-twin", refund_due="at_once")
    told = proceeds(lamps, number)
    assert (told["status"], "automatic" in told) == ("accepted", False)


# --- When there is none


def test_a_person_sees_at_once_that_there_is_none_and_orders_it_under_another_name(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    sends(lamps, number)
    first = replacement_id(lamps, number)
    lamps.later(hours=1)
    assert tells(first, "failed", message="仓库缺货").body["status"] == "inspected"
    assert lamps.application(number).look_at == lamps.clock.now()
    assert lamps.ledger("lantern", ORDER).reserved == 1
    second = shipped(lamps, number)
    assert second != first
    assert tells(first, "failed").status == 200
    assert tells(first, "shipped").problem == "step-not-possible"
    assert len(lamps.order(ORDER).new_lines) == 1


def test_instead_the_units_can_be_paid_back(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    sends(lamps, number)
    tells(replacement_id(lamps, number), "failed")
    lamps.staff(HUA, number, "remedy", {"type": "return_refund", "message": "缺货，为您退款。"})
    lamps.orders_refund(number)
    assert lamps.confirm(lamps.refund_id(number), amount=yuan(11900)).body["status"] == "awaiting_confirmation"
