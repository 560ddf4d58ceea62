"""The state machine waits for people and parcels; whoever comes second sees the other."""

from typing import Any

import pytest

from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import deliver, invoke


def waiting(number: str, status: str, *, assigned: bool = True, token: str = "t-1") -> dict[str, Any]:
    return {"number": number, "status": status, "assigned": assigned, "token": token}


@pytest.fixture
def number(desk: Desk) -> str:
    """A case that waits for its goods; all that happened before is told."""
    case = desk.awaiting_goods()
    desk.relay(case)
    desk.tokens.answers.clear()
    return case


def test_who_waits_before_it_happens_is_woken_with_where_it_stands(desk: Desk, number: str) -> None:
    desk.waits(number, "t-1")
    desk.staff(MEI, number, "receipt", {})
    desk.relay(number)
    assert desk.tokens.answers == [("t-1", {"number": number, "status": "received", "assigned": True})]


def test_who_waits_after_it_happened_is_answered_at_once(desk: Desk, number: str) -> None:
    late = waiting(number, "awaiting_goods")
    desk.staff(MEI, number, "receipt", {})
    invoke("waiting", late)
    assert desk.tokens.answers == [("t-1", {"number": number, "status": "received", "assigned": True})]


def test_what_happens_between_looking_and_waiting_is_not_missed(desk: Desk, number: str) -> None:

    def receive_and_relay() -> None:
        desk.staff(MEI, number, "receipt", {})
        desk.relay(number)

    with cloud.meanwhile("PutItem", receive_and_relay):
        desk.waits(number, "t-1")
    assert [token for token, _ in desk.tokens.answers] == ["t-1"]


def test_the_event_that_led_into_the_wait_does_not_end_it(desk: Desk) -> None:
    number = desk.awaiting_goods()
    desk.waits(number, "t-1")
    desk.relay(number)
    assert [token for token, _ in desk.tokens.answers if token == "t-1"] == []


def test_what_leaves_the_status_leaves_the_wait(desk: Desk, number: str) -> None:
    desk.waits(number, "t-1")
    desk.staff(MEI, number, "notes", {"message": "x"})
    desk.relay(number)
    assert desk.tokens.answers == []


def test_a_parcel_on_its_way_ends_the_wait_for_its_being_sent(desk: Desk, number: str) -> None:
    desk.waits(number, "t-1")
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF1"})
    desk.relay(number)
    assert desk.tokens.answers == [("t-1", {"number": number, "status": "in_transit", "assigned": True})]


def test_a_claim_ends_the_wait_for_somebody(desk: Desk) -> None:
    desk.hire("mei", languages=["en"])
    number = desk.accepted()
    desk.assign(number)
    desk.relay(number)
    assert desk.tokens.answers == []
    desk.staff(TOM, number, "claim")
    desk.relay(number)
    assert desk.tokens.answers == [
        (f"assign-{number}", {"number": number, "status": "awaiting_goods", "assigned": True})
    ]


def test_a_manual_review_that_gets_a_person_ends_the_wait_though_its_status_stays(desk: Desk) -> None:
    number = desk.filed(type="refund_only", lines=[{"line_id": "cup", "quantity": 1, "reason": "changed_mind"}])
    desk.review(number)
    desk.assign(number)
    desk.relay(number)
    assert desk.tokens.answers == [
        (f"assign-{number}", {"number": number, "status": "manual_review", "assigned": True})
    ]


def test_an_assignment_message_that_comes_twice_does_no_harm(desk: Desk) -> None:
    number = desk.accepted()
    message = waiting(number, "accepted", assigned=False, token="assign-1")
    deliver("assignment", message)
    desk.relay(number)
    desk.waits(number, "goods-1")
    assert deliver("assignment", message) == []
    desk.staff(MEI, number, "receipt", {})
    desk.relay(number)
    assert [token for token, _ in desk.tokens.answers] == ["assign-1", "goods-1"]


def test_a_spent_token_is_no_error(desk: Desk, number: str) -> None:
    desk.waits(number, "t-1")
    desk.tokens.spent.add("t-1")
    desk.staff(MEI, number, "receipt", {})
    desk.relay(number)
    assert desk.tokens.answers == []


@pytest.mark.parametrize("code", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_whatever_step_functions_calls_a_spent_token(desk: Desk, number: str, code: str) -> None:
    late = waiting(number, "accepted")
    with cloud.answering("SendTaskSuccess", {"Error": {"Code": code, "Message": ""}}, "stepfunctions"):
        assert invoke("waiting", late) is None


def test_an_error_that_may_pass_is_tried_again_by_who_called(desk: Desk, number: str) -> None:
    with (
        cloud.answering("SendTaskSuccess", {"Error": {"Code": "AccessDenied", "Message": ""}}, "stepfunctions"),
        pytest.raises(Exception, match="AccessDenied"),
    ):
        invoke("waiting", waiting(number, "accepted"))


def test_of_two_waits_the_later_one_is_woken(desk: Desk, number: str) -> None:
    desk.waits(number, "t-old")
    desk.waits(number, "t-new")
    desk.staff(MEI, number, "receipt", {})
    desk.relay(number)
    assert [token for token, _ in desk.tokens.answers] == ["t-new"]


def test_events_that_come_late_wake_with_where_it_stands_now(desk: Desk, number: str) -> None:
    desk.waits(number, "t-1")
    desk.staff(MEI, number, "receipt", {})
    desk.staff(HUA, number, "inspection", {"lines": [{"line_id": "teapot", "quantity": 1, "condition": "used"}]})
    desk.relay(number)
    assert desk.tokens.answers == [("t-1", {"number": number, "status": "inspected", "assigned": True})]


def test_an_event_told_twice_wakes_once(desk: Desk, number: str) -> None:
    desk.waits(number, "t-1")
    desk.staff(MEI, number, "receipt", {})
    told = desk.stream(desk.timeline(number)[-1])
    invoke("publisher", told)
    invoke("publisher", told)
    assert len(desk.tokens.answers) == 1


def test_the_wait_keeps_its_token_in_the_partition_of_its_application(desk: Desk, number: str) -> None:
    desk.waits(number, "t-1")
    [row] = [row for row in cloud.rows(Setting.APPLICATIONS_TABLE) if row["item"]["S"] == "wait"]
    assert (row["number"]["S"], row["token"]["S"]) == (number, "t-1")
