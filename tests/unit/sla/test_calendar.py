"""Working time as a table. What stands beside a date says who says so.

CN: 国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）, 4 November 2025.
DE: public holidays in all states; Good Friday and Easter Monday by the date of Easter, 5 April 2026.
EU: Directive 2000/84/EC: clocks change on the last Sundays of March and October, at 01:00 UTC.
US: Energy Policy Act of 2005, section 110: on the second Sunday of March and the first of November, at 02:00.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from aftersales.sla.calendar import WEEKDAYS, Calendar, NeverOpen
from tests.unit.sla.calendars import ALL_DAY, ALWAYS, CHINA, GERMANY, OFFICE, at, calendar, shanghai, span

NIGHT = [span("01:00", "04:00")]
LATE = [span("22:00", "00:00")]
EARLY = [span("00:00", "02:00")]


# --- which days are worked ---


@pytest.mark.parametrize(
    "made_up",
    ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],  # CN
)
def test_a_weekend_day_that_makes_up_for_a_holiday_is_worked_like_a_monday(made_up: str) -> None:
    assert date.fromisoformat(made_up).weekday() >= 5
    assert CHINA.is_open(shanghai(f"{made_up} 09:00"))
    assert worked_on(CHINA, made_up) == timedelta(hours=8)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", "2026-01-03"),  # CN 元旦
        ("2026-02-15", "2026-02-23"),  # CN 春节
        ("2026-04-04", "2026-04-06"),  # CN 清明节
        ("2026-05-01", "2026-05-05"),  # CN 劳动节
        ("2026-06-19", "2026-06-21"),  # CN 端午节
        ("2026-09-25", "2026-09-27"),  # CN 中秋节
        ("2026-10-01", "2026-10-07"),  # CN 国庆节
    ],
)
def test_nothing_is_worked_on_the_holidays_of_china(first: str, last: str) -> None:
    assert CHINA.between(shanghai(f"{first} 00:00"), shanghai(f"{last} 23:59:59")) == timedelta(0)


def test_the_year_in_china_has_as_many_working_days_as_the_notice_leaves() -> None:
    """261 weekdays, of which 19 are off, and six days at weekends that are worked."""
    year = CHINA.between(shanghai("2026-01-01 00:00"), shanghai("2027-01-01 00:00"))
    assert year / timedelta(hours=8) == 261 - 19 + 6


@pytest.mark.parametrize("closed", ["2026-04-03", "2026-04-06", "2026-12-25"])  # DE
def test_easter_is_not_worked_in_germany(closed: str) -> None:
    assert date.fromisoformat(closed).weekday() < 5
    assert worked_on(GERMANY, closed, "Europe/Berlin") == timedelta(0)


def test_a_store_s_own_day_comes_before_a_holiday_and_before_a_make_up_day() -> None:
    days = {"2026-02-17": [span("10:00", "12:00")], "2026-02-14": []}
    own = CHINA.model_validate(CHINA.document() | {"days": days})
    assert worked_on(own, "2026-02-17") == timedelta(hours=2)
    assert worked_on(own, "2026-02-14") == timedelta(0)


def test_a_make_up_day_can_be_worked_like_another_weekday() -> None:
    short = CHINA.document()
    short["week"]["friday"] = [span("09:00", "12:00")]
    friday = Calendar.model_validate(short | {"made_up_as": "friday"})
    assert worked_on(friday, "2026-02-14") == timedelta(hours=3)


def worked_on(known: Calendar, day: str, zone: str = "Asia/Shanghai") -> timedelta:
    following = date.fromisoformat(day) + timedelta(days=1)
    return known.between(at(zone, f"{day} 00:00"), at(zone, f"{following} 00:00"))


# --- due times ---


@pytest.mark.parametrize(
    ("start", "working", "due"),
    [
        ("2026-03-09 10:30", {"hours": 1}, "2026-03-09 11:30"),
        ("2026-03-09 11:30", {"hours": 1}, "2026-03-09 13:30"),  # over lunch
        ("2026-03-09 12:20", {"minutes": 5}, "2026-03-09 13:05"),  # filed at lunch
        ("2026-03-09 11:59:59", {"seconds": 2}, "2026-03-09 13:00:01"),
        ("2026-03-09 17:00", {"hours": 1}, "2026-03-09 18:00"),  # the last moment of the day is in time
        ("2026-03-09 17:00", {"hours": 1, "seconds": 1}, "2026-03-10 09:00:01"),
        ("2026-03-13 17:30", {"hours": 2}, "2026-03-16 10:30"),  # over a weekend
        ("2026-03-14 15:00", {"hours": 8}, "2026-03-16 18:00"),  # filed on a Saturday
        ("2026-02-13 17:30", {"hours": 1}, "2026-02-14 09:30"),  # CN: a Saturday that is worked
        ("2026-02-14 17:30", {"hours": 1}, "2026-02-24 09:30"),  # CN: over the Spring Festival
        ("2026-09-30 17:00", {"hours": 16}, "2026-10-09 17:00"),  # CN: over the National Day
        ("2026-10-09 17:00", {"hours": 2}, "2026-10-10 10:00"),  # CN: and the Saturday behind it
        ("2026-12-31 17:00", {"hours": 2}, "2027-01-04 10:00"),  # over the new year, 1 January and a weekend
        ("2026-03-09 03:00", {}, "2026-03-09 09:00"),  # no working time passes until it opens
    ],
)
def test_due_in_china(start: str, working: dict[str, int], due: str) -> None:
    assert CHINA.after(shanghai(start), timedelta(**working)) == shanghai(due)


@pytest.mark.parametrize(
    ("zone", "start", "hours", "due"),
    [
        ("Europe/Berlin", "2026-03-28 12:00", 24, "2026-03-29 13:00"),  # EU: the day has 23 hours
        ("Europe/Berlin", "2026-10-24 12:00", 24, "2026-10-25 11:00"),  # EU: it has 25
        ("America/New_York", "2026-03-07 12:00", 24, "2026-03-08 13:00"),  # US
        ("America/New_York", "2026-10-31 12:00", 24, "2026-11-01 11:00"),  # US
    ],
)
def test_around_the_clock_an_hour_is_an_hour(zone: str, start: str, hours: int, due: str) -> None:
    always = calendar(zone, ALL_DAY, WEEKDAYS)
    assert always.after(at(zone, start), timedelta(hours=hours)) == at(zone, due)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-28", 3),
        ("Europe/Berlin", "2026-03-29", 2),  # EU
        ("Europe/Berlin", "2026-10-25", 4),  # EU
        ("America/New_York", "2026-03-08", 2),  # US
        ("America/New_York", "2026-11-01", 4),  # US
        ("Asia/Shanghai", "2026-03-29", 3),  # no summer time since 1991
        ("Australia/Lord_Howe", "2026-10-04", 2.5),  # clocks are put forward by half an hour
    ],
)
def test_a_shift_from_one_to_four_at_night_is_as_long_as_the_night(zone: str, day: str, hours: float) -> None:
    assert worked_on(calendar(zone, NIGHT, WEEKDAYS), day, zone) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("spans", "day", "hours"),
    [
        ([("02:30", "06:00")], "2026-03-29", 3),  # half past two does not come: from three on
        ([("00:00", "02:30")], "2026-03-29", 2),
        ([("02:10", "02:50")], "2026-03-29", 0),
        ([("00:00", "02:30"), ("02:30", "06:00")], "2026-03-29", 5),  # nothing is lost, nothing counts twice
        ([("00:00", "02:30"), ("02:30", "06:00")], "2026-10-25", 7),
        ([("00:00", "02:30")], "2026-10-25", 2.5),  # it closes at half past two, the first time
        ([("02:30", "06:00")], "2026-10-25", 4.5),
    ],
)
def test_a_span_that_begins_or_ends_in_the_hour_of_the_change(
    spans: list[tuple[str, str]], day: str, hours: float
) -> None:
    shifts = [span(opens, closes) for opens, closes in spans]
    assert worked_on(calendar("Europe/Berlin", shifts, WEEKDAYS), day, "Europe/Berlin") == timedelta(hours=hours)


def test_to_the_second_when_clocks_are_put_forward() -> None:
    night = calendar("Europe/Berlin", NIGHT, WEEKDAYS)
    start = at("Europe/Berlin", "2026-03-29 01:59:58")
    assert night.after(start, timedelta(seconds=5)) == at("Europe/Berlin", "2026-03-29 03:00:03")


def test_to_the_second_when_clocks_are_put_back() -> None:
    night = calendar("America/New_York", NIGHT, WEEKDAYS)
    start = at("America/New_York", "2026-11-01 01:59:58")
    assert night.after(start, timedelta(seconds=5)) == at("America/New_York", "2026-11-01 01:00:03+2")


def test_a_shift_over_midnight_is_two_spans_that_meet() -> None:
    days = {"friday": LATE, "saturday": EARLY}
    shift = Calendar.model_validate({"time_zone": "America/New_York", "week": days})
    start = at("America/New_York", "2026-03-13 21:00")
    assert shift.after(start, timedelta(hours=3, minutes=1)) == at("America/New_York", "2026-03-14 01:01")
    assert shift.between(start, start + timedelta(days=1)) == timedelta(hours=4)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-09 09:00", True),
        ("2026-03-09 08:59:59", False),
        ("2026-03-09 12:00", False),
        ("2026-03-09 12:30", False),
        ("2026-03-09 17:59:59", True),
        ("2026-03-09 18:00", False),
        ("2026-03-14 10:00", False),
    ],
)
def test_open_from_the_first_moment_of_a_span_and_closed_from_its_last(moment: str, *, is_open: bool) -> None:
    assert CHINA.is_open(shanghai(moment)) is is_open


def test_the_29th_of_february_is_a_day_like_others() -> None:
    start = at("Europe/Berlin", "2028-02-28 16:00")
    assert date(2028, 2, 29).weekday() < 5
    assert GERMANY.after(start, timedelta(hours=2)) == at("Europe/Berlin", "2028-02-29 10:00")


def test_years_are_counted_whole() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert ALWAYS.between(start, start + timedelta(days=2000)) == timedelta(days=2000)


# --- what holds for every calendar ---


WEEK = some.dictionaries(
    some.sampled_from(WEEKDAYS),
    some.lists(some.integers(0, 47), min_size=2, max_size=8, unique=True).map(
        lambda halves: [
            {"opens": f"{a // 2:02}:{a % 2 * 30:02}", "closes": f"{b // 2:02}:{b % 2 * 30:02}"}
            for a, b in zip(*[iter(sorted(halves))] * 2, strict=False)
        ]
    ),
    min_size=1,
)
CALENDARS = some.builds(
    lambda zone, week, country: Calendar.model_validate({"time_zone": zone, "week": week, "holidays_of": country}),
    some.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    WEEK,
    some.sampled_from(["CN", "DE", "US", None]),
)
MOMENTS = some.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=some.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
DURATIONS = some.timedeltas(timedelta(0), timedelta(hours=30)).map(
    lambda long: timedelta(milliseconds=long // timedelta(milliseconds=1))
)


@given(CALENDARS, MOMENTS, DURATIONS)
def test_until_a_due_time_there_is_just_the_working_time_asked_for(
    known: Calendar, start: datetime, working: timedelta
) -> None:
    assert known.between(start, known.after(start, working)) == working


@given(CALENDARS, MOMENTS, DURATIONS, DURATIONS)
def test_working_time_adds_up_wherever_it_is_divided(
    known: Calendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + 9 * first, start + 9 * (first + second)
    assert known.between(start, middle) + known.between(middle, end) == known.between(start, end)


@given(CALENDARS, MOMENTS, DURATIONS, DURATIONS)
def test_more_working_time_is_never_due_earlier(
    known: Calendar, start: datetime, working: timedelta, more: timedelta
) -> None:
    assert known.after(start, working) <= known.after(start, working + more)


# --- what is no calendar ---


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"week": {}}, "opens on some weekday"),
        ({"week": {"monday": []}}, "opens on some weekday"),
        ({"week": {"monday": [span("09:00", "12:00"), span("11:59", "18:00")]}}, "overlap"),
        ({"week": {"monday": [span("20:00", "00:00"), span("22:00", "23:00")]}}, "overlap"),
        ({"week": {"monday": [span("18:00", "09:00")]}}, "closes after it opens"),
        ({"week": {"monday": [span("09:00", "09:00")]}}, "closes after it opens"),
        ({"week": {"monday": [span("09:00", "24:30")]}}, "time"),
        ({"week": {"monday": [span("09:00Z", "12:00")]}}, "in the zone of the calendar"),
        ({"week": {"montag": OFFICE}}, "Input should be"),
        ({"time_zone": "Asia/Beijing"}, "no such time zone"),
        ({"holidays_of": "ZZ"}, "not known"),
        ({"days": {"2026-02-29": []}}, "date"),
        ({"days": {"2026-03-09": [span("09:00", "12:00")] * 2}}, "overlap"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(changes: dict[str, Any], why: str) -> None:
    known = {"time_zone": "Asia/Shanghai", "week": {"monday": OFFICE}}
    with pytest.raises(ValidationError, match=why):
        Calendar.model_validate(known | changes)


def test_spans_may_be_told_in_any_order() -> None:
    backwards = calendar("Asia/Shanghai", [span("13:00", "18:00"), span("09:00", "12:00")])
    assert backwards.after(shanghai("2026-03-09 11:00"), timedelta(hours=2)) == shanghai("2026-03-09 14:00")


def test_closed_for_good_has_no_due_time() -> None:
    mondays = (date(2026, 1, 5) + timedelta(weeks=n) for n in range(200))
    closed = calendar("Asia/Shanghai", OFFICE, ("monday",), days={str(day): [] for day in mondays})
    with pytest.raises(NeverOpen):
        closed.after(shanghai("2026-03-09 10:00"), timedelta(minutes=1))
