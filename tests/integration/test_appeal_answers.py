"""Who made a rejection does not decide on the appeal; what another person decides is final."""

from typing import Any

import pytest

from aftersales.identity.principal import Principal
from tests.integration import cloud
from tests.integration.decisions import WHY, appealed, policy_says
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import staff

YES = {"outcome": "accept", "message": "照片显示为运输前的裂纹，同意退款。"}
NO = {"outcome": "reject", "message": "裂纹有使用后的茶渍，维持原决定。"}
BO, LIN = staff("bo"), staff("lin", "lead")


def given_to_bo(desk: Desk, **changes: Any) -> str:
    """Bo, who speaks Chinese as Mei does, has the appeal."""
    number = appealed(desk, **changes)
    desk.hire("bo", languages=["zh-CN"])
    desk.assign(number, token="appeal")
    assert desk.application(number).assignee == "bo"
    return number


# --- Who decides


def test_who_rejected_it_is_not_chosen_even_when_nobody_else_is_there(desk: Desk) -> None:
    number = appealed(desk)
    desk.assign(number, token="appeal")
    assert desk.application(number).assignee is None
    assert desk.open_cases("mei") == 0


def test_another_person_is_chosen(desk: Desk) -> None:
    number = given_to_bo(desk)
    assert desk.application(number).status == "appealed"
    assert (desk.open_cases("bo"), desk.open_cases("mei")) == (1, 0)


def test_who_rejected_it_cannot_claim_the_appeal_and_a_colleague_can(desk: Desk) -> None:
    number = appealed(desk)
    answer = desk.staff(MEI, number, "claim")
    assert (answer.status, answer.problem) == (409, "another-person-decides")
    assert desk.staff(TOM, number, "claim").body["application"]["assignee"] == "tom"


def test_who_rejected_it_cannot_decide_the_appeal(desk: Desk) -> None:
    number = given_to_bo(desk)
    answer = desk.staff(MEI, number, "decision", YES)
    assert (answer.status, answer.problem) == (409, "another-person-decides")
    assert desk.staff(BO, number, "decision", YES).status == 200


@pytest.mark.parametrize("who", [HUA, staff("hua", "admin")], ids=["a lead", "an admin"])
def test_to_lead_makes_no_difference(desk: Desk, who: Principal) -> None:
    number = desk.in_progress()
    desk.staff(who, number, "decision", NO)
    desk.customer(number, "appeal", WHY)
    assert desk.staff(who, number, "decision", YES).problem == "another-person-decides"
    assert desk.staff(who, number, "decision", NO).problem == "another-person-decides"
    assert desk.staff(who, number, "claim").problem == "another-person-decides"
    assert desk.staff(LIN, number, "decision", YES).status == 200


def test_what_the_policy_rejected_anybody_may_decide(desk: Desk) -> None:
    number = desk.filed()
    policy_says(number, "reject", appeal_until=desk.clock.now())
    desk.customer(number, "appeal", WHY)
    desk.assign(number)
    assert desk.application(number).assignee == "mei"
    assert desk.staff(MEI, number, "decision", YES).status == 200


def test_a_colleague_who_does_not_have_it_may_not_decide_either(desk: Desk) -> None:
    assert desk.staff(TOM, given_to_bo(desk), "decision", YES).problem == "not-yours"


# --- What becomes of it


def test_accepted_on_appeal_it_is_paid_back(desk: Desk) -> None:
    number = given_to_bo(desk)
    desk.staff(BO, number, "decision", YES)
    desk.assign(number, token="accepted")
    assert (desk.application(number).status, desk.application(number).assignee) == ("in_progress", "bo")
    assert desk.staff(BO, number, "refund", {}).status == 200
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_confirmation"
    assert (desk.ledger().refunded, desk.ledger().available, desk.open_cases("bo")) == (9966, 2, 0)


def test_rejected_again_it_stays_so(desk: Desk) -> None:
    number = given_to_bo(desk)
    view = desk.staff(BO, number, "decision", NO).body["application"]
    assert (view["status"], view["rejected_by"]) == ("rejected", "bo")
    seen = desk.look(number).body
    assert (seen["actions"], "appeal_until" in seen) == ([], False)
    assert desk.customer(number, "appeal", WHY).problem == "step-not-possible"
    assert (desk.ledger().available, desk.open_cases("bo")) == (3, 0)


def test_accepted_on_appeal_and_rejected_later_it_cannot_be_appealed_again(desk: Desk) -> None:
    number = given_to_bo(desk)
    desk.staff(BO, number, "decision", YES)
    desk.assign(number, token="accepted")
    desk.staff(BO, number, "decision", NO)
    assert desk.look(number).body["actions"] == []
    assert desk.customer(number, "appeal", WHY).problem == "step-not-possible"


def test_the_answer_to_an_appeal_is_recorded_as_one(desk: Desk) -> None:
    number = given_to_bo(desk)
    assert "appeal" not in desk.timeline(number)[2].data
    desk.staff(BO, number, "decision", YES)
    event, decision = desk.timeline(number)[-1], desk.application(number).decision
    assert event.data == {"outcome": "accept", "appeal": True, "overrode": ["person"]}
    assert (event.actor.id, event.message) == ("bo", YES["message"])
    assert decision
    assert (decision.outcome, decision.decided_by, decision.overrode) == ("accept", "bo", ("person",))


def test_a_part_may_be_accepted_on_appeal(desk: Desk) -> None:
    cups = {"line_id": "cup", "quantity": 2, "reason": "defective"}
    number = given_to_bo(desk, lines=[cups, {"line_id": "teapot", "quantity": 1, "reason": "defective"}])
    desk.staff(BO, number, "decision", YES | {"outcome": "partly_accept", "accepted_lines": ["cup"]})
    assert (desk.ledger("cup").reserved, desk.ledger("teapot").reserved) == (2, 0)


def test_a_question_about_an_appeal_leads_back_to_it(desk: Desk) -> None:
    number = given_to_bo(desk)
    desk.staff(BO, number, "information-request", {"message": "请拍一张壶底的照片。"})
    assert desk.customer(number, "information", {"message": "已上传。"}).body["status"] == "appealed"
    assert desk.application(number).assignee == "bo"


def test_an_appeal_may_be_withdrawn(desk: Desk) -> None:
    number = given_to_bo(desk)
    assert desk.customer(number, "cancellation").body["status"] == "cancelled"
    assert (desk.ledger().available, desk.open_cases("bo")) == (3, 0)


def test_an_appeal_that_nobody_looks_at_is_overdue(desk: Desk) -> None:
    number = given_to_bo(desk)
    desk.later(days=2)
    assert desk.time_out(number)["status"] == "appealed"
    assert desk.steps(number)[-1] == "overdue"


def test_the_customer_is_told_of_each_turn(desk: Desk) -> None:
    number = given_to_bo(desk)
    desk.staff(BO, number, "decision", NO)
    for sequence, event in enumerate(desk.timeline(number), 1):
        if event.status_from != event.status_to:
            desk.notify(number, sequence)
    subjects = [mail.subject.partition("：")[2] for mail in cloud.mails()]
    assert subjects == ["已提交", "人工审核中", "未通过", "申诉处理中", "未通过"]
    assert "可以在 2026年3月23日" not in cloud.mails()[-1].body
    assert "这是您申诉后的最终结果。" in cloud.mails()[-1].body


# --- Goods that are here already


def inspected_and_rejected(desk: Desk) -> str:
    number = desk.inspected()
    desk.staff(MEI, number, "decision", NO)
    desk.customer(number, "appeal", WHY)
    desk.hire("bo", languages=["zh-CN"])
    desk.assign(number, token="appeal")
    return number


def test_goods_that_were_inspected_are_not_waited_for_again(desk: Desk) -> None:
    number = inspected_and_rejected(desk)
    desk.staff(BO, number, "decision", YES)
    desk.assign(number, token="accepted")
    assert desk.application(number).status == "inspected"
    assert desk.staff(BO, number, "refund", {}).status == 200
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_confirmation"


def test_a_question_that_is_not_answered_ends_the_appeal_though_a_parcel_was_told_once(desk: Desk) -> None:
    number = desk.awaiting_goods()
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF139"})
    desk.staff(MEI, number, "receipt", {})
    units = [{"line_id": "teapot", "quantity": 1, "condition": "used"}]
    desk.staff(MEI, number, "inspection", {"lines": units})
    desk.staff(MEI, number, "decision", NO)
    desk.customer(number, "appeal", WHY)
    desk.staff(HUA, number, "information-request", {"message": "请说明茶渍的来由。"})
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "expired"
    assert desk.ledger().available == 3
