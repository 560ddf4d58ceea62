"""When a desk works: its spans of each weekday, public holidays, and the working days that make up for them.

A span is in wall-clock time of the calendar's zone. Time is counted in real seconds: on the night when clocks change, a
span from one to four is two hours long, or four. A time that does not come that night is the moment when clocks are put
forward; of one that comes twice it is the first.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from aftersales.model import Country, Model
from aftersales.zones import TimeZone

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
FURTHEST = timedelta(days=2 * 366)
"""How far ahead a due time is looked for: a calendar that is closed for so long has no due time."""


class NeverOpen(Exception):
    """The calendar has not so much working time within two years."""


def _of_the_zone(at: time) -> time:
    if at.tzinfo:
        raise ValueError("a time of day is in the zone of the calendar, and names none")
    return at


WallTime = Annotated[time, AfterValidator(_of_the_zone)]


class Span(Model):
    """From `opens` to `closes` on the same day; `closes` at 00:00 is midnight at the day's end."""

    opens: WallTime
    closes: WallTime

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Span":
        if self.closes != time(0) and self.closes <= self.opens:
            raise ValueError("a span closes after it opens, on the same day")
        return self


def _apart(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    ordered = sorted(spans, key=lambda span: span.opens)
    if any(earlier.closes == time(0) or later.opens < earlier.closes for earlier, later in pairwise(ordered)):
        raise ValueError("two spans of a day overlap")
    return tuple(ordered)


Spans = Annotated[tuple[Span, ...], Field(max_length=6), AfterValidator(_apart)]


def _with_known_holidays(country: str) -> str:
    import holidays  # noqa: PLC0415 only who counts working time carries it

    if country not in holidays.list_supported_countries():
        raise ValueError(f"the public holidays of {country} are not known")
    return country


class Calendar(Model):
    """`week` says when each weekday is worked; a weekday that is not in it is not.

    With `holidays_of` a country's public holidays are not worked, and its make-up working days (调休) are, with the
    spans of `made_up_as`. `days` are exceptions by date, and come before both.
    """

    time_zone: TimeZone
    week: dict[Weekday, Spans]
    holidays_of: Annotated[Country, AfterValidator(_with_known_holidays)] | None = None
    made_up_as: Weekday = "monday"
    days: Annotated[dict[date, Spans], Field(max_length=400)] = {}

    @model_validator(mode="after")
    def _opens_at_all(self) -> "Calendar":
        if not any(self.week.values()):
            raise ValueError("a calendar opens on some weekday")
        return self

    def after(self, start: datetime, working: timedelta) -> datetime:
        """The moment when so much working time has passed since `start`; no time passes while it is closed.

        Raises `NeverOpen`.
        """
        left = working
        for opens, closes in self._open(start, start + FURTHEST):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise NeverOpen

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between the two."""
        open_ = self._open(start, end)
        return sum((min(closes, end) - opens for opens, closes in open_ if opens < end), timedelta(0))

    def is_open(self, moment: datetime) -> bool:
        return any(opens == moment for opens, _ in self._open(moment, moment))

    def _open(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of working time from `start` to the day of `end`, as moments in UTC."""
        zone = ZoneInfo(self.time_zone)
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        start = start.astimezone(UTC)
        while day <= last:
            for span in self._spans(day):
                opens, closes = _moment(day, span.opens, zone), _closing(day, span, zone)
                if closes > max(opens, start):
                    yield max(opens, start), closes
            day += DAY

    def _spans(self, day: date) -> tuple[Span, ...]:
        if day in self.days:
            return self.days[day]
        if self.holidays_of:
            off, made_up = _holidays(self.holidays_of, day.year)
            if day in off:
                return ()
            if day in made_up:
                return self.week.get(self.made_up_as, ())
        return self.week.get(WEEKDAYS[day.weekday()], ())


def _closing(day: date, span: Span, zone: ZoneInfo) -> datetime:
    return _moment(day + DAY if span.closes == time(0) else day, span.closes, zone)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """In UTC: arithmetic within one zone would count wall-clock time."""
    wall = datetime.combine(day, at, zone)
    before, after = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if before is None or after is None or after <= before:
        return wall.astimezone(UTC)
    return _put_forward(wall.replace(fold=1).astimezone(UTC), after - before, zone)


def _put_forward(earliest: datetime, within: timedelta, zone: ZoneInfo) -> datetime:
    """The second at which clocks are put forward by `within`, at the earliest then."""
    offset = (earliest + within).astimezone(zone).utcoffset()

    def is_forward(second: int) -> int:
        return int((earliest + second * SECOND).astimezone(zone).utcoffset() == offset)

    return earliest + SECOND * bisect_left(range(within // SECOND), 1, key=is_forward)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Public holidays with their substitutes, and weekend days that are worked for them.

    Those of China are known once the State Council has told them, in November of the year before.
    """
    import holidays  # noqa: PLC0415 only who counts working time carries it

    known = holidays.country_holidays(country, years=year)
    return frozenset(known), frozenset(known.weekend_workdays)
