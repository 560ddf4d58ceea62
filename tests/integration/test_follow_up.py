"""The call back: planned when a case is resolved, work when its day comes, done when somebody has called."""

import json
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import call, invoke


def plan(number: str) -> dict[str, Any]:
    told: dict[str, Any] = invoke("followup", {"number": number})
    return told


def schedules() -> list[dict[str, Any]]:
    group = Setting.FOLLOW_UP_GROUP.read()
    names = [each["Name"] for each in client("scheduler").list_schedules(GroupName=group)["Schedules"]]
    return [client("scheduler").get_schedule(GroupName=group, Name=name) for name in names]


def fires() -> None:
    """The scheduler invokes what it was told to."""
    for schedule in schedules():
        invoke("followup", json.loads(schedule["Target"]["Input"]))


@pytest.fixture
def planned(desk: Desk) -> str:
    number = desk.resolved()
    plan(number)
    return number


@pytest.fixture
def due(desk: Desk, planned: str) -> str:
    desk.later(days=3)
    fires()
    return planned


def test_three_days_later_somebody_shall_call(desk: Desk, planned: str) -> None:
    [schedule] = schedules()
    assert schedule["ScheduleExpression"] == "at(2026-03-12T02:30:00)"
    assert schedule["ActionAfterCompletion"] == "DELETE"
    assert desk.timeline(planned)[-1].data == {"at": "2026-03-12T02:30:00.000Z"}


def test_each_store_has_its_own_time_for_it(desk: Desk) -> None:
    desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", follow_up_after=3600)
    plan(desk.resolved())
    assert schedules()[0]["ScheduleExpression"] == "at(2026-03-09T03:30:00)"


def test_planned_again_it_is_the_same(desk: Desk, planned: str) -> None:
    plan(planned)
    assert len(schedules()) == 1
    assert desk.steps(planned).count("follow_up_planned") == 1


def test_a_case_that_ended_otherwise_is_not_called(desk: Desk) -> None:
    number = desk.filed()
    desk.customer(number, "cancellation")
    assert plan(number)["status"] == "cancelled"
    assert schedules() == []


def test_when_the_day_comes_it_is_work_for_who_worked_on_the_case(desk: Desk, due: str) -> None:
    [item] = call(MEI, "GET", "/staff/work").body["items"]
    assert (item["number"], item["kind"], item["due_at"]) == (due, "follow_up", "2026-03-14T02:30:00.000Z")


def test_fired_again_it_is_the_same_work(desk: Desk, due: str) -> None:
    fires()
    assert desk.work(MEI) == [due]
    assert desk.steps(due).count("follow_up_due") == 1


def test_who_called_writes_what_came_of_it(desk: Desk, due: str) -> None:
    assert desk.staff(MEI, due, "follow-up", {"message": "顾客满意。"}).status == 200
    assert desk.work(MEI) == []
    assert (desk.steps(due)[-1], desk.timeline(due)[-1].message) == ("followed_up", "顾客满意。")


def test_a_colleague_may_call_too(desk: Desk, due: str) -> None:
    assert desk.staff(TOM, due, "follow-up", {"message": "Called, all fine."}).status == 200


def test_a_call_is_made_once(desk: Desk, due: str) -> None:
    desk.staff(MEI, due, "follow-up", {"message": "顾客满意。"})
    again = desk.staff(HUA, due, "follow-up", {"message": "顾客满意。"})
    assert (again.status, again.problem) == (409, "step-not-possible")


def test_the_schedule_that_fires_after_the_call_makes_no_new_work(desk: Desk, due: str) -> None:
    desk.staff(MEI, due, "follow-up", {"message": "顾客满意。"})
    fires()
    assert desk.work(MEI) == []


def test_a_call_that_is_not_due_cannot_be_made(desk: Desk, planned: str) -> None:
    assert desk.staff(MEI, planned, "follow-up", {"message": "?"}).problem == "step-not-possible"


def test_what_was_said_is_for_staff(desk: Desk, due: str) -> None:
    desk.staff(MEI, due, "follow-up", {"message": "顾客脾气不好。"})
    assert "脾气" not in json.dumps(desk.look(due).body, ensure_ascii=False)
    desk.relay(due)
    assert "脾气" not in json.dumps(cloud.heard(), ensure_ascii=False)
