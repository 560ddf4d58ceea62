"""Who of those who could do it gets it: by skill, team, weight, hours, presence, and by who knows the customer."""

from collections import Counter
from typing import Any

import pytest

from aftersales.applications.model import Needs
from aftersales.staff.pull import pull
from tests.integration import cloud
from tests.integration.decisions import appealed, policy_says
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import call

ANN: dict[str, Any] = {"name": "安娜", "email": "an.na@mail.example"}
IN_SHANGHAI: dict[str, Any] = {"time_zone": "Asia/Shanghai", "week": {}}


def review(desk: Desk, needs: dict[str, Any] | None = None, **said: Any) -> str:
    """A case that the policy leaves to a person, and what it says of who that is to be."""
    changes = {"contact": said.pop("contact")} if "contact" in said else {}
    number = desk.filed(type="complaint", lines=[], **changes)
    policy_says(number, "manual_review", needs=Needs.model_validate(needs or {}), **said)
    return number


def who_gets(desk: Desk, number: str) -> str | None:
    assert desk.assign(number) == []
    return desk.application(number).assignee


# --- who could ---


@pytest.mark.parametrize(
    ("needs", "said", "who"),
    [
        ({"skills": {"electronics": 1}}, {}, {"bo", "yan"}),
        ({"skills": {"electronics": 2}}, {}, {"yan"}),
        ({"skills": {"electronics": 2, "batteries": 3}}, {}, {"yan"}),
        ({}, {"team": "valuables"}, {"lin"}),
    ],
    ids=["a skill", "a level of it", "two skills", "a team"],
)
def test_it_goes_to_who_has_what_it_needs(
    desk: Desk, needs: dict[str, Any], said: dict[str, Any], who: set[str]
) -> None:
    desk.hire("bo", languages=["zh-CN"], skills={"complaint": 1, "electronics": 1})
    desk.hire("yan", languages=["zh-CN"], skills={"complaint": 1, "electronics": 2, "batteries": 3})
    desk.hire("lin", languages=["zh-CN"], teams=["valuables"])
    assert who_gets(desk, review(desk, needs, **said)) in who


@pytest.mark.parametrize(
    "more",
    [
        {"presence": "busy"},
        {"presence": "away"},
        {"hours": IN_SHANGHAI | {"week": {"monday": [{"opens": "13:00", "closes": "18:00"}]}}},
        {"hours": IN_SHANGHAI | {"week": {"sunday": [{"opens": "09:00", "closes": "18:00"}]}}},
        {"leave": [{"first": "2026-03-09", "last": "2026-03-09"}]},
        {"capacity": 0},
    ],
    ids=["busy", "away", "works in the afternoon", "works on Sundays", "on leave today", "capacity 0"],
)
def test_who_is_not_there_gets_nothing(desk: Desk, more: dict[str, Any]) -> None:
    """It is half past ten on a Monday in Shanghai."""
    desk.hire("mei", languages=["zh-CN"], **more)
    desk.hire("bo", languages=["zh-CN"])
    assert {who_gets(desk, review(desk, contact=ANN | {"email": f"{i}@mail.example"})) for i in range(4)} == {"bo"}


def test_work_begins_with_the_shift(desk: Desk) -> None:
    afternoon = IN_SHANGHAI | {"week": {"monday": [{"opens": "13:00", "closes": "18:00"}]}}
    desk.hire("mei", languages=["zh-CN"], hours=afternoon)
    number = review(desk)
    assert who_gets(desk, number) is None
    desk.later(hours=2, minutes=30)
    assert pull("desk") == 1
    assert desk.application(number).assignee == "mei"


def test_a_leave_is_over_when_its_last_day_is_over_where_they_work(desk: Desk) -> None:
    always = {day: [{"opens": "00:00", "closes": "00:00"}] for day in ("monday", "tuesday")}
    leave = [{"first": "2026-03-07", "last": "2026-03-09"}]
    desk.hire("mei", languages=["zh-CN"], hours=IN_SHANGHAI | {"week": always}, leave=leave)
    number = review(desk)
    desk.later(hours=13, minutes=29)
    assert pull("desk") == 0
    desk.later(minutes=1)
    assert pull("desk") == 1
    assert desk.application(number).assignee == "mei"


# --- how much ---


def test_a_heavy_case_takes_more_room_and_gives_it_back(desk: Desk) -> None:
    number = review(desk, {"weight": 3})
    assert (who_gets(desk, number), desk.open_cases()) == ("mei", 3)
    desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "经查与描述一致。"})
    assert desk.open_cases() == 0


def test_what_is_too_heavy_for_the_room_that_is_left_waits(desk: Desk) -> None:
    assert who_gets(desk, review(desk, {"weight": 3})) == "mei"
    heavy, light = review(desk, {"weight": 3}), review(desk, {"weight": 2})
    assert (who_gets(desk, heavy), who_gets(desk, light)) == (None, "mei")
    assert desk.open_cases() == 5


def test_who_has_just_left_gets_nothing(desk: Desk) -> None:
    """They leave between the choice and the write."""
    number = review(desk)
    with cloud.meanwhile("TransactWriteItems", lambda: desk.is_now(MEI, "away")):
        assert who_gets(desk, number) is None
    assert (desk.open_cases(), desk.work(HUA, backlog=True)) == (0, [number])


def test_whose_capacity_was_lowered_meanwhile_is_not_overloaded(desk: Desk) -> None:
    assert who_gets(desk, review(desk)) == "mei"
    number = review(desk)
    lower = {"name": "Mei", "email": "mei@desk.example", "skills": {"complaint": 1}, "languages": ["zh-CN"]}
    told = lower | {"capacity": 1}
    with cloud.meanwhile("TransactWriteItems", lambda: call(HUA, "PUT", "/staff/members/mei", told)):
        assert who_gets(desk, number) is None
    assert desk.open_cases() == 1


def test_who_has_more_room_gets_more(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], capacity=2)
    desk.hire("bo", languages=["zh-CN"], capacity=30)
    got = Counter(who_gets(desk, review(desk, contact=ANN | {"email": f"{i}@mail.example"})) for i in range(20))
    assert got["bo"] >= 18
    assert got["mei"] <= 2


# --- who knows the customer ---


@pytest.fixture
def six_more(desk: Desk) -> None:
    for name in ("bo", "yan", "lin", "qing", "wei", "fang"):
        desk.hire(name, languages=["zh-CN"], capacity=50)


@pytest.mark.usefixtures("six_more")
def test_the_open_cases_of_a_customer_stay_together(desk: Desk) -> None:
    numbers = [review(desk) for _ in range(6)]
    assert len({who_gets(desk, number) for number in numbers}) == 1


@pytest.mark.usefixtures("six_more")
def test_a_repeated_case_goes_to_who_solved_the_last_one(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], capacity=50)
    desk.hire("bo", languages=["zh-CN"], capacity=0)
    solved = review(desk)
    desk.hire("bo", languages=["zh-CN"], capacity=50)
    for name in ("yan", "lin", "qing", "wei", "fang", "mei"):
        desk.hire(name, languages=["zh-CN"], presence="away")
    assert who_gets(desk, solved) == "bo"
    desk.staff(HUA, solved, "decision", {"outcome": "accept", "message": "同意。"})
    desk.assign(solved, token="accepted")
    assert desk.staff(HUA, solved, "completion", {"message": "已与物流核实。"}).status == 200
    for name in ("yan", "lin", "qing", "wei", "fang", "mei"):
        desk.hire(name, languages=["zh-CN"], capacity=50)
    for _ in range(4):
        number = review(desk)
        assert who_gets(desk, number) == "bo"
        desk.customer(number, "cancellation")


def test_who_knows_the_customer_and_is_not_there_does_not_hold_it_up(desk: Desk) -> None:
    assert who_gets(desk, review(desk)) == "mei"
    desk.hire("bo", languages=["zh-CN"])
    desk.is_now(MEI, "busy")
    assert who_gets(desk, review(desk)) == "bo"


# --- nobody ---


def nobody_has_it(desk: Desk) -> str:
    return review(desk, {"skills": {"lithium_batteries": 1}})


def test_what_nobody_can_do_goes_to_the_lead_once(desk: Desk) -> None:
    number = nobody_has_it(desk)
    assert who_gets(desk, number) is None
    last = desk.timeline(number)[-1]
    assert (last.step, last.staff_only) == ("escalated", True)
    assert last.data == {"reason": "nobody_can", "priority": "normal", "team": "desk"}
    assert who_gets(desk, number) is None
    assert desk.steps(number).count("escalated") == 1


def test_handed_to_a_team_where_nobody_can_do_it_either_it_is_said_again(desk: Desk) -> None:
    desk.make_team("returns", {"zh-CN": "退货组"})
    number = nobody_has_it(desk)
    assert who_gets(desk, number) is None
    desk.staff(HUA, number, "handover", {"team": "returns", "message": "请退货组处理。"})
    assert [e.data["team"] for e in desk.timeline(number) if e.step == "escalated"] == ["desk", "returns"]


def test_once_somebody_has_had_it_the_lead_is_asked_again(desk: Desk) -> None:
    number = nobody_has_it(desk)
    assert who_gets(desk, number) is None
    desk.hire("bo", languages=["zh-CN"], skills=["complaint", "lithium_batteries"])
    assert who_gets(desk, number) == "bo"
    call(HUA, "DELETE", "/staff/members/bo")
    assert desk.steps(number)[-3:] == ["assigned", "taken_back", "escalated"]


def test_what_nobody_can_do_comes_up_the_backlog_and_finds_who_learns_it(desk: Desk) -> None:
    desk.is_now(MEI, "away")
    waiting, stuck = review(desk), nobody_has_it(desk)
    assert (who_gets(desk, waiting), who_gets(desk, stuck)) == (None, None)
    assert desk.work(HUA, backlog=True) == [stuck, waiting]
    desk.hire("bo", languages=["zh-CN"], skills=["complaint", "lithium_batteries"], capacity=1)
    assert pull("desk") == 1
    assert desk.application(stuck).assignee == "bo"


@pytest.mark.parametrize(
    ("needs", "said"),
    [({"skills": {"complaint": 3}}, {}), ({}, {"team": "nobodys"}), ({"weight": 6}, {})],
    ids=["a level", "a team", "more weight than anybody ever has room for"],
)
def test_other_things_that_waiting_does_not_help(desk: Desk, needs: dict[str, Any], said: dict[str, Any]) -> None:
    number = review(desk, needs, **said)
    assert (who_gets(desk, number), desk.steps(number)[-1]) == (None, "escalated")


def test_a_case_in_a_language_that_nobody_speaks_goes_to_the_lead(desk: Desk) -> None:
    desk.hire("tom", languages=["zh-CN"])
    number = desk.accepted(language="en")
    assert (who_gets(desk, number), desk.steps(number)[-1]) == (None, "escalated")


def test_who_is_off_today_can_do_it_tomorrow_and_nobody_is_alarmed(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], leave=[{"first": "2026-03-09", "last": "2026-03-13"}])
    number = review(desk)
    assert (who_gets(desk, number), desk.steps(number)) == (None, ["filed", "referred"])


def test_what_was_appealed_is_for_another_person_and_where_there_is_none_for_the_lead_to_find(desk: Desk) -> None:
    number = appealed(desk)
    assert (who_gets(desk, number), desk.steps(number)[-1]) == (None, "escalated")
    desk.hire("bo", languages=["zh-CN"])
    assert who_gets(desk, number) == "bo"


def test_a_dispute_is_for_a_lead_and_where_there_is_none_it_is_said(desk: Desk) -> None:
    number = desk.disputed()
    assert (who_gets(desk, number), desk.steps(number)[-1]) == (None, "escalated")
    desk.hire("hua", languages=["zh-CN"], leads=True)
    assert who_gets(desk, number) == "hua"


# --- what the policy says ---


def test_words_of_danger_make_a_case_urgent(desk: Desk) -> None:
    number = desk.filed(type="exchange", description="充电时冒烟，把孩子的手烫伤了。")
    desk.review(number)
    assert desk.application(number).priority == "urgent"
    assert desk.timeline(number)[-1].data["priority"] == "urgent"


def test_what_goes_without_saying_is_not_said(desk: Desk) -> None:
    number = desk.filed(type="complaint", lines=[])
    desk.review(number)
    assert (desk.application(number).priority, desk.application(number).team) == ("normal", "desk")
    assert "priority" not in desk.timeline(number)[-1].data


def test_a_person_who_decides_changes_neither_team_nor_priority(desk: Desk) -> None:
    desk.hire("tom", languages=["en"], teams=["returns"])
    number = desk.filed(type="refund_only", language="en")
    policy_says(number, "manual_review", team="returns", priority="high", needs=Needs(weight=2))
    desk.assign(number)
    desk.staff(TOM, number, "decision", {"outcome": "accept", "message": "Agreed."})
    now = desk.application(number)
    assert (now.team, now.priority, now.needs) == ("returns", "high", Needs(weight=2))
    assert desk.open_cases("tom") == 2
