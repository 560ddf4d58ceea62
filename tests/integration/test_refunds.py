"""Money goes back once, and never more than was paid."""

from typing import Any

import pytest

from aftersales.money import share
from tests.integration import cloud
from tests.integration.decisions import policy_says
from tests.integration.desk import HUA, MEI, Desk, yuan
from tests.integration.gateway import shop

TEAPOT = {"line_id": "teapot", "quantity": 1, "reason": "defective"}
CUP = {"line_id": "cup", "quantity": 6, "reason": "damaged_in_transit"}


# --- Ordering


def test_without_an_amount_the_whole_price_of_the_units_is_ordered(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered(lines=[TEAPOT, CUP])
    refund = desk.application(number).refund
    assert refund
    assert refund.total.document() == yuan(share(29900, 3, 0, 1) + 1000)
    assert refund_id.startswith(number)
    assert desk.application(number).status == "refund_ordered"


def test_from_then_on_neither_units_nor_money_can_be_asked_for_again(desk: Desk) -> None:
    desk.refund_ordered()
    books = desk.ledger()
    assert (books.reserved, books.settled, books.ordered, books.refundable) == (0, 1, 9966, 29900 - 9966)


def test_less_may_be_ordered_and_is_spread_over_the_lines(desk: Desk) -> None:
    number = desk.in_progress(lines=[TEAPOT, CUP])
    desk.staff(MEI, number, "refund", {"amount": yuan(1000), "message": "协商退款 10 元。"})
    assert desk.ledger().ordered + desk.ledger("cup").ordered == 1000


def test_who_pays_less_says_why(desk: Desk) -> None:
    number = desk.in_progress()
    answer = desk.staff(MEI, number, "refund", {"amount": yuan(9000)})
    assert (answer.status, answer.problem, desk.ledger().ordered) == (400, "invalid-request", 0)
    assert desk.staff(MEI, number, "refund", {"amount": yuan(9966)}).status == 200


@pytest.mark.parametrize(
    ("amount", "status", "problem"),
    [
        (yuan(9967), 422, "refund-too-high"),
        (yuan(10**15), 422, "refund-too-high"),
        (yuan(100, "USD"), 422, "currency-mismatch"),
        (yuan(-1), 400, "invalid-request"),
        ({"amount": 99.66, "currency": "CNY"}, 400, "invalid-request"),
        ({"amount": "9966", "currency": "CNY"}, 400, "invalid-request"),
    ],
    ids=["a fen too much", "all the money there is", "dollars", "less than nothing", "a broken amount", "words"],
)
def test_an_amount_that_cannot_be_is_refused(desk: Desk, amount: dict[str, Any], status: int, problem: str) -> None:
    number = desk.in_progress()
    before = desk.ledger()
    answer = desk.staff(MEI, number, "refund", {"amount": amount})
    assert (answer.status, answer.problem) == (status, problem)
    assert desk.ledger() == before


def test_goods_that_come_back_are_looked_at_before_money_goes_out(desk: Desk) -> None:
    number = desk.filed()
    policy_says(number, "accept", {"line_id": "teapot", "refund_due": "after_inspection"})
    desk.assign(number)
    assert desk.staff(MEI, number, "refund", {}).problem == "step-not-possible"
    assert "refund" not in desk.staff(MEI, number, "receipt", {}).body["actions"]
    assert desk.staff(MEI, number, "refund", {}).problem == "step-not-possible"


def test_what_has_ended_pays_nothing_back_though_its_line_has_no_unit_any_more(desk: Desk) -> None:
    number = desk.filed()
    desk.customer(number, "cancellation")
    lines = [line for line in desk.order_body()["lines"] if line["line_id"] != "teapot"]
    desk.tell_order(lines=lines, changed_at="2026-03-09T02:00:00Z")
    assert desk.ledger().bought == 0
    assert desk.staff(HUA, number, "refund", {}).problem == "step-not-possible"


def test_an_exchange_pays_nothing_back(desk: Desk) -> None:
    number = desk.inspected(type="exchange")
    assert desk.staff(MEI, number, "refund", {}).problem == "step-not-possible"


def test_of_two_who_order_at_once_one_does(desk: Desk) -> None:
    number = desk.in_progress()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.staff(HUA, number, "refund", {})):
        answer = desk.staff(MEI, number, "refund", {})
    assert (answer.status, answer.problem) == (409, "outdated")
    assert desk.ledger().ordered == 9966


def test_a_price_that_falls_meanwhile_is_noticed(desk: Desk) -> None:
    number = desk.in_progress()
    cheaper = [line | ({"paid": 300} if line["line_id"] == "teapot" else {}) for line in desk.order_body()["lines"]]
    with cloud.meanwhile(
        "TransactWriteItems", lambda: desk.tell_order(changed_at="2026-03-08T12:00:00Z", lines=cheaper)
    ):
        answer = desk.staff(MEI, number, "refund", {})
    assert (answer.status, answer.problem) == (409, "outdated")
    assert desk.staff(MEI, number, "refund", {}).body["application"]["refunds"][-1]["total"] == yuan(100)


# --- Confirming


def test_paid_is_paid(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered()
    answer = desk.confirm(refund_id)
    assert answer.body == {"refund_id": refund_id, "number": number, "status": "awaiting_confirmation"}
    books = desk.ledger()
    assert (books.refunded, books.ordered, books.settled) == (9966, 0, 1)


def test_the_person_is_free_again_and_the_unit_is_not(desk: Desk) -> None:
    desk.resolved()
    assert desk.open_cases() == 0
    assert desk.ledger().available == 2


def test_told_again_nothing_changes(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered()
    first = desk.confirm(refund_id)
    books, steps = desk.ledger(), desk.steps(number)
    assert desk.confirm(refund_id) == first
    assert (desk.ledger(), desk.steps(number)) == (books, steps)


def test_told_twice_at_once_it_is_paid_once(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.confirm(refund_id)):
        assert desk.confirm(refund_id).status == 200
    assert desk.steps(number).count("refunded") == 1


FAILED: dict[str, Any] = {"outcome": "failed", "message": "card 4242 is closed"}


def test_a_refund_that_failed_can_be_ordered_again_under_another_name(desk: Desk) -> None:
    number, first = desk.refund_ordered()
    assert desk.confirm(first, **FAILED).body["status"] == "in_progress"
    assert (desk.ledger().reserved, desk.ledger().refundable) == (1, 29900)
    desk.staff(MEI, number, "refund", {})
    second = desk.refund_id(number)
    assert second != first
    assert desk.confirm(second).body["status"] == "awaiting_confirmation"


def test_why_it_failed_is_for_staff(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered()
    desk.confirm(refund_id, **FAILED)
    assert "4242" in str(desk.case(number)["timeline"])
    assert "4242" not in str(desk.look(number).body)


def test_after_it_failed_the_case_can_be_rejected_and_the_unit_is_free(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered()
    desk.confirm(refund_id, **FAILED)
    desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "改为补发。"})
    assert desk.ledger().available == 3


def test_a_returned_teapot_can_still_be_paid_after_the_first_try_failed(desk: Desk) -> None:
    number = desk.inspected()
    desk.staff(MEI, number, "refund", {})
    desk.confirm(desk.refund_id(number), **FAILED)
    assert desk.staff(MEI, number, "refund", {}).status == 200


@pytest.mark.parametrize(("first", "then"), [("paid", "failed"), ("failed", "paid")])
def test_the_storefront_cannot_take_its_word_back(desk: Desk, first: str, then: str) -> None:
    _, refund_id = desk.refund_ordered()
    desk.confirm(refund_id, outcome=first)
    before = desk.ledger()
    answer = desk.confirm(refund_id, outcome=then)
    assert (answer.status, answer.problem) == (409, "step-not-possible")
    assert desk.ledger() == before


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (yuan(9967), "refund-too-high"),
        (yuan(9965), "refund-too-high"),
        (yuan(9966, "USD"), "currency-mismatch"),
        (yuan(0), "refund-too-high"),
    ],
    ids=["more", "less", "dollars", "nothing"],
)
def test_what_was_paid_must_be_what_was_ordered(desk: Desk, told: dict[str, Any], problem: str) -> None:
    number, refund_id = desk.refund_ordered()
    answer = desk.confirm(refund_id, amount=told)
    assert (answer.status, answer.problem) == (422, problem)
    assert desk.application(number).status == "refund_ordered"


def test_another_storefront_does_not_learn_that_the_refund_exists(desk: Desk) -> None:
    _, refund_id = desk.refund_ordered()
    foreign, unknown = desk.confirm(refund_id, who=shop("harbour")), desk.confirm("7K3M-9QXT-2VWH-5NRR.4")
    assert (foreign.status, foreign.body) == (404, unknown.body)


@pytest.mark.parametrize("name", ["{number}", "{number}.99", "{number}.", "x.5", "退款", "{number}.5.5"])
def test_a_refund_that_was_not_ordered_cannot_be_confirmed(desk: Desk, name: str) -> None:
    number, _ = desk.refund_ordered()
    assert desk.confirm(name.format(number=number)).status == 404


def test_a_case_without_a_refund_has_none_to_confirm(desk: Desk) -> None:
    assert desk.confirm(f"{desk.in_progress()}.4").status == 404


def test_a_gift_can_be_returned_though_nothing_is_paid_for_it(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered(lines=[{"line_id": "gift", "quantity": 1, "reason": "defective"}])
    assert desk.confirm(refund_id, amount=yuan(0)).body["status"] == "awaiting_confirmation"
    assert desk.ledger("gift").settled == 1
    assert desk.application(number).status == "awaiting_confirmation"


def test_three_teapots_one_after_another_come_to_what_was_paid(desk: Desk) -> None:
    for amount in (9966, 9967, 9967):
        _, refund_id = desk.refund_ordered()
        assert desk.confirm(refund_id, amount=yuan(amount)).body["status"] == "awaiting_confirmation"
    assert (desk.ledger().refunded, desk.ledger().refundable) == (29900, 0)
    assert desk.file().problem == "quantity-not-available"


def test_who_moved_is_on_the_timeline(desk: Desk) -> None:
    number = desk.resolved()
    kinds = {str(event.step): event.actor.kind for event in desk.timeline(number)}
    assert (kinds["refund_ordered"], kinds["refunded"]) == ("staff", "storefront")


def test_goods_that_came_back_stay_inspected_when_the_refund_fails(desk: Desk) -> None:
    """Nobody may cancel, and no question may expire, a case whose goods the store holds."""
    number = desk.inspected()
    refund_id = desk.orders_refund(number)
    assert desk.confirm(refund_id, outcome="failed").body["status"] == "inspected"
    assert desk.customer(number, "cancellation").problem == "step-not-possible"
    assert desk.confirm(desk.orders_refund(number)).body["status"] == "awaiting_confirmation"
