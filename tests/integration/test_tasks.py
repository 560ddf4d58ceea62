"""A case is split: another department does its part, with an owner and a due time."""

from typing import Any

import pytest

from aftersales.clock import rfc3339
from tests.integration.decisions import under_review
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import Answer, call, staff

LU = staff("lu")
"""Of the warehouse."""
REPORT = {"message": "仓库监控显示，发货时壶身完好。"}
ANSWER = {"message": "已与物流核实，感谢反馈。"}


@pytest.fixture(autouse=True)
def _warehouse(desk: Desk) -> None:
    desk.hire("lu", languages=["zh-CN"], skills=[])


def opens(desk: Desk, number: str, **changes: Any) -> Answer:
    wanted = {
        "department": "logistics",
        "message": "请调取发货监控，确认包装情况。",
        "due_at": rfc3339(desk.clock.now().replace(hour=9)),
    }
    return desk.staff(MEI, number, "tasks", wanted | changes)


def opened(desk: Desk, number: str, **changes: Any) -> str:
    """The id of a new task."""
    answer = opens(desk, number, **changes)
    assert answer.status == 200, answer.body
    return str(answer.body["tasks"][-1]["task_id"])


def complaint(desk: Desk) -> str:
    return desk.in_progress(type="complaint", lines=[])


def test_a_department_finds_its_task_among_its_work(desk: Desk) -> None:
    number = complaint(desk)
    task_id = opened(desk, number)
    [item] = call(LU, "GET", "/staff/work", query={"department": "logistics"}).body["items"]
    assert item == {
        "number": number,
        "kind": "task",
        "task_id": task_id,
        "type": "complaint",
        "priority": "normal",
        "due_at": rfc3339(desk.clock.now().replace(hour=9)),
    }


def test_what_one_person_shall_do_is_on_their_list(desk: Desk) -> None:
    number = complaint(desk)
    opened(desk, number, member_id="lu")
    assert desk.work(LU) == [number]
    assert desk.work(LU, department="logistics") == []


def test_what_came_of_it_stands_with_the_case(desk: Desk) -> None:
    number = complaint(desk)
    task_id = opened(desk, number)
    answer = desk.staff(LU, number, f"tasks/{task_id}/completion", REPORT)
    [task] = answer.body["tasks"]
    assert (task["opened_by"], task["done_by"], task["result"]) == ("mei", "lu", REPORT["message"])
    assert task["done_at"] == rfc3339(desk.clock.now())
    assert desk.work(LU, department="logistics") == []
    assert desk.steps(number)[-2:] == ["task_opened", "task_done"]


def test_customers_see_nothing_of_it(desk: Desk) -> None:
    number = complaint(desk)
    desk.staff(LU, number, f"tasks/{opened(desk, number)}/completion", REPORT)
    seen = desk.look(number).body
    assert "监控" not in str(seen)
    assert not {"task_opened", "task_done"} & {event["step"] for event in seen["timeline"]}


def test_a_case_is_not_finished_while_tasks_are_open_and_says_which(desk: Desk) -> None:
    number = complaint(desk)
    first, second = opened(desk, number), opened(desk, number, department="finance")
    desk.staff(LU, number, f"tasks/{first}/completion", REPORT)
    assert "completion" not in desk.case(number)["actions"]
    refused = desk.staff(MEI, number, "completion", ANSWER)
    assert (refused.status, refused.problem) == (409, "step-not-possible")
    assert refused.body["detail"] == f"tasks are open: {second}"
    desk.staff(HUA, number, f"tasks/{second}/completion", REPORT)
    assert "completion" in desk.case(number)["actions"]
    assert desk.staff(MEI, number, "completion", ANSWER).status == 200


def test_nor_is_it_rejected_but_it_may_be_accepted(desk: Desk) -> None:
    number = under_review(desk)
    opened(desk, number)
    reject = {"outcome": "reject", "message": "壶身有使用痕迹。"}
    assert desk.staff(MEI, number, "decision", reject).problem == "step-not-possible"
    assert desk.staff(MEI, number, "decision", reject | {"outcome": "accept"}).status == 200


def test_a_task_outlives_a_case_that_the_customer_cancels(desk: Desk) -> None:
    number = desk.awaiting_goods()
    task_id = opened(desk, number)
    desk.customer(number, "cancellation")
    assert desk.work(LU, department="logistics") == [number]
    assert desk.staff(LU, number, f"tasks/{task_id}/completion", REPORT).status == 200


def test_a_task_is_done_once(desk: Desk) -> None:
    number = complaint(desk)
    path = f"tasks/{opened(desk, number)}/completion"
    desk.staff(LU, number, path, REPORT)
    again = desk.staff(LU, number, path, REPORT)
    assert (again.status, again.problem) == (409, "step-not-possible")
    assert desk.steps(number).count("task_done") == 1


def test_sent_twice_under_one_key_it_is_opened_once(desk: Desk) -> None:
    number = complaint(desk)
    wanted = {"department": "quality", "message": "请复检。", "due_at": "2026-03-10T09:00:00Z"}
    for _ in range(2):
        answer = desk.staff(MEI, number, "tasks", wanted, key="k-1")
        assert len(answer.body["tasks"]) == 1


def test_another_persons_task_is_theirs_to_finish(desk: Desk) -> None:
    number = complaint(desk)
    path = f"tasks/{opened(desk, number, member_id='lu')}/completion"
    assert desk.staff(TOM, number, path, REPORT).problem == "not-yours"
    assert desk.staff(MEI, number, path, REPORT).status == 200


@pytest.mark.parametrize(
    ("changes", "status", "problem"),
    [
        ({"due_at": "2026-03-09T02:29:59Z"}, 400, "invalid-request"),
        ({"department": "marketing"}, 400, "invalid-request"),
        ({"member_id": "stranger"}, 422, "unknown-member"),
        ({"message": " "}, 400, "invalid-request"),
    ],
    ids=["a time that has passed", "a department that there is not", "a stranger", "no words"],
)
def test_a_task_that_nobody_can_do_is_refused(desk: Desk, changes: dict[str, Any], status: int, problem: str) -> None:
    number = complaint(desk)
    answer = opens(desk, number, **changes)
    assert (answer.status, answer.problem) == (status, problem)
    assert desk.case(number)["tasks"] == []


@pytest.mark.parametrize("task_id", ["99", "follow_up", "1%2F2", "٣"])
def test_a_task_that_is_not_there_is_not_found(desk: Desk, task_id: str) -> None:
    answer = desk.staff(MEI, complaint(desk), f"tasks/{task_id}/completion", REPORT)
    assert (answer.status, answer.problem) == (404, "not-found")


def test_what_is_over_gets_no_tasks(desk: Desk) -> None:
    number = desk.resolved()
    answer = desk.staff(HUA, number, "tasks", {"department": "quality", "due_at": "2026-03-10T09:00:00Z", **REPORT})
    assert answer.problem == "step-not-possible"
