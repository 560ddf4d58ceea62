"""When a desk works: its spans of each weekday, public holidays, and the working days that make up for them.

A span is in wall-clock time of the calendar's zone. Time is counted in real seconds: on the night when clocks change, a
span from one to four is two hours long, or four.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
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
FURTHEST = timedelta(days=2 * 366)
"""How far ahead a due time is looked for: a calendar that is closed for so long has no due time."""


class NeverOpen(Exception):
    """The calendar has no working time within two years."""


class Span(Model):
    """From `opens` to `closes` on the same day; `closes` at 00:00 is midnight at the day's end."""

    opens: time
    closes: time

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


class Calendar(Model):
    """`week` says when each weekday is worked; a weekday that is not in it is not.

    With `holidays_of` a country's public holidays are not worked, and its make-up working days (调休) are, with the
    spans of `made_up_as`. `days` are exceptions by date, and come before both.
    """

    time_zone: TimeZone
    week: dict[Weekday, Spans]
    holidays_of: Country | None = None
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
        for opens, closes in self._open_from(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise NeverOpen

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between the two."""
        total = timedelta(0)
        for opens, closes in self._open_from(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def is_open(self, moment: datetime) -> bool:
        return next((opens for opens, _ in self._open_from(moment)), None) == moment

    def _open_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of working time from `start` on, in its zone, as real moments."""
        zone = ZoneInfo(self.time_zone)
        day = start.astimezone(zone).date()
        last = day + FURTHEST
        while day <= last:
            for opens, closes in self._on(day, zone):
                if closes > start and closes > opens:
                    yield max(opens, start), closes
            day += DAY

    def _on(self, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        for span in self._spans(day):
            ends_on = day + DAY if span.closes == time(0) else day
            yield _moment(day, span.opens, zone), _moment(ends_on, span.closes, zone)

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


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """In UTC: arithmetic within one zone would count wall-clock time."""
    return datetime.combine(day, at, zone).astimezone(ZoneInfo("UTC"))


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Public holidays with their substitutes, and weekend days that are worked for them."""
    import holidays  # noqa: PLC0415 only who counts working time carries it

    known = holidays.country_holidays(country, years=year)
    return frozenset(known), frozenset(known.weekend_workdays)
