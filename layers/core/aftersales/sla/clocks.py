"""The clocks of one case: a pure fold over its timeline. What was missed is caught up by folding again."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from aftersales.applications.lifecycle import DONE, STAFFED, Status, Step, Type
from aftersales.applications.model import Priority, TimelineEvent
from aftersales.model import Model, Moment
from aftersales.sla import clock
from aftersales.sla.clock import Clock, Kind
from aftersales.sla.terms import ServiceTerms

AWAITED_FROM_OUTSIDE = frozenset(
    {
        Status.INFORMATION_WANTED,
        Status.QUOTE_OFFERED,
        Status.AWAITING_PAYMENT,
        Status.AWAITING_GOODS,
        Status.IN_TRANSIT,
    }
)
"""Where the customer or a parcel is awaited: the time to the resolution does not run."""

CUSTOMERS_WORDS = frozenset({Step.INFORMATION_GIVEN, Step.APPEALED, Step.DISPUTED})
"""After these the customer waits to hear from us."""

POLICYS_WORDS = frozenset({Step.ACCEPTED, Step.REJECTED, Step.INFORMATION_REQUESTED})
"""What the policy tells the customer counts as hearing from us; that somebody was found does not."""

FREEING = frozenset({Step.APPEALED, Step.DISPUTED, Step.COMPENSATION_PROPOSED, Step.TAKEN_BACK, Step.HANDED_OVER})
"""Steps after which nobody has it."""

Mark = Literal["warned", "breached"]


class Subject(NamedTuple):
    """What the promises look at, beside the priority."""

    type: Type
    tier: str = ""


class Due(NamedTuple):
    """Something to be told: that a clock has nearly run out, or has."""

    at: Moment
    clock: Clock
    mark: Mark


class Clocks(Model):
    """`running` are those that have not stopped, `past` those that have. `marks` name what was told of which."""

    running: dict[Kind, Clock] = {}
    past: tuple[Clock, ...] = ()
    marks: frozenset[str] = frozenset()
    priority: Priority = "normal"

    def due(self) -> list[Due]:
        """What is to be told next of each clock that runs, the earliest first."""
        found = [due for each in self.running.values() if (due := self._next(each))]
        return sorted(found, key=lambda due: due.at)

    def _next(self, each: Clock) -> Due | None:
        if each.warn_at and not self.is_marked(each, "warned") and not self.is_marked(each, "breached"):
            return Due(each.warn_at, each, "warned")
        if each.due_at and not self.is_marked(each, "breached"):
            return Due(each.due_at, each, "breached")
        return None

    def is_marked(self, each: Clock, mark: Mark) -> bool:
        return f"{each.name}:{mark}" in self.marks


def fold(timeline: Iterable[TimelineEvent], subject: Subject, terms: ServiceTerms) -> Clocks:
    """The clocks after all of `timeline`, the first event first."""
    folding = _Folding(subject, terms)
    for event in timeline:
        folding.take(event)
    return Clocks(
        running=folding.running, past=tuple(folding.past), marks=frozenset(folding.marks), priority=folding.priority
    )


class _Folding:
    def __init__(self, subject: Subject, terms: ServiceTerms) -> None:
        self.subject, self.terms = subject, terms
        self.running: dict[Kind, Clock] = {}
        self.past: list[Clock] = []
        self.marks: set[str] = set()
        self.priority: Priority = "normal"
        self.assigned = False

    def take(self, event: TimelineEvent) -> None:
        if event.step in (Step.SLA_WARNED, Step.SLA_BREACHED):
            self.marks.add(f"{event.data['clock']}:{'warned' if event.step is Step.SLA_WARNED else 'breached'}")
            return
        self.assigned = event.step is Step.ASSIGNED or (self.assigned and event.step not in FREEING)
        self._reprioritise(event)
        self._answers(event)
        self._resolution(event)
        self._people(event)
        self._call_back(event)

    def _reprioritise(self, event: TimelineEvent) -> None:
        told: Priority | None = event.data.get("priority")
        if told is None or told == self.priority:
            return
        self.priority = told
        for kind, each in self.running.items():
            promise = self.terms.promise(kind, self.subject.type, told, self.subject.tier)
            if promise:
                calendar = self.terms.calendars[each.calendar]
                self.running[kind] = each.retarget(promise.minutes[kind] * clock.MINUTE, event.at, calendar)

    def _answers(self, event: TimelineEvent) -> None:
        if event.step is Step.FILED:
            self._start("first_response", event.at)
        if event.step in CUSTOMERS_WORDS and event.actor.kind == "customer":
            self._start("next_response", event.at)
        by_staff = event.actor.kind == "staff" and not event.staff_only and event.step is not Step.ASSIGNED
        if by_staff or event.step in POLICYS_WORDS:
            self._stop("first_response", event.at)
            self._stop("next_response", event.at)

    def _resolution(self, event: TimelineEvent) -> None:
        if event.step in (Step.FILED, Step.APPEALED, Step.DISPUTED):
            self._start("resolution", event.at)
        if event.status_to in DONE:
            for kind in ("first_response", "next_response", "resolution"):
                self._stop(kind, event.at)
        self._run("resolution", event.at, running=event.status_to not in AWAITED_FROM_OUTSIDE)

    def _people(self, event: TimelineEvent) -> None:
        waits = event.status_to in STAFFED | {Status.ACCEPTED}
        if waits and not self.assigned:
            self._start("pickup", event.at, again=False)
        else:
            self._stop("pickup", event.at)
        if event.status_to not in STAFFED or not self.assigned:
            self._stop("idle", event.at)
        elif event.step is Step.ASSIGNED or event.actor.kind in ("staff", "customer"):
            self._start("idle", event.at)
        else:
            self._start("idle", event.at, again=False)

    def _call_back(self, event: TimelineEvent) -> None:
        if event.step is Step.FOLLOW_UP_DUE:
            self._start("follow_up", event.at)
        elif event.step is Step.FOLLOWED_UP:
            self._stop("follow_up", event.at)

    def _start(self, kind: Kind, at: Moment, *, again: bool = True) -> None:
        """From the beginning `again`, or only where none is there."""
        if kind in self.running:
            if not again:
                return
            self._stop(kind, at)
        promise = self.terms.promise(kind, self.subject.type, self.priority, self.subject.tier)
        if promise:
            calendar = self.terms.calendars[promise.calendar]
            new = Clock(
                kind=kind,
                calendar=promise.calendar,
                target=promise.minutes[kind] * clock.MINUTE,
                warn_share=self.terms.warn_share,
                started_at=at,
            )
            self.running[kind] = new.resume(at, calendar)

    def _stop(self, kind: Kind, at: Moment) -> None:
        if each := self.running.pop(kind, None):
            self.past.append(each.stop(at, self.terms.calendars[each.calendar]))

    def _run(self, kind: Kind, at: Moment, *, running: bool) -> None:
        if each := self.running.get(kind):
            calendar = self.terms.calendars[each.calendar]
            self.running[kind] = each.resume(at, calendar) if running else each.pause(at, calendar)
