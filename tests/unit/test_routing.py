"""Who could do a case, who is chosen, and what a policy's answer says of it: no table, no clock."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from aftersales.applications.lifecycle import Status, Type
from aftersales.applications.model import Needs
from aftersales.applications.other_case import OtherCase
from aftersales.policy.answer import Answer, Verdict
from aftersales.policy.rules import needs, team
from aftersales.policy.verdict import widen
from aftersales.staff.routing import able, acquainted, choose, fitting, needs_of
from tests.unit.builders import FILED_AT, application
from tests.unit.people import member


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, True),
        ({"skills": {"complaint": 3}}, False),
        ({"skills": {"return_refund": 1}}, False),
        ({"skills": {"return_refund": 1, "electronics": 1}}, False),
        ({"skills": {"return_refund": 1, "electronics": 3}}, True),
        ({"languages": ["en"]}, False),
        ({"teams": ["returns"]}, False),
        ({"teams": ["returns", "desk"]}, True),
        ({"open": 8}, True),
        ({"open": 9}, False),
        ({"capacity": 0}, False),
        ({"presence": "busy"}, False),
    ],
)
def test_all_that_it_takes_must_be_there(changes: dict[str, Any], *, wanted: bool) -> None:
    camera = application(needs={"skills": {"electronics": 2}, "weight": 2})
    somebody = member(**{"skills": {"return_refund": 2, "electronics": 2}} | changes)
    assert bool(fitting(camera, [somebody], FILED_AT)) is wanted


def test_the_type_is_needed_always_and_follows_the_remedy() -> None:
    decided = application(needs={"skills": {"electronics": 2}, "weight": 3})
    assert needs_of(decided) == Needs(skills={"return_refund": 1, "electronics": 2}, weight=3)
    changed = decided.model_copy(update={"type": application(type="repair").type})
    assert needs_of(changed).skills == {"repair": 1, "electronics": 2}


@pytest.mark.parametrize(
    "changes",
    [{"presence": "away"}, {"open": 10}, {"leave": [{"first": "2026-03-09", "last": "2026-03-20"}]}],
    ids=["away", "full", "on leave"],
)
def test_who_is_not_there_now_could_do_it_all_the_same(changes: dict[str, Any]) -> None:
    assert able(application(), [member(**changes)])
    assert fitting(application(), [member(**changes)], FILED_AT) == []


def test_what_one_lacks_another_does_not_make_up_for() -> None:
    """One speaks English, the other knows returns."""
    people = [member("tom", languages=["en"], skills={"repair": 1}), member("mei")]
    assert able(application(language="en"), people) == []


@pytest.mark.parametrize(
    ("changes", "who"),
    [
        ({"status": Status.MANUAL_REVIEW}, ["hua", "mei", "tom"]),
        ({"status": Status.DISPUTED}, ["hua"]),
        ({"status": Status.APPEALED, "rejected_by": "mei"}, ["hua", "tom"]),
        ({"status": Status.IN_PROGRESS, "taken_from": "tom"}, ["hua", "mei"]),
    ],
    ids=["anybody", "leads", "not who rejected it", "not who let it lie"],
)
def test_some_may_not_have_it(changes: dict[str, Any], who: list[str]) -> None:
    people = [member("hua", leads=True), member("mei"), member("tom")]
    found = fitting(application(**changes), people, FILED_AT)
    assert [each.member_id for each in found] == who


def another(status: Status, assignee: str | None = None, order_number: str = "LT-1001") -> OtherCase:
    return OtherCase("7K3M", Type.REPAIR, status, FILED_AT, "lantern", order_number, assignee)


def test_who_has_the_customers_open_cases_comes_before_who_solved_the_last_one() -> None:
    others = [
        another(Status.RESOLVED, "bo"),
        another(Status.IN_PROGRESS, "mei", order_number="LT-2002"),
        another(Status.RESOLVED, "yan"),
        another(Status.AWAITING_CONFIRMATION, "lin", order_number="LT-2002"),
        another(Status.REJECTED, "wei"),
        another(Status.MANUAL_REVIEW),
    ]
    assert acquainted(application(), others) == ["mei", "bo", "yan"]


def test_who_knows_the_customer_is_chosen_when_there() -> None:
    people = [member(name, capacity=50) for name in ("bo", "lin", "yan")]
    assert {choose(people, ["wei", "lin", "bo"]).member_id for _ in range(20)} == {"lin"}


@given(some.lists(some.integers(1, 30), min_size=1, max_size=12))
def test_only_who_has_room_is_chosen(rooms: list[int]) -> None:
    people = [member(f"m{index}", capacity=room) for index, room in enumerate(rooms)]
    assert choose(people) in people


def test_work_spreads_by_room() -> None:
    """Of 300 cases over 30 people with room for 20 each, nobody has much more than the ten of a fair share."""
    open_now = Counter({f"m{index}": 0 for index in range(30)})
    for _ in range(300):
        people = [member(name, capacity=20, open=count) for name, count in open_now.items()]
        open_now[choose(people).member_id] += 1
    assert max(open_now.values()) <= 14
    assert min(open_now.values()) >= 6


# --- what a policy says ---


def said(**changes: Any) -> Verdict:
    return Verdict.model_validate({"outcome": "manual_review"} | changes)


def test_the_lines_of_a_case_are_for_one_person() -> None:
    lines = [said(skills=("electronics", "gems:3"), weight=2), said(skills=("electronics:2",)), said()]
    assert needs(lines) == Needs(skills={"electronics": 2, "gems": 3}, weight=2)


@pytest.mark.parametrize(
    ("lines", "whose"),
    [
        ([said(), said()], None),
        ([said(team="returns"), said(team="valuables")], "returns"),
        ([said(team="returns"), said(team="valuables", priority="high"), said(priority="urgent")], "valuables"),
    ],
    ids=["no line says", "the first", "the most urgent that says"],
)
def test_it_is_the_case_of_one_team(lines: list[Verdict], whose: str | None) -> None:
    assert team(lines) == whose


def test_who_gets_it_is_not_for_the_law_to_say() -> None:
    found = widen(said(team="court", skills=("law",), weight=20), said(team="returns", skills=("gems:2",), weight=3))
    assert (found.team, found.skills, found.weight) == ("returns", ("gems:2",), 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"skills": ["electronics:4"]},
        {"skills": ["Gems"]},
        {"skills": "gems"},
        {"weight": 0},
        {"weight": 21},
        {"team": ""},
    ],
)
def test_a_policy_cannot_ask_for_what_nobody_can_have(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate({"outcome": "accept"} | wrong)
