"""Somebody leaves: nothing that was theirs is lost, whatever happens in the same moment."""

from typing import Any

from aftersales.aws import client
from aftersales.items import item
from aftersales.settings import Setting
from aftersales.staff.pull import pull
from aftersales.webhooks.tell import leave_to_a_person
from tests.integration import cloud
from tests.integration.clock_works import hears, sweep
from tests.integration.decisions import under_review
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import call, invoke
from tests.integration.places import set_aside

BACK: dict[str, Any] = {
    "name": "陈梅",
    "email": "mei@desk.example",
    "skills": {"refund_only": 1, "complaint": 1},
    "languages": ["zh-CN"],
    "capacity": 2,
}


def leaves(member_id: str) -> None:
    assert call(HUA, "DELETE", f"/staff/members/{member_id}").status == 200


def test_the_cases_of_who_leaves_go_to_others_or_to_the_backlog(desk: Desk) -> None:
    first, second = under_review(desk), desk.wanted_information()
    desk.hire("bo", languages=["zh-CN"], capacity=1)
    answer = call(HUA, "DELETE", "/staff/members/mei")
    assert (answer.status, sorted(answer.body["cases"])) == (200, sorted([first, second]))
    assert desk.application(first).assignee == "bo"
    assert (desk.application(second).assignee, desk.application(second).status) == (None, "information_wanted")
    assert [desk.steps(number).count("taken_back") for number in (first, second)] == [1, 1]
    assert [each["member_id"] for each in call(MEI, "GET", "/staff/members").body["members"]] == ["bo", "tom"]


def test_what_waited_for_the_customer_finds_somebody_when_they_answer(desk: Desk) -> None:
    number = desk.wanted_information()
    call(HUA, "DELETE", "/staff/members/mei")
    desk.hire("bo", languages=["zh-CN"])
    desk.customer(number, "information", {"message": "照片已发。"})
    assert pull("desk") == 1
    assert desk.application(number).assignee == "bo"


def test_calls_and_tasks_of_who_leaves_are_not_lost(desk: Desk) -> None:
    resolved, number = desk.resolved(), desk.in_progress()
    invoke("followup", {"number": resolved, "due": True})
    task = {"department": "quality", "member_id": "mei", "message": "请复检。", "due_at": "2026-03-10T09:00:00Z"}
    desk.staff(MEI, number, "tasks", task)
    call(HUA, "DELETE", "/staff/members/mei")
    assert desk.work(HUA, owner="mei") == []
    assert sorted(desk.work(HUA, backlog=True)) == sorted([resolved, number])
    assert desk.work(HUA, department="quality") == [number]
    assert "member_id" not in desk.case(number)["tasks"][0]


def test_a_call_that_falls_due_after_they_have_left_is_for_anybody(desk: Desk) -> None:
    resolved = desk.resolved()
    call(HUA, "DELETE", "/staff/members/mei")
    invoke("followup", {"number": resolved, "due": True})
    assert (desk.work(HUA, owner="mei"), desk.work(HUA, backlog=True)) == ([], [resolved])


def test_who_is_removed_while_they_are_chosen_gets_nothing(desk: Desk) -> None:
    number = desk.accepted()
    with cloud.meanwhile("TransactWriteItems", lambda: call(HUA, "DELETE", "/staff/members/mei")):
        desk.assign(number)
    assert desk.application(number).assignee is None


def test_removed_again_it_takes_back_what_was_left(desk: Desk) -> None:
    """The first time was killed after the roster had changed."""
    number = under_review(desk)
    desk.leaves("mei")
    assert call(HUA, "DELETE", "/staff/members/mei").body["cases"] == [number]
    assert desk.application(number).assignee is None


def test_nothing_is_known_any_more_of_who_has_left(desk: Desk) -> None:
    leaves("mei")
    assert "mei" not in [each["member_id"] for each in call(HUA, "GET", "/staff/members").body["members"]]
    assert call(HUA, "GET", "/staff/members/mei").status == 404
    assert call(MEI, "PUT", "/staff/presence", {"presence": "available"}).status == 404
    [left] = [row for row in cloud.rows(Setting.STAFF_TABLE) if row["member_id"]["S"] == "mei"]
    assert left.keys() == {"roster", "member_id", "open", "left_at"}


def test_what_was_not_taken_back_counts_when_they_come_again(desk: Desk) -> None:
    """Whoever removed them was killed after the roster had changed."""
    numbers = [under_review(desk), under_review(desk)]
    desk.leaves("mei")
    assert call(HUA, "PUT", "/staff/members/mei", BACK).body["open"] == 2
    further = under_review(desk)
    assert desk.application(further).assignee is None
    assert [desk.application(number).assignee for number in numbers] == ["mei", "mei"]


def test_hired_again_while_they_are_removed_they_have_what_is_counted(desk: Desk) -> None:
    numbers = [under_review(desk), under_review(desk)]
    with cloud.meanwhile("TransactWriteItems", lambda: call(HUA, "PUT", "/staff/members/mei", BACK)):
        leaves("mei")
    have = [number for number in numbers if desk.application(number).assignee == "mei"]
    assert desk.open_cases() == len(have)


def test_what_comes_up_about_a_case_that_is_done_is_for_the_team(desk: Desk) -> None:
    """The store does not take it that the goods are not wanted any more."""
    number = set_aside(desk)
    desk.customer(number, "cancellation")
    leaves("mei")
    leave_to_a_person(number, desk.timeline(number)[-1].version)
    assert desk.work(HUA, backlog=True) == [number]


def test_a_task_is_not_given_to_who_leaves_in_that_moment(desk: Desk) -> None:
    number = desk.in_progress()
    task = {"department": "quality", "member_id": "tom", "message": "请复检。", "due_at": "2026-03-10T09:00:00Z"}
    with cloud.meanwhile("TransactWriteItems", lambda: leaves("tom")):
        answer = desk.staff(MEI, number, "tasks", task)
    assert answer.problem == "unknown-member"
    assert desk.case(number)["tasks"] == []


def test_what_somebody_was_given_in_the_moment_they_left_is_taken_back_within_a_minute(desk: Desk) -> None:
    number = under_review(desk)
    hears(desk, number)
    desk.leaves("mei")
    desk.hire("bo", languages=["zh-CN"])
    sweep(desk)
    assert (desk.application(number).assignee, desk.steps(number)[-2:]) == ("bo", ["taken_back", "assigned"])


def test_one_case_that_cannot_be_read_holds_up_no_other(desk: Desk) -> None:
    broken, whole = under_review(desk), under_review(desk)
    client("dynamodb").update_item(
        TableName=Setting.APPLICATIONS_TABLE.read(),
        Key=item({"number": broken, "item": "application"}),
        UpdateExpression="SET needs = :n",
        ExpressionAttributeValues=item({":n": {"weight": 99}}),
    )
    assert call(HUA, "DELETE", "/staff/members/mei").body["cases"] == [whole]
    assert desk.application(whole).assignee is None


def test_a_call_that_falls_due_in_the_moment_they_leave_is_for_anybody(desk: Desk) -> None:
    resolved = desk.resolved()
    with cloud.meanwhile("TransactWriteItems", lambda: leaves("mei")):
        invoke("followup", {"number": resolved, "due": True})
    assert (desk.work(HUA, owner="mei"), desk.work(HUA, backlog=True)) == ([], [resolved])
