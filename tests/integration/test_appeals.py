"""A rejection may be appealed, once and in time: then the case is open again and has its units."""

import pytest

from tests.integration import cloud
from tests.integration.decisions import WHY, appealed, policy_says, rejected
from tests.integration.desk import HUA, Desk

JPEG = {"photos": [{"media_type": "image/jpeg", "size": 1_843_200}]}


def test_an_appeal_opens_the_case_and_claims_its_units_again(desk: Desk) -> None:
    number = rejected(desk)
    assert (desk.ledger().available, desk.ledger().reserved) == (3, 0)
    view = desk.customer(number, "appeal", WHY).body
    assert (view["status"], view["status_name"]) == ("appealed", "申诉处理中")
    assert view["timeline"][-1]["message"] == WHY["message"]
    assert (desk.ledger().available, desk.ledger().reserved) == (2, 1)
    assert desk.work(HUA, backlog=True) == [number]
    assert view["due_at"] == "2026-03-11T02:30:00.000Z"


def test_the_customer_sees_until_when_they_may_appeal(desk: Desk) -> None:
    number = rejected(desk)
    view = desk.look(number).body
    assert (view["appeal_until"], view["actions"]) == ("2026-03-23T02:30:00.000Z", ["appeal"])
    after = desk.customer(number, "appeal", WHY).body
    assert "appeal_until" not in after
    assert after["actions"] == ["cancel", "add_photos"]


def test_the_last_second_is_in_time(desk: Desk) -> None:
    number = rejected(desk)
    desk.later(days=14)
    assert desk.look(number).body["actions"] == ["appeal"]
    assert desk.customer(number, "appeal", WHY).body["status"] == "appealed"


def test_one_second_later_is_too_late(desk: Desk) -> None:
    number = rejected(desk)
    desk.later(days=14, seconds=1)
    view = desk.look(number).body
    assert (view["actions"], "appeal_until" in view) == ([], False)
    answer = desk.customer(number, "appeal", WHY)
    assert (answer.status, answer.problem) == (409, "appeal-too-late")
    assert desk.application(number).status == "rejected"
    assert desk.ledger().available == 3


def test_the_policy_says_how_long_its_own_rejections_may_be_appealed(desk: Desk) -> None:
    number = desk.filed()
    policy_says(number, "reject", appeal_until=desk.clock.now())
    assert desk.application(number).rejected_by is None
    desk.later(seconds=1)
    assert desk.customer(number, "appeal", WHY).problem == "appeal-too-late"


def test_what_cannot_be_appealed_at_all_is_said_so(desk: Desk) -> None:
    number = desk.filed()
    policy_says(number, "reject")
    assert desk.customer(number, "appeal", WHY).problem == "step-not-possible"


@pytest.mark.parametrize("where", ["filed", "in_progress", "resolved"])
def test_only_a_rejection_is_appealed(desk: Desk, where: str) -> None:
    answer = desk.customer(getattr(desk, where)(), "appeal", WHY)
    assert (answer.status, answer.problem) == (409, "step-not-possible")


@pytest.mark.parametrize("key", ["k-1", None])
def test_appealing_twice_claims_the_units_once(desk: Desk, key: str | None) -> None:
    number = rejected(desk)
    desk.customer(number, "appeal", WHY, key=key)
    again = desk.customer(number, "appeal", WHY, key=key)
    assert again.status == (200 if key else 409)
    assert desk.steps(number).count("appealed") == 1
    assert desk.ledger().reserved == 1


def test_appealing_twice_at_once_claims_the_units_once(desk: Desk) -> None:
    number = rejected(desk)
    with cloud.meanwhile("TransactWriteItems", lambda: desk.customer(number, "appeal", WHY)):
        assert desk.customer(number, "appeal", WHY).problem == "step-not-possible"
    assert desk.ledger().reserved == 1


def test_units_that_another_application_has_now_are_not_claimed_twice(desk: Desk) -> None:
    number = rejected(desk)
    desk.filed(lines=[{"line_id": "teapot", "quantity": 3, "reason": "defective"}])
    answer = desk.customer(number, "appeal", WHY)
    assert (answer.status, answer.problem) == (409, "quantity-not-available")
    assert desk.application(number).status == "rejected"
    assert desk.application(number).appealed_at is None


def test_once_they_are_free_again_the_appeal_is_taken(desk: Desk) -> None:
    number = rejected(desk)
    other = desk.filed(lines=[{"line_id": "teapot", "quantity": 3, "reason": "defective"}])
    desk.customer(number, "appeal", WHY)
    desk.customer(other, "cancellation")
    assert desk.customer(number, "appeal", WHY).body["status"] == "appealed"


def test_units_that_are_filed_for_at_the_same_moment_are_claimed_once(desk: Desk) -> None:
    number = rejected(desk)
    all_three = [{"line_id": "teapot", "quantity": 3, "reason": "defective"}]
    with cloud.meanwhile("TransactWriteItems", lambda: desk.filed(lines=all_three)):
        assert desk.customer(number, "appeal", WHY).problem == "quantity-not-available"
    assert desk.ledger().reserved == 3


def test_a_complaint_that_was_rejected_is_appealed_without_units(desk: Desk) -> None:
    number = appealed(desk, type="complaint", lines=[{"line_id": "teapot", "quantity": 2, "reason": "late"}])
    assert desk.ledger().available == 3
    desk.customer(number, "cancellation")
    assert desk.ledger().available == 3


def test_photos_can_follow_an_appeal(desk: Desk) -> None:
    number = rejected(desk)
    assert desk.customer(number, "photos", JPEG).problem == "step-not-possible"
    desk.customer(number, "appeal", WHY)
    [upload] = desk.customer(number, "photos", JPEG).body["uploads"]
    desk.photo_arrives(number, upload["photo_id"], "image/jpeg")
    assert desk.look(number).body["photos"] == 1
    assert desk.application(number).status == "appealed"
