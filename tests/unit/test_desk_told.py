"""What staff read of an event beside its step: words and names, never a code."""

from typing import Any

import pytest

from aftersales.desk.roster import Roster
from aftersales.desk.told import told
from aftersales.staff.model import Team
from tests.unit.builders import event
from tests.unit.people import member

TEAMS = (
    Team(team_id="technical", name={"zh-CN": "技术组", "en": "Technical team"}),
    Team(team_id="returns", name={"zh-CN": "退货组"}),
)
ROSTER = Roster((member("mei"), member("tom", name="Tom Baker")), TEAMS)
PROMISE = "first_response@2026-03-09T02:30:00Z"


def yuan(fen: int) -> dict[str, Any]:
    return {"amount": fen, "currency": "CNY"}


@pytest.mark.parametrize(
    ("step", "data", "chinese", "english"),
    [
        ("sla_breached", {"clock": PROMISE, "kind": "first_response"}, "首次回复期限", "First answer due"),
        ("priority_changed", {"clock": PROMISE, "priority": "high"}, "高", "high"),
        (
            "escalated",
            {"clock": PROMISE, "reason": "first_response", "priority": "high", "team": "technical"},
            "首次回复期限 · 高 · 技术组",
            "First answer due · high · Technical team",
        ),
        (
            "escalated",
            {"reason": "nobody_can", "priority": "normal", "team": "desk"},
            "无人能处理 · 普通 · 售后组",
            "Nobody can do it · normal · After-sales",
        ),
        (
            "handed_over",
            {"team": "technical", "from": "desk", "assignee": None},
            "技术组 · 原：售后组",
            "Technical team · before: After-sales",
        ),
        ("taken_back", {"from": "mei", "assignee": None}, "原：林梅", "before: 林梅"),
        ("assigned", {"assignee": "tom"}, "Tom Baker", "Tom Baker"),
        ("remedy_changed", {"from": "repair", "to": "exchange"}, "换货 · 原：维修", "Exchange · before: Repair"),
        (
            "task_opened",
            {"task_id": "7", "department": "logistics", "due_at": "2026-03-10T04:00:00Z"},
            "物流",
            "Logistics",
        ),
        ("refund_ordered", {"refund_id": "7K3M.5", "total": yuan(9966)}, "99.66 CNY", "99.66 CNY"),
        (
            "credit_ordered",
            {"credit_id": "7K3M.5", "kind": "coupon", "amount": yuan(3000)},
            "优惠券 · 30.00 CNY",
            "Coupon · 30.00 CNY",
        ),
        (
            "undelivered",
            {"what": "label", "reason": "bad_address", "code": "ADDRESS.VERIFY.FAILURE"},
            "地址有误",
            "The address is not right",
        ),
        ("noted", {}, "", ""),
    ],
)
def test_an_event_is_told_in_words(step: str, data: dict[str, Any], chinese: str, english: str) -> None:
    about = event(step, status_from="in_progress", status_to="in_progress", data=data)
    assert (told(about, ROSTER, "zh-CN"), told(about, ROSTER, "en")) == (chinese, english)


def test_where_it_went_comes_first_unless_the_step_has_said_so() -> None:
    accepted = event("accepted", status_from="submitted", status_to="accepted", data={"outcome": "accept"})
    assert (told(accepted, ROSTER, "zh-CN"), told(accepted, ROSTER, "en")) == ("已受理 · 通过", "Accept")


def test_who_has_left_and_what_is_no_team_any_more_goes_by_the_records() -> None:
    about = event("assigned", status_from="accepted", status_to="accepted", data={"assignee": "ann", "team": "spares"})
    assert told(about, ROSTER, "en") == "ann · spares"


def test_a_team_that_has_no_name_in_a_language_goes_by_another() -> None:
    assert ROSTER.team_name("returns", "en") == "退货组"
