"""When a member of staff is there: by their hours in their zone, their leave, and what they say themselves."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from aftersales.staff.model import Member
from tests.unit.people import member

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_SHIFT = [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:30", "closes": "18:00"}]
OFFICE: dict[str, Any] = {
    "time_zone": "Asia/Shanghai",
    "week": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), DAY_SHIFT),
    "holidays_of": "CN",
}


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-03-09 08:59:59", False),
        ("2026-03-09 09:00:00", True),
        ("2026-03-09 12:00:00", False),
        ("2026-03-09 13:30:00", True),
        ("2026-03-09 18:00:00", False),
        ("2026-03-14 10:00:00", False),
        ("2026-10-01 10:00:00", False),
        ("2026-10-10 10:00:00", True),
    ],
    ids=[
        "before the shift",
        "it begins",
        "lunch",
        "after lunch",
        "it ends",
        "a Saturday",
        "the National Day",
        "a Saturday that is worked for it",
    ],
)
def test_hours_are_wall_clock_time_where_they_work(moment: str, *, there: bool) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    assert member(hours=OFFICE).is_there(at) is there


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-03-08T15:59:59Z", True),
        ("2026-03-08T16:00:00Z", False),
        ("2026-03-10T15:59:59Z", False),
        ("2026-03-10T16:00:00Z", True),
    ],
)
def test_a_leave_lasts_whole_days_where_they_work(moment: str, *, there: bool) -> None:
    """The ninth and tenth of March in Shanghai."""
    whole_day = [{"opens": "00:00", "closes": "00:00"}]
    whole_days = dict.fromkeys(("sunday", "monday", "tuesday", "wednesday"), whole_day)
    on_leave = member(
        hours={"time_zone": "Asia/Shanghai", "week": whole_days}, leave=[{"first": "2026-03-09", "last": "2026-03-10"}]
    )
    assert on_leave.is_there(datetime.fromisoformat(moment)) is there


@pytest.mark.parametrize(("presence", "there"), [("available", True), ("busy", False), ("away", False)])
def test_who_is_busy_is_at_work_and_takes_nothing_more(presence: str, *, there: bool) -> None:
    at = datetime(2026, 3, 9, 10, tzinfo=SHANGHAI)
    found = member(hours=OFFICE, presence=presence)
    assert (found.is_at_work(at), found.is_there(at)) == (True, there)


def test_without_hours_somebody_is_there_always() -> None:
    assert member().is_there(datetime(2026, 10, 1, 3, tzinfo=SHANGHAI))


def test_skills_without_levels_are_of_the_first() -> None:
    assert member(skills=["refund_only", "complaint"]).skills == {"refund_only": 1, "complaint": 1}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"leave": [{"first": "2026-05-08", "last": "2026-05-06"}]}, "does not end before it begins"),
        ({"hours": OFFICE | {"week": {"monday": [*DAY_SHIFT, DAY_SHIFT[0]]}}}, "overlap"),
        ({"hours": OFFICE | {"week": {}}}, "opens on some weekday"),
        ({"skills": {"complaint": 0}}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_says_why(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        member(**changes)


def test_an_open_case_more_is_room_less() -> None:
    assert Member.model_validate(member(capacity=8, open=3).document()).free == 5
