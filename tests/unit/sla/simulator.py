"""The clocks of a case once more, by counting minutes one by one: slow, and made of other ideas than what it checks.

Nothing is worked out ahead: each minute that is open adds one to every clock that runs, and a clock is due when its
target has been counted. Histories are in whole minutes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from aftersales.applications.lifecycle import DONE, STAFFED, TALKING, Status, Step, Type
from aftersales.applications.model import Priority, TimelineEvent
from aftersales.sla.calendar import WEEKDAYS, Calendar, Span
from aftersales.sla.clock import Kind
from aftersales.sla.fold import AT_REST, AWAITED_FROM_OUTSIDE, CUSTOMERS_WORDS, POLICYS_WORDS
from aftersales.sla.terms import Promise, ServiceTerms

MINUTE = timedelta(minutes=1)
FOR_SOMEBODY = STAFFED | {Status.ACCEPTED}


class Counter:
    """`due`: the moment at which the target had been counted; none while it has not been."""

    def __init__(self, kind: Kind, promise: Promise, started: int) -> None:
        self.kind, self.promise, self.started = kind, promise, started
        self.spent, self.runs = 0, True
        self.due: int | None = None

    @property
    def target(self) -> int:
        return self.promise.minutes[self.kind]

    def minute(self, at: int, opened: frozenset[int]) -> None:
        if not self.runs or at not in opened:
            return
        if self.due is None and self.spent >= self.target:
            self.due = at
        self.spent += 1
        if self.due is None and self.spent >= self.target:
            self.due = at + 1

    def hold(self, at: int, *, runs: bool) -> None:
        """Until just its due time it was in time."""
        if self.runs and not runs and self.due == at:
            self.due = None
        self.runs = runs

    def promised(self, promise: Promise, at: int) -> None:
        if (promise.minutes[self.kind], promise.calendar) == (self.target, self.promise.calendar):
            return
        if self.due is None:
            self.promise = promise


def open_minutes(calendar: Calendar, start: datetime, minutes: int) -> frozenset[int]:
    """Those after `start`, by what the clock on the wall says: where no span holds a time that comes twice."""
    zone = ZoneInfo(calendar.time_zone)
    walls = ((minute, (start + minute * MINUTE).astimezone(zone)) for minute in range(minutes))
    return frozenset(minute for minute, wall in walls if _is_open(calendar, wall))


def _is_open(calendar: Calendar, wall: datetime) -> bool:
    spans = calendar.days.get(wall.date(), calendar.week.get(WEEKDAYS[wall.weekday()], ()))
    return any(_covers(span, wall.hour * 60 + wall.minute) for span in spans)


def _covers(span: Span, minute: int) -> bool:
    closes = span.closes.hour * 60 + span.closes.minute
    return span.opens.hour * 60 + span.opens.minute <= minute < (closes or 24 * 60)


class Stood(NamedTuple):
    """How a clock stood at the end of the history, and when it was or will be due. In minutes after the beginning."""

    kind: Kind
    started: int
    spent: int
    runs: bool
    due: int | None


class Simulation:
    """`opened` are the open minutes of each calendar. What has happened says which clocks there are."""

    def __init__(self, type_: Type, terms: ServiceTerms, opened: Mapping[str, frozenset[int]]) -> None:
        self.type, self.terms, self.opened = type_, terms, opened
        self.priority: Priority = "normal"
        self.has_it = False
        self.counters: dict[Kind, Counter] = {}

    def run(self, history: Iterable[tuple[int, TimelineEvent]], end: int, further: int) -> list[Stood]:
        """Until `end`; from there on nothing happens, and clocks run out `further` minutes or do not."""
        now = 0
        for at, event in history:
            self._pass(now, at)
            self.hear(event, at)
            now = at
        self._pass(now, end)
        known = [(each, each.spent) for each in self.counters.values()]
        self._pass(end, end + further)
        return [Stood(each.kind, each.started, spent, each.runs, each.due) for each, spent in known]

    def _pass(self, start: int, end: int) -> None:
        for minute in range(start, end):
            for counter in self.counters.values():
                counter.minute(minute, self.opened[counter.promise.calendar])

    def hear(self, event: TimelineEvent, at: int) -> None:
        self.has_it = bool(event.data.get("assignee", self.has_it))
        self._reckon(event, at)
        for kind in self._ended(event):
            self.counters.pop(kind, None)
        for kind in self._begun(event):
            self._begin(kind, at)
        if "resolution" in self.counters:
            self.counters["resolution"].hold(at, runs=event.status_to not in AWAITED_FROM_OUTSIDE)

    def _reckon(self, event: TimelineEvent, at: int) -> None:
        self.priority = event.data.get("priority", self.priority)
        self.type = Type(event.data.get("to", self.type))
        for counter in self.counters.values():
            if promise := self._promise(counter.kind):
                counter.promised(promise, at)

    def _promise(self, kind: Kind) -> Promise | None:
        return self.terms.promise(kind, self.type, self.priority)

    def _begin(self, kind: Kind, at: int) -> None:
        if (promise := self._promise(kind)) and kind not in self.counters:
            self.counters[kind] = Counter(kind, promise, at)

    def _ended(self, event: TimelineEvent) -> Iterable[Kind]:
        by_staff = event.actor.kind == "staff"
        heard = by_staff and not event.staff_only and event.step is not Step.ASSIGNED
        promised = event.step is Step.ACCEPTED and self.type in TALKING
        if heard or (event.step in POLICYS_WORDS and not promised) or event.status_to in DONE:
            yield from ("first_response", "next_response")
        if event.status_to in DONE:
            yield "resolution"
        if event.status_to not in FOR_SOMEBODY or self.has_it:
            yield "pickup"
        if by_staff or event.step is Step.ASSIGNED or not self._may_idle(event):
            yield "idle"
        if event.step is Step.FOLLOWED_UP:
            yield "follow_up"

    def _begun(self, event: TimelineEvent) -> Iterable[Kind]:
        if event.step is Step.FILED:
            yield from ("first_response", "resolution")
        if event.step in (Step.APPEALED, Step.DISPUTED):
            yield "resolution"
        if event.step in CUSTOMERS_WORDS and event.actor.kind == "customer":
            yield "next_response"
        if event.status_to in FOR_SOMEBODY and not self.has_it:
            yield "pickup"
        if self._may_idle(event):
            yield "idle"
        if event.step is Step.FOLLOW_UP_DUE:
            yield "follow_up"

    def _may_idle(self, event: TimelineEvent) -> bool:
        return self.has_it and event.status_to in STAFFED - AT_REST
