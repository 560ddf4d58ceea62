"""Money or goods went out before the old ones were back, and they never came: their price is asked for."""

from collections.abc import Callable

import pytest

from tests.integration.desk import HUA, Desk, yuan
from tests.integration.teahouse import Teahouse

WHOLE = 17000
"""Two bowls and the shipping."""


@pytest.fixture
def teahouse(desk: Desk) -> Teahouse:
    return Teahouse(desk)


# --- After an early refund


def test_bowls_that_never_came_are_asked_for_in_money(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods()
    assert teahouse.asked(number) == ("goods_kept", WHOLE)
    assert (teahouse.ledger().refunded, teahouse.ledger().settled) == (16000, 2)
    assert desk.look(number).body["status"] == "awaiting_payment"


def test_paid_the_books_are_as_if_nothing_had_been_paid_back(desk: Desk, teahouse: Teahouse) -> None:
    before = teahouse.order()
    number = teahouse.asked_for_goods()
    assert teahouse.pays(number, WHOLE).body["status"] == "expired"
    after = teahouse.order()
    assert (after.ledger, after.accounts) == (before.ledger, before.accounts)
    assert desk.open_cases() == 0


def test_then_they_can_be_applied_for_again_and_come_to_the_same(desk: Desk, teahouse: Teahouse) -> None:
    teahouse.pays(teahouse.asked_for_goods(), WHOLE)
    number = teahouse.accepted("return_refund")
    teahouse.comes_back(number, "as_described", "as_described")
    refund_id = desk.orders_refund(number)
    assert desk.confirm(refund_id, amount=yuan(WHOLE)).body["status"] == "awaiting_confirmation"


def test_the_word_that_it_was_paid_comes_twice(teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods()
    teahouse.pays(number, WHOLE)
    after = teahouse.everything(number)
    assert teahouse.pays(number, WHOLE).body["status"] == "expired"
    assert teahouse.everything(number) == after


def test_who_does_not_pay_is_for_a_person(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "in_progress"
    assert (teahouse.ledger().refunded, teahouse.ledger().settled) == (16000, 2)
    teahouse.must(number, "charge", {"message": "您尚未寄回商品，请补付货款。"})
    assert teahouse.pays(number, WHOLE).body["status"] == "expired"


def test_what_comes_after_the_time_to_pay_is_not_asked_for_again(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "in_progress"
    teahouse.must(number, "receipt", {})
    assert teahouse.does(number, "charge", {}).problem == "step-not-possible"
    seen = [{"line_id": "bowl", "quantity": 2, "condition": "as_described"}]
    teahouse.must(number, "inspection", {"lines": seen})
    assert teahouse.status(number) == "awaiting_confirmation"
    assert (teahouse.ledger().settled, teahouse.ledger().received_good) == (2, 2)


def test_who_is_asked_where_they_are_and_says_nothing_still_owes_them(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods()
    desk.later(days=7)
    desk.time_out(number)
    teahouse.must(number, "information-request", {"message": "请问商品寄出了吗？"})
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "in_progress"
    teahouse.must(number, "charge", {})
    assert teahouse.asked(number) == ("goods_kept", WHOLE)


def test_who_sends_them_after_all_pays_nothing(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods()
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF7"})
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "in_transit"
    teahouse.must(number, "receipt", {})
    seen = [{"line_id": "bowl", "quantity": 2, "condition": "as_described"}]
    teahouse.must(number, "inspection", {"lines": seen})
    assert teahouse.status(number) == "awaiting_confirmation"


def test_who_pays_though_they_have_sent_them_keeps_them(desk: Desk, teahouse: Teahouse) -> None:
    """They are on their way back to the customer: nobody here counts them any more."""
    number = teahouse.asked_for_goods()
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF7"})
    teahouse.must(number, "receipt", {})
    assert teahouse.pays(number, WHOLE).body["status"] == "expired"
    books = teahouse.ledger()
    assert (books.received, books.in_return, books.available) == (0, 0, 2)


def test_one_bowl_of_two_is_asked_for_without_the_shipping(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods(quantity=1)
    assert teahouse.asked(number) == ("goods_kept", 8000)
    teahouse.pays(number, 8000)
    assert teahouse.ledger().available == 2


def test_a_gift_that_never_came_costs_nothing_and_the_case_ends(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.paid_early(1, line_id="towel")
    desk.later(days=14)
    assert desk.time_out(number)["status"] == "expired"
    assert (teahouse.ledger("towel").available, teahouse.case(number).charges) == (1, ())


# --- After an early refund, with a part missing


def test_a_bowl_that_is_not_in_the_parcel_is_asked_for_alone(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.paid_early()
    teahouse.comes_back(number, "as_described", "missing")
    assert teahouse.status(number) == "inspected"
    teahouse.must(number, "charge", {"message": "包裹中少了一只盖碗，请补付货款。"})
    assert teahouse.asked(number) == ("goods_kept", 8000)
    assert teahouse.pays(number, 8000).body["status"] == "awaiting_confirmation"
    books = teahouse.ledger()
    assert (books.settled, books.available, books.refunded, books.received_good) == (1, 1, 8000, 1)
    refund = teahouse.case(number).refund
    assert refund
    assert refund.reclaimed == {"bowl": 1}


def test_another_thing_in_its_place_is_no_bowl(teahouse: Teahouse) -> None:
    number = teahouse.paid_early()
    teahouse.comes_back(number, "wrong_item", "as_described")
    teahouse.must(number, "charge", {})
    assert teahouse.asked(number) == ("goods_kept", 8000)


def test_a_store_that_lets_it_be_ends_the_case_with_an_answer(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.paid_early()
    teahouse.comes_back(number, "as_described", "missing")
    teahouse.must(number, "charge", {})
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "inspected"
    teahouse.must(number, "completion", {"message": "这次就不再追究了。"})
    assert teahouse.status(number) == "awaiting_confirmation"
    assert teahouse.ledger().settled == 2


# --- After an early replacement


def test_bowls_that_were_exchanged_and_never_came_are_asked_for(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.replaced_early()
    desk.later(days=14)
    desk.time_out(number)
    assert teahouse.asked(number) == ("goods_kept", 16000)
    assert teahouse.pays(number, 16000).body["status"] == "expired"
    books = teahouse.ledger()
    assert (books.available, books.settled, books.refundable, books.exchanged) == (2, 0, 16000, 0)
    [new] = teahouse.order().new_lines
    assert teahouse.ledger(new.line_id).available == 2


def test_what_was_paid_on_top_is_not_asked_for_again(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("exchange", 1, {"refund_due": "at_once"}, variant="GW-L")
    teahouse.must(number, "charge", {})
    teahouse.pays(number, 1500)
    teahouse.must(number, "replacement", {})
    teahouse.ships(number)
    desk.later(days=14)
    desk.time_out(number)
    assert teahouse.asked(number) == ("goods_kept", 8000)
    assert teahouse.pays(number, 8000).body["status"] == "expired"
    assert [charge.outcome for charge in teahouse.case(number).charges] == ["paid", "paid"]


def test_of_two_exchanged_one_came_back_and_the_new_ones_are_still_on_their_way(teahouse: Teahouse) -> None:
    number = teahouse.replaced_early()
    teahouse.comes_back(number, "as_described", "missing")
    teahouse.must(number, "charge", {})
    assert teahouse.asked(number) == ("goods_kept", 8000)
    assert teahouse.pays(number, 8000).body["status"] == "delivering"
    books = teahouse.ledger()
    assert (books.available, books.settled, books.exchanged) == (1, 1, 8000)


# --- Where nothing is owed


def _waited_for(teahouse: Teahouse) -> str:
    return teahouse.paid_early()


def _all_here(teahouse: Teahouse) -> str:
    """One came in bad order: that is looked at before the money, or not at all."""
    number = teahouse.paid_early()
    teahouse.comes_back(number, "as_described", "used")
    return number


def _paid_for(teahouse: Teahouse) -> str:
    number = teahouse.paid_early()
    teahouse.comes_back(number, "as_described", "missing")
    teahouse.must(number, "charge", {})
    teahouse.pays(number, 8000)
    return number


def _paid_after_inspection(teahouse: Teahouse) -> str:
    """The missing one was not paid back; a dispute has opened the case again."""
    number, desk = teahouse.accepted("return_refund"), teahouse.desk
    teahouse.comes_back(number, "as_described", "missing")
    assert desk.confirm(desk.orders_refund(number), amount=yuan(8000)).status == 200
    desk.customer(number, "dispute", {"message": "两只都寄回了。"})
    desk.hire("hua", languages=["zh-CN"])
    reopened = {"outcome": "reopened", "message": "我们再核对一次。"}
    assert desk.staff(HUA, number, "dispute-answer", reopened).body["application"]["status"] == "inspected"
    return number


@pytest.mark.parametrize("begin", [_waited_for, _all_here, _paid_for, _paid_after_inspection])
def test_where_nothing_is_owed_nothing_is_asked_for(teahouse: Teahouse, begin: Callable[[Teahouse], str]) -> None:
    number = begin(teahouse)
    before = teahouse.everything(number)
    assert teahouse.desk.staff(HUA, number, "charge", {}).problem == "step-not-possible"
    assert teahouse.everything(number) == before
