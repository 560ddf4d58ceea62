"""What customers do to their own application."""

from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.desk import MEI, Desk

PARCEL = {"carrier": "顺丰速运", "tracking_number": "SF1234567890"}


def test_cancelling_frees_the_units_and_the_person(desk: Desk) -> None:
    number = desk.awaiting_goods(lines=[{"line_id": "teapot", "quantity": 2, "reason": "defective"}])
    assert desk.customer(number, "cancellation").body["status"] == "cancelled"
    assert (desk.ledger().available, desk.ledger().reserved) == (3, 0)
    assert desk.open_cases() == 0


@pytest.mark.parametrize("key", ["k-1", None])
def test_cancelling_twice_frees_them_once(desk: Desk, key: str | None) -> None:
    number = desk.awaiting_goods()
    desk.filed()
    desk.customer(number, "cancellation", key=key)
    again = desk.customer(number, "cancellation", key=key)
    assert again.status == (200 if key else 409)
    assert (desk.ledger().available, desk.ledger().reserved) == (2, 1)
    assert desk.steps(number).count("cancelled") == 1


def test_cancelling_twice_at_once_frees_them_once(desk: Desk) -> None:
    number = desk.awaiting_goods()
    desk.filed()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.customer(number, "cancellation")):
        assert desk.customer(number, "cancellation").status == 409
    assert (desk.ledger().available, desk.open_cases()) == (2, 0)


def test_a_complaint_that_is_withdrawn_claimed_nothing(desk: Desk) -> None:
    number = desk.in_progress(type="complaint", lines=[{"line_id": "teapot", "quantity": 2, "reason": "late"}])
    desk.customer(number, "cancellation")
    assert desk.ledger().available == 3


def test_what_was_cancelled_can_be_filed_again(desk: Desk) -> None:
    whole = [{"line_id": "teapot", "quantity": 3, "reason": "defective"}]
    desk.customer(desk.filed(lines=whole), "cancellation")
    assert desk.file(lines=whole).status == 202


@pytest.mark.parametrize("where", ["inspected", "resolved"])
def test_it_is_too_late_to_cancel_what_was_inspected_or_paid(desk: Desk, where: str) -> None:
    number = getattr(desk, where)()
    answer = desk.customer(number, "cancellation")
    assert (answer.status, answer.problem) == (409, "step-not-possible")


def test_a_refund_that_was_ordered_cannot_be_cancelled(desk: Desk) -> None:
    number, _ = desk.refund_ordered()
    assert desk.customer(number, "cancellation").problem == "step-not-possible"


def test_information_goes_to_who_asked(desk: Desk) -> None:
    number = desk.wanted_information()
    view = desk.customer(number, "information", {"message": "照片已发。"}).body
    assert view["status"] == "in_progress"
    assert view["timeline"][-1]["message"] == "照片已发。"
    assert desk.application(number).due_at is not None


def test_information_that_nobody_asked_for_is_refused(desk: Desk) -> None:
    assert desk.customer(desk.in_progress(), "information", {"message": "你好？"}).problem == "step-not-possible"


def test_the_parcel_that_is_told_is_on_its_way(desk: Desk) -> None:
    number = desk.awaiting_goods()
    view = desk.customer(number, "parcel", PARCEL).body
    assert (view["status"], view["parcel"]) == ("in_transit", PARCEL)
    assert view["due_at"] == "2026-03-23T02:30:00.000Z"
    parcel = desk.application(number).parcel
    assert parcel
    assert parcel.document() == PARCEL


def test_the_same_parcel_told_again_changes_nothing(desk: Desk) -> None:
    number = desk.awaiting_goods()
    desk.customer(number, "parcel", PARCEL)
    desk.customer(number, "parcel", PARCEL | {"tracking_number": "SF 1234 567890"})
    assert desk.steps(number).count("goods_sent") == 1


def test_a_tracking_number_can_be_put_right(desk: Desk) -> None:
    number = desk.awaiting_goods()
    desk.customer(number, "parcel", PARCEL)
    desk.customer(number, "parcel", PARCEL | {"tracking_number": "SF0987654321"})
    parcel = desk.application(number).parcel
    assert parcel
    assert parcel.tracking_number == "SF0987654321"


def test_goods_that_stay_are_not_sent(desk: Desk) -> None:
    assert desk.customer(desk.in_progress(), "parcel", PARCEL).problem == "step-not-possible"


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("information", {}),
        ("information", {"message": ""}),
        ("information", {"message": "好" * 4001}),
        ("parcel", {"carrier": "顺丰"}),
        ("parcel", PARCEL | {"carrier": "顺" * 201}),
        ("information", {"message": "好", "why": "改主意了"}),
        ("photos", {"photos": []}),
        ("photos", {"photos": [{"media_type": "text/html", "size": 9}]}),
    ],
)
def test_a_body_that_does_not_fit_is_refused_and_its_words_are_not_repeated(
    desk: Desk, action: str, body: dict[str, Any]
) -> None:
    answer = desk.customer(desk.awaiting_goods(), action, body)
    assert (answer.status, answer.problem) == (400, "invalid-request")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert all(set(error) == {"field", "message"} for error in answer.body["errors"])
    assert "改主意了" not in str(answer.body)


def test_a_step_with_the_same_key_is_taken_once(desk: Desk) -> None:
    number = desk.wanted_information()
    first = desk.customer(number, "information", {"message": "照片已发。"}, key="k-1")
    desk.staff(MEI, number, "information-request", {"message": "还需要发票。"})
    again = desk.customer(number, "information", {"message": "照片已发。"}, key="k-1")
    assert (first.status, again.status) == (200, 200)
    assert desk.application(number).status == "information_wanted"


def test_the_same_key_with_other_words_is_refused(desk: Desk) -> None:
    number = desk.wanted_information()
    desk.customer(number, "information", {"message": "照片已发。"}, key="k-1")
    assert (
        desk.customer(number, "information", {"message": "发票已发。"}, key="k-1").problem == "idempotency-key-reused"
    )
