"""What staff do to a case, and who of them may."""

from datetime import timedelta
from typing import Any

import pytest

from aftersales.applications.model import Decision
from aftersales.identity.principal import Principal
from tests.integration import cloud
from tests.integration.decisions import TEAPOT_AND_CUPS, TEAPOT_ONLY, policy_says, under_review
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import staff

WORDS = {"message": "请拍一张壶嘴的照片。"}
ADMIN = staff("lin", "admin")
CUP_KEPT = {"type": "refund_only", "lines": [{"line_id": "cup", "quantity": 1, "reason": "changed_mind"}]}
DAMAGED = {"line_id": "teapot", "quantity": 1, "condition": "damaged"}

STEPS: list[tuple[str, str, dict[str, Any]]] = [
    ("in_progress", "information-request", WORDS),
    ("manual_review", "decision", {"outcome": "accept", "message": "同意。"}),
    ("manual_review", "decision", {"outcome": "reject", "message": "壶身有使用痕迹。"}),
    ("awaiting_goods", "receipt", {}),
    ("received", "inspection", {"lines": [DAMAGED]}),
    ("inspected", "refund", {}),
    ("complaint", "completion", {"message": "感谢您的反馈。"}),
]


def standing(desk: Desk, where: str) -> str:
    """A case of Mei's that stands there."""
    if where == "manual_review":
        number = desk.filed(**CUP_KEPT)
        desk.review(number)
        desk.assign(number)
        return number
    if where == "received":
        number = desk.awaiting_goods()
        desk.staff(MEI, number, "receipt", {})
        return number
    if where == "complaint":
        return desk.in_progress(type="complaint", lines=[])
    made: str = getattr(desk, where)()
    return made


@pytest.mark.parametrize(("where", "action", "body"), STEPS)
@pytest.mark.parametrize("who", [MEI, HUA, ADMIN], ids=["who works on it", "a lead", "an admin"])
def test_who_works_on_a_case_or_leads_may_move_it(
    desk: Desk, who: Principal, where: str, action: str, body: dict[str, Any]
) -> None:
    number = standing(desk, where)
    assert desk.staff(who, number, action, body).status == 200
    assert desk.timeline(number)[-1].actor.id == who.id


@pytest.mark.parametrize(("where", "action", "body"), STEPS)
def test_a_colleague_may_not(desk: Desk, where: str, action: str, body: dict[str, Any]) -> None:
    number = standing(desk, where)
    before = desk.application(number)
    answer = desk.staff(TOM, number, action, body)
    assert (answer.status, answer.problem) == (409, "not-yours")
    assert desk.application(number) == before


@pytest.mark.parametrize(("where", "action", "body"), STEPS)
def test_sent_twice_under_one_key_a_step_happens_once(
    desk: Desk, where: str, action: str, body: dict[str, Any]
) -> None:
    number = standing(desk, where)
    first = desk.staff(MEI, number, action, body, key="k-1")
    again = desk.staff(MEI, number, action, body, key="k-1")
    assert (first.status, again.status) == (200, 200)
    assert again.body["timeline"] == first.body["timeline"]


@pytest.mark.parametrize(("where", "action", "body"), STEPS)
def test_without_a_key_the_lifecycle_refuses_the_second_time(
    desk: Desk, where: str, action: str, body: dict[str, Any]
) -> None:
    number = standing(desk, where)
    desk.staff(MEI, number, action, body)
    again = desk.staff(MEI, number, action, body)
    assert (again.status, again.problem) == (409, "step-not-possible")


def test_who_was_slower_is_told_to_look_again(desk: Desk) -> None:
    number = desk.awaiting_goods()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.customer(number, "cancellation")):
        answer = desk.staff(MEI, number, "receipt", {})
    assert (answer.status, answer.problem) == (409, "outdated")
    assert desk.application(number).status == "cancelled"


def test_anybody_may_leave_a_note_whatever_the_status(desk: Desk) -> None:
    number = desk.resolved()
    assert desk.staff(TOM, number, "notes", {"message": "客户来电致谢。"}).status == 200
    assert desk.timeline(number)[-1].message == "客户来电致谢。"


def test_a_question_goes_to_the_customer_and_the_answer_back_to_where_it_came_from(desk: Desk) -> None:
    for where, back in (("in_progress", "in_progress"), ("manual_review", "manual_review")):
        number = standing(desk, where)
        desk.staff(MEI, number, "information-request", WORDS)
        assert desk.application(number).status == "information_wanted"
        answer = desk.customer(number, "information", {"message": "照片已发。"})
        assert answer.body["status"] == back
        assert desk.application(number).assignee == "mei"


BOTH = {"lines": TEAPOT_AND_CUPS, "type": "refund_only"}
REJECT = {"outcome": "reject", "message": "壶身有使用痕迹。"}


def decided_by(desk: Desk, who: Principal, number: str, decision: dict[str, Any]) -> Decision:
    assert desk.staff(who, number, "decision", decision).status == 200
    made = desk.application(number).decision
    assert made
    return made


def test_a_decision_by_a_person_says_who_and_why_and_under_which_policy(desk: Desk) -> None:
    number = standing(desk, "manual_review")
    saw = desk.application(number).decision
    made = decided_by(desk, MEI, number, {"outcome": "accept", "message": "老顾客，同意。"})
    assert saw
    assert (made.outcome, made.decided_by, made.policy) == ("accept", "mei", saw.policy)
    assert [reason.text for reason in made.reasons] == [{"zh-CN": "老顾客，同意。"}]


@pytest.mark.parametrize(
    ("decision", "overrode", "reasons"),
    [
        ({"outcome": "accept", "message": "两样都同意。"}, ("cup_rule",), (("teapot_rule",), ("person",))),
        (REJECT, ("teapot_rule",), (("person",), ("cup_rule",))),
        (REJECT | {"outcome": "partly_accept", "accepted_lines": ["teapot"]}, (), (("teapot_rule",), ("cup_rule",))),
        (
            REJECT | {"outcome": "partly_accept", "accepted_lines": ["cup"]},
            ("teapot_rule", "cup_rule"),
            (("person",), ("person",)),
        ),
    ],
    ids=["accepts what the rules refused", "refuses what they accepted", "as the rules", "against both"],
)
def test_a_decision_by_a_person_says_which_rules_it_went_against(
    desk: Desk, decision: dict[str, Any], overrode: tuple[str, ...], reasons: tuple[tuple[str, ...], ...]
) -> None:
    number = desk.filed(**BOTH)
    policy_says(number, "manual_review", *TEAPOT_ONLY)
    desk.assign(number)
    made = decided_by(desk, MEI, number, decision)
    assert made.overrode == overrode
    assert tuple(line.reasons for line in made.lines) == reasons
    assert desk.timeline(number)[-1].data == {"outcome": decision["outcome"], "overrode": list(overrode)}


def test_what_was_refused_before_is_not_decided_again(desk: Desk) -> None:
    number = desk.filed(**BOTH)
    policy_says(number, "partly_accept", *TEAPOT_ONLY)
    desk.assign(number)
    made = decided_by(desk, MEI, number, REJECT)
    assert [(line.line_id, line.outcome) for line in made.lines] == [("teapot", "reject"), ("cup", "reject")]
    assert made.overrode == ("teapot_rule",)


def test_a_decision_that_the_policy_left_to_a_person_goes_against_no_rule(desk: Desk) -> None:
    number = under_review(desk)
    assert decided_by(desk, MEI, number, REJECT).overrode == ()


def test_a_complaint_about_no_line_is_decided_too(desk: Desk) -> None:
    number = under_review(desk, type="complaint", lines=[])
    made = decided_by(desk, MEI, number, REJECT)
    assert [(line.line_id, line.outcome) for line in made.lines] == [("", "reject")]


def test_a_rejection_by_a_person_may_be_appealed_for_fourteen_days(desk: Desk) -> None:
    made = decided_by(desk, MEI, under_review(desk), REJECT)
    assert made.appeal_until == desk.clock.now() + timedelta(days=14)
    assert decided_by(desk, MEI, under_review(desk), {"outcome": "accept", "message": "同意。"}).appeal_until is None


def test_what_a_person_accepted_stays_with_them(desk: Desk) -> None:
    number = standing(desk, "manual_review")
    desk.staff(MEI, number, "decision", {"outcome": "accept", "message": "同意。"})
    desk.assign(number)
    assert (desk.application(number).status, desk.application(number).assignee) == ("in_progress", "mei")
    assert desk.open_cases() == 1


def test_a_rejection_frees_the_unit_and_the_person_and_gives_the_reason(desk: Desk) -> None:
    number = standing(desk, "manual_review")
    desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "壶身有使用痕迹。"})
    assert desk.ledger("cup").available == 6
    assert desk.open_cases() == 0
    assert desk.look(number).body["reasons"] == ["壶身有使用痕迹。"]


def test_what_is_being_worked_on_can_be_rejected_but_not_accepted_again(desk: Desk) -> None:
    number = desk.in_progress()
    accept = desk.staff(MEI, number, "decision", {"outcome": "accept", "message": "同意。"})
    assert accept.problem == "step-not-possible"
    reject = desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "经查为人为损坏。"})
    assert reject.body["application"]["status"] == "rejected"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [DAMAGED | {"quantity": 2}],
        [DAMAGED, DAMAGED],
        [DAMAGED | {"line_id": "cup"}],
        [DAMAGED, DAMAGED | {"line_id": "cup"}],
    ],
    ids=["nothing", "too many", "one twice", "another line", "one more line"],
)
def test_an_inspection_accounts_for_exactly_what_was_applied_for(desk: Desk, lines: list[dict[str, Any]]) -> None:
    number = standing(desk, "received")
    answer = desk.staff(MEI, number, "inspection", {"lines": lines})
    assert (answer.status, answer.problem) == (400, "invalid-request")


def test_units_of_one_line_may_come_back_in_different_conditions(desk: Desk) -> None:
    number = desk.awaiting_goods(lines=[{"line_id": "teapot", "quantity": 2, "reason": "defective"}])
    desk.staff(MEI, number, "receipt", {})
    lines = [DAMAGED, DAMAGED | {"condition": "as_described"}]
    assert desk.staff(MEI, number, "inspection", {"lines": lines}).status == 200
    assert [line.condition for line in desk.application(number).inspection] == ["damaged", "as_described"]


def test_what_ends_with_money_cannot_be_completed_without(desk: Desk) -> None:
    answer = desk.staff(MEI, desk.in_progress(), "completion", {"message": "已处理。"})
    assert answer.problem == "step-not-possible"


def test_an_answer_ends_what_asks_for_one_and_who_gave_it_is_free(desk: Desk) -> None:
    number = standing(desk, "complaint")
    desk.staff(MEI, number, "completion", {"message": "已与物流核实，感谢反馈。"})
    assert (desk.application(number).status, desk.open_cases()) == ("awaiting_confirmation", 0)


@pytest.mark.parametrize("number", ["0000-0000-0000-0000", "7K3M-9QXT-2VWH-5NRR", "not-a-number", "工单"])
@pytest.mark.parametrize("action", ["claim", "notes", "receipt"])
def test_a_case_that_is_not_there_is_not_found(desk: Desk, number: str, action: str) -> None:
    answer = desk.staff(MEI, number, action, WORDS if action == "notes" else {})
    assert (answer.status, answer.problem) == (404, "not-found")
