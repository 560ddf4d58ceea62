"""Something for the trouble: a part of the price, a coupon or points, and never more than was paid."""

from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.decisions import policy_says
from tests.integration.desk import HUA, TOM, Desk, yuan
from tests.integration.gateway import call, customer
from tests.integration.gifts import COMPLAINT, SORRY, gives, tells, where


@pytest.fixture(autouse=True)
def _limits(desk: Desk) -> None:
    """Mei may give ten yuan alone."""
    desk.hire("mei", languages=["zh-CN"], may_give={"CNY": 1000})


@pytest.fixture
def complaint(desk: Desk) -> str:
    """Mei has it."""
    return desk.in_progress(**COMPLAINT)


def test_a_complaint_is_answered_by_a_part_of_the_price_and_its_message(desk: Desk, complaint: str) -> None:
    assert gives(desk, complaint).body["application"]["status"] == "refund_ordered"
    desk.confirm(desk.refund_id(complaint), amount=yuan(1000))
    assert desk.application(complaint).status == "awaiting_confirmation"
    assert SORRY in [entry.get("message") for entry in desk.look(complaint).body["timeline"]]
    assert sum(desk.ledger(line).refunded for line in ("teapot", "cup", "card")) == 1000
    assert desk.open_cases() == 0


@pytest.mark.parametrize("kind", ["coupon", "points"])
def test_a_complaint_is_answered_by_a_coupon_or_points(desk: Desk, complaint: str, kind: str) -> None:
    assert gives(desk, complaint, kind=kind).body["application"]["status"] == "credit_ordered"
    assert desk.order().credit == 1000
    answer = tells(desk, complaint, reference="SORRY-2026")
    assert (answer.status, answer.body["status"]) == (200, "awaiting_confirmation")
    credit = desk.application(complaint).credit
    assert credit
    assert (credit.kind, credit.outcome, credit.reference) == (kind, "given", "SORRY-2026")
    assert (desk.order().credit, desk.open_cases()) == (1000, 0)


def test_a_refund_goes_on_where_it_was_and_pays_so_much_less(desk: Desk) -> None:
    number = desk.in_progress(lines=[{"line_id": "teapot", "quantity": 3, "reason": "defective"}])
    gives(desk, number)
    desk.confirm(desk.refund_id(number), amount=yuan(1000))
    assert where(desk, number) == ("in_progress", "mei")
    rest = desk.orders_refund(number)
    desk.confirm(rest, amount=yuan(28900))
    assert (desk.ledger().refunded, desk.ledger().refundable, desk.ledger().settled) == (29900, 0, 3)
    assert [refund.purpose for refund in desk.application(number).refunds] == ["compensation", "return"]


def test_a_coupon_for_goods_that_were_inspected_leaves_them_so(desk: Desk) -> None:
    number = desk.inspected()
    gives(desk, number, kind="coupon")
    assert tells(desk, number).body["status"] == "inspected"


@pytest.mark.parametrize(
    ("changes", "status", "problem"),
    [
        ({"amount": yuan(0)}, 400, "invalid-request"),
        ({"amount": yuan(100, "USD")}, 422, "currency-mismatch"),
        ({"amount": yuan(40901)}, 422, "refund-too-high"),
        ({"kind": "flowers"}, 400, "invalid-request"),
        ({"message": " "}, 400, "invalid-request"),
    ],
    ids=["nothing", "dollars", "a fen more than was paid", "flowers", "no words"],
)
def test_what_cannot_be_given_is_refused(
    desk: Desk, complaint: str, changes: dict[str, Any], status: int, problem: str
) -> None:
    answer = gives(desk, complaint, **changes)
    assert (answer.status, answer.problem) == (status, problem)
    assert where(desk, complaint) == ("in_progress", "mei")


@pytest.mark.parametrize("place", ["filed", "awaiting_goods", "paid_back", "resolved"])
def test_it_is_given_where_somebody_is_at_work(desk: Desk, place: str) -> None:
    answer = gives(desk, getattr(desk, place)(), who=HUA)
    assert (answer.status, answer.problem) == (409, "step-not-possible")


def test_of_two_who_give_at_once_one_does(desk: Desk, complaint: str) -> None:
    with cloud.meanwhile("TransactWriteItems", lambda: gives(desk, complaint, who=HUA)):
        assert gives(desk, complaint).problem == "outdated"
    assert desk.steps(complaint).count("refund_ordered") == 1


def test_a_refund_that_failed_comes_back_to_who_gave_it(desk: Desk, complaint: str) -> None:
    gives(desk, complaint)
    desk.confirm(desk.refund_id(complaint), amount=yuan(1000), outcome="failed")
    assert where(desk, complaint) == ("in_progress", "mei")
    assert gives(desk, complaint).status == 200


@pytest.mark.parametrize("first", ["refund", "coupon", "points"])
def test_many_small_gifts_are_one_large_one(desk: Desk, first: str) -> None:
    """Mei has given six yuan in this case: five more are for a lead, four are not."""
    number = desk.in_progress()
    gives(desk, number, 600, kind=first)
    if first == "refund":
        desk.confirm(desk.refund_id(number), amount=yuan(600))
    else:
        tells(desk, number)
    again = desk.remember()
    assert gives(desk, number, 500, kind="coupon").body["application"]["status"] == "approval_wanted"
    again()
    assert gives(desk, number, 400, kind="coupon").body["application"]["status"] == "credit_ordered"


def test_what_failed_was_not_given(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, kind="coupon")
    tells(desk, complaint, "failed")
    assert gives(desk, complaint, kind="coupon").body["application"]["status"] == "credit_ordered"


def test_a_complaint_in_english_is_answered_in_english(desk: Desk) -> None:
    desk.hire("tom", languages=["en"], may_give={"CNY": 500})
    number = desk.filed(**COMPLAINT | {"language": "en", "description": "Five days late, and nobody answered."})
    policy_says(number, "accept")
    desk.assign(number)
    gives(desk, number, 500, who=TOM, message="Sorry for the wait: five yuan are on their way back to you.")
    desk.confirm(desk.refund_id(number), amount=yuan(500))
    said = call(customer(number), "GET", f"/applications/{number}").body
    assert said["status"] == "awaiting_confirmation"
    assert "five yuan" in str(said["timeline"])
