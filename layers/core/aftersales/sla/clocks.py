"""The clocks of one case, what was told of each, and what is to be told next."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Priority
from aftersales.model import Model, Moment
from aftersales.sla.clock import Clock, ClockKind, Kind, Reason

Mark = Literal["warned", "breached", "raised", "escalated", "taken_back"]

MARKS: dict[Step, Mark] = {
    Step.SLA_WARNED: "warned",
    Step.SLA_BREACHED: "breached",
    Step.PRIORITY_CHANGED: "raised",
    Step.ESCALATED: "escalated",
}
"""What a step says was done about the clock that its data names. What is taken back has no clock any more."""

CONSEQUENCES: dict[ClockKind, tuple[Mark, ...]] = {
    "pickup": ("escalated",),
    "first_response": ("raised", "escalated"),
    "next_response": ("raised",),
    "resolution": ("raised", "escalated"),
    "follow_up": (),
    "idle": ("taken_back",),
    "task": ("escalated",),
}
"""What a breach leads to, in this order."""


def consequences(kind: ClockKind, priority: Priority) -> tuple[Mark, ...]:
    """Nothing is raised above urgent, and of what nobody has only the urgent is escalated."""
    if priority == "urgent":
        return tuple(mark for mark in CONSEQUENCES[kind] if mark != "raised")
    return () if kind == "pickup" else CONSEQUENCES[kind]


class Due(NamedTuple):
    """Something to be told: that a clock has nearly run out, or has, and what follows from that."""

    at: Moment
    clock: Clock
    mark: Mark


class Clocks(Model):
    """`running` are those that have not stopped, `past` those that have; `tasks` those of tasks that are not done, by
    their ids. `marks` name what was told of which.

    `escalated`: why a lead should look; until somebody is given it, or who has it or leads does something about it.
    """

    running: dict[Kind, Clock] = {}
    tasks: dict[str, Clock] = {}
    past: tuple[Clock, ...] = ()
    marks: frozenset[str] = frozenset()
    priority: Priority = "normal"
    escalated: Reason | None = None

    def first(self, name: Literal["due_at", "warn_at"]) -> dict[ClockKind, Moment]:
        """Of each kind that is known, and of tasks the earliest."""
        clocks = [*self.running.values(), *self.tasks.values()]
        known = [(moment, each.kind) for each in clocks if (moment := getattr(each, name))]
        return {kind: moment for moment, kind in sorted(known, reverse=True)}

    def due(self) -> list[Due]:
        """What is to be told next of each clock that has not stopped, the earliest first."""
        clocks = (*self.running.values(), *self.tasks.values())
        found = [due for each in clocks if (due := next(self._untold(each), None))]
        return sorted(found, key=lambda due: due.at)

    def _untold(self, each: Clock) -> Iterator[Due]:
        if each.warn_at and not self._is_marked(each, "warned") and not self._is_marked(each, "breached"):
            yield Due(each.warn_at, each, "warned")
        if each.due_at:
            for mark in ("breached", *consequences(each.kind, self.priority)):
                if not self._is_done(each, mark):
                    yield Due(each.due_at, each, mark)

    def _is_done(self, each: Clock, mark: Mark) -> bool:
        """What lies idle and is for nobody else is escalated instead."""
        instead = mark == "taken_back" and self._is_marked(each, "escalated")
        return instead or self._is_marked(each, mark)

    def _is_marked(self, each: Clock, mark: Mark) -> bool:
        return f"{each.name}:{mark}" in self.marks
