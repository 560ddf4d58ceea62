"""Periods end where the store is, on the day that the law names, and never where the function runs."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.policy.answer import Verdict
from aftersales.policy.gather import History, gather
from aftersales.policy.packs import DEFAULT, pack, statutes
from aftersales.policy.rules import Rules
from aftersales.policy.windows import day, days_off_before, end_of, months_after, months_since, next_working_day
from tests.unit.builders import application, order, store

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
MILLISECOND = timedelta(milliseconds=1)
TEAPOT = [{"line_id": "teapot", "quantity": 1, "reason": "changed_mind"}]


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Shanghai"])
def _host(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in another part of the world."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@cache
def rules() -> Rules:
    return Rules(pack(DEFAULT), statutes())


def decided(delivered_at: datetime, filed_at: datetime, zone: str, country: str) -> Verdict:
    filed = application(filed_at=filed_at, lines=TEAPOT)
    shop = store(time_zone=zone, country=country)
    (line,) = gather(filed, order(delivered_at=delivered_at), shop, History())
    return rules().decide(line)


def in_shanghai(delivered_at: datetime, filed_at: datetime) -> str:
    return decided(delivered_at, filed_at, "Asia/Shanghai", "CN").outcome


def in_europe(delivered_on: date, filed_at: datetime, country: str = "DE") -> Verdict:
    noon = datetime(delivered_on.year, delivered_on.month, delivered_on.day, 12, tzinfo=BERLIN)
    return decided(noon.astimezone(UTC), filed_at, "Europe/Berlin", country)


DELIVERED = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)  # two in the afternoon in Shanghai
LAST_MOMENT = datetime(2026, 3, 8, 15, 59, 59, 999000, tzinfo=UTC)


@pytest.mark.usefixtures("_host")
def test_the_seventh_day_lasts_until_midnight_in_shanghai() -> None:
    assert in_shanghai(DELIVERED, LAST_MOMENT) == "accept"
    assert in_shanghai(DELIVERED, LAST_MOMENT + MILLISECOND) == "reject"


@pytest.mark.usefixtures("_host")
def test_the_last_moment_that_is_told_is_the_last_one_that_counts() -> None:
    ends_on = decided(DELIVERED, LAST_MOMENT, "Asia/Shanghai", "CN").window_ends_on
    assert ends_on == date(2026, 3, 8)
    assert end_of(ends_on, SHANGHAI) == LAST_MOMENT


@pytest.mark.usefixtures("_host")
def test_a_parcel_handed_over_after_midnight_counts_from_the_new_day() -> None:
    just_after_midnight = datetime(2026, 3, 1, 16, 10, tzinfo=UTC)
    assert in_shanghai(just_after_midnight, LAST_MOMENT + timedelta(days=1)) == "accept"


@pytest.mark.usefixtures("_host")
def test_a_parcel_of_29_february_can_come_back_until_7_march() -> None:
    leap_day = datetime(2028, 2, 29, 4, 0, tzinfo=UTC)
    assert in_shanghai(leap_day, datetime(2028, 3, 7, 15, 59, tzinfo=UTC)) == "accept"
    assert in_shanghai(leap_day, datetime(2028, 3, 7, 16, 0, tzinfo=UTC)) == "reject"


@pytest.mark.usefixtures("_host")
def test_a_parcel_of_december_can_come_back_in_january() -> None:
    on_new_years_eve = datetime(2026, 12, 31, 4, 0, tzinfo=UTC)
    assert in_shanghai(on_new_years_eve, datetime(2027, 1, 7, 15, 59, tzinfo=UTC)) == "accept"
    assert in_shanghai(on_new_years_eve, datetime(2027, 1, 7, 16, 0, tzinfo=UTC)) == "reject"


def test_seven_days_that_end_in_the_spring_festival_end_all_the_same() -> None:
    """中国法律: 办法第10条 counts days; it says nothing of days off."""
    assert in_shanghai(datetime(2026, 2, 10, 4, tzinfo=UTC), datetime(2026, 2, 17, 15, 59, tzinfo=UTC)) == "accept"
    assert in_shanghai(datetime(2026, 2, 10, 4, tzinfo=UTC), datetime(2026, 2, 18, 1, 0, tzinfo=UTC)) == "reject"


def test_the_same_moment_is_another_day_in_another_store() -> None:
    after_midnight_in_shanghai = LAST_MOMENT + MILLISECOND
    assert decided(DELIVERED, after_midnight_in_shanghai, "Europe/London", "GB").outcome == "accept"
    assert decided(DELIVERED, after_midnight_in_shanghai, "Asia/Shanghai", "GB").outcome == "reject"


FOURTEEN_DAYS = [
    ("a plain Wednesday", "DE", date(2026, 3, 4), date(2026, 3, 18)),
    ("a Saturday goes on to Monday", "DE", date(2026, 2, 28), date(2026, 3, 16)),
    ("a Sunday goes on to Monday", "DE", date(2026, 3, 1), date(2026, 3, 16)),
    ("Easter Monday goes on to Tuesday", "DE", date(2026, 3, 23), date(2026, 4, 7)),
    ("Good Friday goes on to the Tuesday after Easter", "DE", date(2026, 3, 20), date(2026, 4, 7)),
    ("Easter Monday is a working day in Portugal", "PT", date(2026, 3, 23), date(2026, 4, 6)),
    ("14 July is a day off in France", "FR", date(2026, 6, 30), date(2026, 7, 15)),
    ("14 July is a working day in Germany", "DE", date(2026, 6, 30), date(2026, 7, 14)),
    ("New Year's Day, a Friday, goes on to Monday", "DE", date(2026, 12, 18), date(2027, 1, 4)),
    ("the clocks go forward on 29 March", "DE", date(2026, 3, 17), date(2026, 3, 31)),
    ("the clocks go back on 25 October", "DE", date(2026, 10, 13), date(2026, 10, 27)),
    ("over 29 February", "DE", date(2028, 2, 18), date(2028, 3, 3)),
]


@pytest.mark.usefixtures("_host")
@pytest.mark.parametrize(
    ("country", "delivered_on", "last"), [row[1:] for row in FOURTEEN_DAYS], ids=[row[0] for row in FOURTEEN_DAYS]
)
def test_fourteen_days_in_europe(country: str, delivered_on: date, last: date) -> None:
    last_moment = end_of(last, BERLIN)
    found = in_europe(delivered_on, last_moment, country)
    assert (found.outcome, found.window_ends_on) == ("accept", last)
    assert in_europe(delivered_on, last_moment + MILLISECOND, country).outcome == "reject"


LAST_MOMENTS = [
    ("a day of 23 hours in Berlin", "Europe/Berlin", date(2026, 3, 29), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
    ("the day before it", "Europe/Berlin", date(2026, 3, 28), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
    ("a day of 25 hours in Berlin", "Europe/Berlin", date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ("a day in Shanghai", "Asia/Shanghai", date(2026, 12, 31), datetime(2026, 12, 31, 16, 0, tzinfo=UTC)),
    ("a midnight that São Paulo skipped", "America/Sao_Paulo", date(2018, 11, 3), datetime(2018, 11, 4, 3, tzinfo=UTC)),
    ("a midnight that Havana had twice", "America/Havana", date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),
]


@pytest.mark.parametrize(
    ("zone", "last", "next_day"), [row[1:] for row in LAST_MOMENTS], ids=[row[0] for row in LAST_MOMENTS]
)
def test_a_day_ends_a_millisecond_before_the_next(zone: str, last: date, next_day: datetime) -> None:
    assert end_of(last, ZoneInfo(zone)) == next_day - MILLISECOND


MONTHS = [
    ("two years", date(2024, 10, 14), 24, date(2026, 10, 14)),
    ("two years from 29 February", date(2028, 2, 29), 24, date(2030, 2, 28)),
    ("four years from 29 February", date(2028, 2, 29), 48, date(2032, 2, 29)),
    ("a month from 31 January", date(2026, 1, 31), 1, date(2026, 2, 28)),
    ("six months from 31 August into a leap year", date(2027, 8, 31), 6, date(2028, 2, 29)),
    ("a month over the year's end", date(2026, 12, 15), 1, date(2027, 1, 15)),
    ("a year from New Year's Eve", date(2026, 12, 31), 12, date(2027, 12, 31)),
]


@pytest.mark.parametrize(("start", "months", "last"), [row[1:] for row in MONTHS], ids=[row[0] for row in MONTHS])
def test_months_last_until_the_same_day(start: date, months: int, last: date) -> None:
    assert months_after(start, months) == last
    assert months_since(start, last) == months
    assert months_since(start, last + timedelta(days=1)) == months + 1


def test_what_has_not_come_has_no_days_since() -> None:
    (line,) = gather(application(lines=TEAPOT), order(), store(), History())
    days = (line.facts.days_since_delivery, line.facts.days_since_delivery_at_work, line.facts.months_since_delivery)
    assert (line.facts.delivered, line.delivered_on, days) == (False, None, (None, None, None))


def test_what_came_after_it_was_applied_for_had_not_come_then() -> None:
    """Whenever the policy looks at it."""
    filed = application(lines=TEAPOT)
    day_later = order(delivered_at=filed.filed_at + timedelta(days=1))
    hour_later = order(delivered_at=filed.filed_at + timedelta(hours=1))  # carriers tell late
    told = [gather(filed, known, store(), History())[0].facts for known in (day_later, hour_later)]
    assert [facts.delivered for facts in told] == [False, True]
    assert [facts.days_since_delivery for facts in told] == [None, 0]


def test_the_day_of_delivery_is_in_no_month_yet() -> None:
    assert months_since(date(2026, 3, 1), date(2026, 3, 1)) == 0
    assert months_since(date(2026, 3, 1), date(2026, 3, 2)) == 1


def test_a_country_without_a_calendar_has_weekends_off() -> None:
    assert next_working_day(date(2026, 12, 25), "XX") == date(2026, 12, 25)
    assert days_off_before(date(2026, 12, 28), "XX") == 2


days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
countries = st.sampled_from(["AT", "BG", "CN", "DE", "ES", "FR", "GR", "IE", "PL", "PT", "XX"])
ZONES = """
Africa/Cairo America/Havana America/New_York America/Sao_Paulo Asia/Beirut Asia/Kathmandu Asia/Shanghai
Australia/Lord_Howe Europe/Berlin Europe/London Pacific/Kiritimati UTC
"""
zones = st.sampled_from(ZONES.split()).map(ZoneInfo)


@given(delivered_on=days, later=st.integers(0, 60), period=st.integers(0, 40), country=countries)
def test_what_is_counted_and_what_is_told_agree(delivered_on: date, later: int, period: int, country: str) -> None:
    """Filed on or before the last day that is told, if and only if the days at work are within the period."""
    filed_on = delivered_on + timedelta(days=later)
    last = next_working_day(delivered_on + timedelta(days=period), country)
    at_work = max(later - days_off_before(filed_on, country), 0)
    assert (filed_on <= last) == (at_work <= period)


@given(start=days, later=st.integers(0, 1600), months=st.integers(0, 48))
def test_months_that_are_counted_and_told_agree(start: date, later: int, months: int) -> None:
    today = start + timedelta(days=later)
    assert (today <= months_after(start, months)) == (months_since(start, today) <= months)


@given(last=st.dates(date(2000, 1, 1), date(2035, 12, 31)), zone=zones)
def test_the_last_moment_of_a_day_is_in_it_and_the_next_is_not(last: date, zone: ZoneInfo) -> None:
    assert day(end_of(last, zone), zone) == last
    assert day(end_of(last, zone) + MILLISECOND, zone) == last + timedelta(days=1)
