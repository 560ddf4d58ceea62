"""Work finds a person who can do it and has room; what nobody can take waits in the backlog."""

import pytest

from tests.integration import cloud
from tests.integration.decisions import policy_says
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import staff


def test_a_chinese_case_goes_to_who_speaks_chinese(desk: Desk) -> None:
    number = desk.accepted()
    assert desk.assign(number) == []
    assert desk.application(number).assignee == "mei"


def test_an_english_case_goes_to_who_speaks_english(desk: Desk) -> None:
    number = desk.accepted(language="en")
    desk.assign(number)
    assert desk.application(number).assignee == "tom"


def test_a_case_goes_to_who_has_the_skill(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], skills=["complaint"])
    desk.hire("bo", languages=["zh-CN"], skills=["return_refund"])
    number = desk.accepted()
    desk.assign(number)
    assert desk.application(number).assignee == "bo"


@pytest.mark.parametrize(
    ("type_", "status"),
    [
        *((type_, "awaiting_goods") for type_ in ("return_refund", "exchange", "repair")),
        *((type_, "in_progress") for type_ in ("refund_only", "resend", "complaint", "consultation")),
    ],
)
def test_what_comes_back_is_waited_for_and_the_rest_is_worked_on(desk: Desk, type_: str, status: str) -> None:
    number = desk.accepted(type=type_)
    desk.assign(number)
    assert desk.application(number).status == status


def test_a_manual_review_gets_a_person_and_stays_one(desk: Desk) -> None:
    number = desk.filed(type="refund_only", lines=[{"line_id": "cup", "quantity": 1, "reason": "changed_mind"}])
    desk.review(number)
    desk.assign(number)
    now = desk.application(number)
    assert (now.status, now.assignee) == ("manual_review", "mei")


def test_who_has_no_room_gets_no_more(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], capacity=1)
    first, second = desk.accepted(), desk.accepted()
    desk.assign(first)
    desk.assign(second)
    assert desk.application(second).assignee is None
    assert desk.open_cases() == 1


def test_room_comes_back_when_a_case_ends(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], capacity=1)
    first, second = desk.awaiting_goods(), desk.accepted()
    desk.customer(first, "cancellation")
    desk.assign(second)
    assert desk.application(second).assignee == "mei"


def test_what_somebody_has_goes_on_with_them(desk: Desk) -> None:
    """A person accepted it, and goods come back first."""
    number = desk.filed(lines=[{"line_id": "cup", "quantity": 1, "reason": "changed_mind"}])
    policy_says(number, "manual_review")
    desk.assign(number)
    desk.staff(MEI, number, "decision", {"outcome": "accept", "message": "同意。"})
    desk.assign(number, token="accepted")
    assert (desk.application(number).status, desk.application(number).assignee) == ("awaiting_goods", "mei")
    assert desk.open_cases() == 1


def test_when_nobody_is_there_it_waits_in_the_backlog_and_the_message_is_done(desk: Desk) -> None:
    desk.is_now(MEI, "away")
    number = desk.accepted()
    assert desk.assign(number) == []
    assert desk.steps(number) == ["filed", "accepted"]
    assert desk.work(HUA, backlog=True) == [number]


def test_it_is_tried_again_when_somebody_is_there(desk: Desk) -> None:
    desk.hire("mei", languages=["en"])
    number = desk.accepted()
    desk.assign(number)
    desk.hire("bo", languages=["zh-CN", "en"])
    desk.assign(number, token="again")
    assert desk.application(number).assignee == "bo"


def test_the_same_message_twice_assigns_once(desk: Desk) -> None:
    number = desk.accepted()
    desk.assign(number)
    desk.assign(number)
    assert desk.steps(number).count("assigned") == 1
    assert desk.open_cases() == 1


def test_who_fills_up_meanwhile_is_not_overloaded(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], capacity=1)
    first, second = desk.accepted(), desk.accepted()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.assign(second)):
        desk.assign(first)
    assert desk.application(first).assignee is None
    assert desk.open_cases() == 1


def test_a_person_takes_a_case_from_the_backlog(desk: Desk) -> None:
    number = desk.accepted()
    answer = desk.staff(TOM, number, "claim")
    assert answer.status == 200
    assert (desk.application(number).assignee, desk.open_cases("tom")) == ("tom", 1)
    assert desk.timeline(number)[-1].actor.id == "tom"


def test_to_have_it_already_is_fine(desk: Desk) -> None:
    number = desk.awaiting_goods()
    assert desk.staff(MEI, number, "claim").status == 200
    assert desk.open_cases() == 1


def test_what_another_has_cannot_be_claimed(desk: Desk) -> None:
    answer = desk.staff(TOM, desk.awaiting_goods(), "claim")
    assert (answer.status, answer.problem) == (409, "not-yours")


def test_of_two_who_claim_at_once_one_gets_it(desk: Desk) -> None:
    number = desk.accepted()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.staff(MEI, number, "claim")):
        answer = desk.staff(TOM, number, "claim")
    assert answer.status == 409
    assert desk.application(number).assignee == "mei"
    assert (desk.open_cases("mei"), desk.open_cases("tom")) == (1, 0)


def test_who_is_full_cannot_claim(desk: Desk) -> None:
    desk.hire("tom", languages=["en"], capacity=0)
    answer = desk.staff(TOM, desk.accepted(), "claim")
    assert (answer.status, answer.problem) == (409, "no-capacity")


def test_who_is_not_on_the_roster_cannot_claim(desk: Desk) -> None:
    assert desk.staff(staff("stranger"), desk.accepted(), "claim").status == 409


def test_what_is_not_decided_yet_cannot_be_claimed(desk: Desk) -> None:
    answer = desk.staff(TOM, desk.filed(), "claim")
    assert (answer.status, answer.problem) == (409, "step-not-possible")


def test_the_same_key_for_two_cases_claims_both(desk: Desk) -> None:
    first, second = desk.accepted(), desk.accepted()
    assert desk.staff(TOM, first, "claim", key="k-1").body["application"]["assignee"] == "tom"
    assert desk.staff(TOM, second, "claim", key="k-1").body["application"]["assignee"] == "tom"


def test_a_case_whose_person_has_left_the_company_can_still_end(desk: Desk) -> None:
    number = desk.awaiting_goods()
    desk.leaves("mei")
    assert desk.customer(number, "cancellation").status == 200
    assert desk.ledger().available == 3
