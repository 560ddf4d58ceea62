"""The clocks of one case: a pure fold over its timeline. What was missed is caught up by folding again."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from aftersales.applications.lifecycle import DONE, FOR_A_PERSON, STAFFED, Status, Step, Type
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

AT_REST = frozenset({Status.VISIT_PLANNED, Status.IN_REPAIR, Status.AWAITING_PARTS})
"""Where who has it waits for a day or for parts, or is at the bench: they do not let it lie."""

CUSTOMERS_WORDS = frozenset({Step.INFORMATION_GIVEN, Step.APPEALED, Step.DISPUTED})
"""After these the customer waits to hear from us."""

POLICYS_WORDS = frozenset({Step.ACCEPTED, Step.REJECTED, Step.INFORMATION_REQUESTED})
"""What the policy tells the customer counts as hearing from us; that somebody was found does not."""

Mark = Literal["warned", "breached", "raised", "escalated", "taken_back"]

MARKS: dict[Step, Mark] = {
    Step.SLA_WARNED: "warned",
    Step.SLA_BREACHED: "breached",
    Step.PRIORITY_CHANGED: "raised",
    Step.ESCALATED: "escalated",
}
"""What a step says was done about the clock that its data names. What is taken back has no clock any more."""

CONSEQUENCES: dict[Kind, tuple[Mark, ...]] = {
    "pickup": ("escalated",),
    "first_response": ("raised", "escalated"),
    "next_response": ("raised",),
    "resolution": ("raised", "escalated"),
    "follow_up": (),
    "idle": ("taken_back",),
}
"""What a breach leads to, in this order. Nothing is raised above urgent, and only an urgent pickup is escalated."""


class Subject(NamedTuple):
    """What the promises look at, beside the priority."""

    type: Type
    tier: str = ""


class Due(NamedTuple):
    """Something to be told: that a clock has nearly run out, or has, and what follows from that."""

    at: Moment
    clock: Clock
    mark: Mark


class Clocks(Model):
    """`running` are those that have not stopped, `past` those that have. `marks` name what was told of which.

    `escalated_at`: since then a lead should look; until somebody takes it, or does something about it.
    """

    running: dict[Kind, Clock] = {}
    past: tuple[Clock, ...] = ()
    marks: frozenset[str] = frozenset()
    priority: Priority = "normal"
    escalated_at: Moment | None = None

    def due(self) -> list[Due]:
        """What is to be told next of each clock that has not stopped, the earliest first."""
        found = [due for each in self.running.values() if (due := next(self._untold(each), None))]
        return sorted(found, key=lambda due: due.at)

    def _untold(self, each: Clock) -> Iterator[Due]:
        if each.warn_at and not self._is_marked(each, "warned") and not self._is_marked(each, "breached"):
            yield Due(each.warn_at, each, "warned")
        if each.due_at:
            for mark in ("breached", *self._consequences(each)):
                if not self._is_marked(each, mark):
                    yield Due(each.due_at, each, mark)

    def _consequences(self, each: Clock) -> Iterator[Mark]:
        is_urgent = self.priority == "urgent"
        for mark in CONSEQUENCES[each.kind]:
            if not (mark == "raised" and is_urgent) and (each.kind != "pickup" or is_urgent):
                yield mark

    def _is_marked(self, each: Clock, mark: Mark) -> bool:
        return f"{each.name}:{mark}" in self.marks


def fold(timeline: Iterable[TimelineEvent], subject: Subject, terms: ServiceTerms) -> Clocks:
    """The clocks after all of `timeline`, the first event first."""
    folding = _Folding(subject, terms)
    for event in timeline:
        folding.take(event)
    return Clocks(
        running=folding.running,
        past=tuple(folding.past),
        marks=frozenset(folding.marks),
        priority=folding.priority,
        escalated_at=folding.escalated_at,
    )


class _Folding:
    def __init__(self, subject: Subject, terms: ServiceTerms) -> None:
        self.subject, self.terms = subject, terms
        self.running: dict[Kind, Clock] = {}
        self.past: list[Clock] = []
        self.marks: set[str] = set()
        self.priority: Priority = "normal"
        self.assigned = False
        self.escalated_at: Moment | None = None

    def take(self, event: TimelineEvent) -> None:
        if event.step in MARKS and "clock" in event.data:
            self.marks.add(f"{event.data['clock']}:{MARKS[event.step]}")
        if event.step in (Step.SLA_WARNED, Step.SLA_BREACHED):
            return
        if "assignee" in event.data:
            self.assigned = event.data["assignee"] is not None
        self._reprioritise(event)
        self._answers(event)
        self._resolution(event)
        self._people(event)
        self._call_back(event)
        self._escalation(event)

    def _reprioritise(self, event: TimelineEvent) -> None:
        told: Priority | None = event.data.get("priority")
        if told is None or told == self.priority:
            return
        self.priority = told
        for kind, each in self.running.items():
            promise = self.terms.promise(kind, self.subject.type, told, self.subject.tier)
            if promise:
                old, new = self.terms.calendars[each.calendar], self.terms.calendars[promise.calendar]
                target = promise.minutes[kind] * clock.MINUTE
                self.running[kind] = each.retarget(target, promise.calendar, event.at, old, new)

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
        """Who has it shows life by what they do, and not by what the customer or the desk does."""
        if event.status_to in FOR_A_PERSON and not self.assigned:
            self._start("pickup", event.at)
        else:
            self._stop("pickup", event.at)
        if event.step is Step.ASSIGNED or event.actor.kind == "staff":
            self._stop("idle", event.at)
        if event.status_to in STAFFED - AT_REST and self.assigned:
            self._start("idle", event.at)
        else:
            self._stop("idle", event.at)

    def _call_back(self, event: TimelineEvent) -> None:
        if event.step is Step.FOLLOW_UP_DUE:
            self._start("follow_up", event.at)
        elif event.step is Step.FOLLOWED_UP:
            self._stop("follow_up", event.at)

    def _escalation(self, event: TimelineEvent) -> None:
        if event.step is Step.ESCALATED:
            self.escalated_at = event.at
        elif event.step is Step.ASSIGNED or event.actor.kind == "staff" or event.status_to in DONE:
            self.escalated_at = None

    def _start(self, kind: Kind, at: Moment) -> None:
        """One that is there goes on: what is waited for has been waited for since then."""
        promise = self.terms.promise(kind, self.subject.type, self.priority, self.subject.tier)
        if promise and kind not in self.running:
            new = Clock(
                kind=kind,
                calendar=promise.calendar,
                target=promise.minutes[kind] * clock.MINUTE,
                warn_share=self.terms.warn_share,
                started_at=at,
            )
            self.running[kind] = new.resume(at, self.terms.calendars[promise.calendar])

    def _stop(self, kind: Kind, at: Moment) -> None:
        if each := self.running.pop(kind, None):
            self.past.append(each.stop(at, self.terms.calendars[each.calendar]))

    def _run(self, kind: Kind, at: Moment, *, running: bool) -> None:
        if each := self.running.get(kind):
            calendar = self.terms.calendars[each.calendar]
            self.running[kind] = each.resume(at, calendar) if running else each.pause(at, calendar)
