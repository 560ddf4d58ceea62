"""Where the clocks of a case stand: a pure fold over its timeline. What was missed is caught up by folding again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from aftersales.applications.lifecycle import DONE, FOR_A_PERSON, STAFFED, TALKING, Status, Step, Type
from aftersales.applications.model import Priority, TimelineEvent
from aftersales.model import Moment
from aftersales.sla.clock import MINUTE, Clock, Kind, Reason
from aftersales.sla.clocks import MARKS, Clocks
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

CHANGING_HANDS = frozenset({Step.ASSIGNED, Step.HANDED_OVER})

POLICYS_WORDS = frozenset({Step.ACCEPTED, Step.REJECTED, Step.INFORMATION_REQUESTED})
"""What the policy tells the customer counts as hearing from us; that somebody was found does not."""


class Subject(NamedTuple):
    """What the promises look at, beside the priority. The type is what it has come to."""

    type: Type
    tier: str = ""


def fold(timeline: Sequence[TimelineEvent], subject: Subject, terms: ServiceTerms) -> Clocks:
    """The clocks after all of `timeline`, the first event first."""
    changes = (event.data["from"] for event in timeline if event.step is Step.REMEDY_CHANGED)
    folding = _Folding(subject._replace(type=Type(next(changes, subject.type))), terms)
    for event in timeline:
        folding.take(event)
    return Clocks(
        running=folding.running,
        tasks=folding.tasks,
        past=tuple(folding.past),
        marks=frozenset(folding.marks),
        priority=folding.priority,
        escalated=folding.escalated,
    )


class _Folding:
    def __init__(self, subject: Subject, terms: ServiceTerms) -> None:
        self.subject, self.terms = subject, terms
        self.running: dict[Kind, Clock] = {}
        self.past: list[Clock] = []
        self.tasks: dict[str, Clock] = {}
        self.marks: set[str] = set()
        self.priority: Priority = "normal"
        self.assigned = False
        self.escalated: Reason | None = None

    def take(self, event: TimelineEvent) -> None:
        if event.step in MARKS and "clock" in event.data:
            self.marks.add(f"{event.data['clock']}:{MARKS[event.step]}")
        if event.step in (Step.SLA_WARNED, Step.SLA_BREACHED):
            return
        if "assignee" in event.data:
            self.assigned = event.data["assignee"] is not None
        self._reckon(event)
        self._answers(event)
        self._resolution(event)
        self._tasks(event)
        self._people(event)
        self._call_back(event)
        self._escalation(event)

    def _reckon(self, event: TimelineEvent) -> None:
        """What has become more or less urgent, or something else, is promised anew."""
        before = self.priority, self.subject.type
        self.priority = event.data.get("priority", self.priority)
        if event.step is Step.REMEDY_CHANGED:
            self.subject = self.subject._replace(type=Type(event.data["to"]))
        if before == (self.priority, self.subject.type):
            return
        for kind, each in self.running.items():
            promise = self.terms.promise(kind, self.subject.type, self.priority, self.subject.tier)
            if promise:
                old, new = self.terms.calendars[each.calendar], self.terms.calendars[promise.calendar]
                target = promise.minutes[kind] * MINUTE
                self.running[kind] = each.retarget(target, promise.calendar, event.at, old, new)

    def _answers(self, event: TimelineEvent) -> None:
        if event.step is Step.FILED:
            self._start("first_response", event.at)
        if is_customers_word(event):
            self._start("next_response", event.at)
        if is_word_of_ours(event, self.subject.type):
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
        if event.step is Step.ASSIGNED or _is_seen_to(event):
            self._stop("idle", event.at)
        if event.status_to in STAFFED - AT_REST and self.assigned and not self.tasks:
            self._start("idle", event.at)
        else:
            self._stop("idle", event.at)

    def _tasks(self, event: TimelineEvent) -> None:
        """While another department is at it, who has the case does not let it lie."""
        if event.step is Step.TASK_OPENED:
            self.tasks[event.data["task_id"]] = self._task(event.at, datetime.fromisoformat(event.data["due_at"]))
        elif event.step is Step.TASK_DONE:
            self.tasks.pop(event.data["task_id"], None)

    def _task(self, at: Moment, due_at: Moment) -> Clock:
        """By the clock on the wall: whoever opened it said when."""
        time = due_at - at
        return Clock(
            kind="task",
            calendar="",
            target=time // timedelta(milliseconds=1),
            warn_share=self.terms.warn_share,
            started_at=at,
            running_since=at,
            due_at=due_at,
            warn_at=at + time * self.terms.warn_share / 100,
        )

    def _call_back(self, event: TimelineEvent) -> None:
        if event.step is Step.FOLLOW_UP_DUE:
            self._start("follow_up", event.at)
        elif event.step is Step.FOLLOWED_UP:
            self._stop("follow_up", event.at)

    def _escalation(self, event: TimelineEvent) -> None:
        if event.step is Step.ESCALATED:
            self.escalated = event.data["reason"]
        elif event.step in CHANGING_HANDS or event.status_to in DONE:
            self.escalated = None
        elif self.escalated != "nobody_can":
            self.escalated = None if _is_seen_to(event) else self.escalated

    def _start(self, kind: Kind, at: Moment) -> None:
        """One that is there goes on: what is waited for has been waited for since then."""
        promise = self.terms.promise(kind, self.subject.type, self.priority, self.subject.tier)
        if promise and kind not in self.running:
            new = Clock(
                kind=kind,
                calendar=promise.calendar,
                target=promise.minutes[kind] * MINUTE,
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


def is_customers_word(event: TimelineEvent) -> bool:
    """After which they wait to hear from us."""
    return event.step in CUSTOMERS_WORDS and event.actor.kind == "customer"


def is_word_of_ours(event: TimelineEvent, type_: Type) -> bool:
    """The customer hears of us: of a person, or of the policy. That somebody will answer what they say is no answer."""
    by_staff = event.actor.kind == "staff" and not event.staff_only and event.step is not Step.ASSIGNED
    is_promise = event.step is Step.ACCEPTED and type_ in TALKING
    return by_staff or (event.step in POLICYS_WORDS and not is_promise)


def _is_seen_to(event: TimelineEvent) -> bool:
    """Somebody did something about it who has it, or leads."""
    return event.actor.kind == "staff" and not event.data.get("aside")
