"""A clock: so much working time for something to happen. It runs, is paused, resumes and stops."""

from datetime import timedelta
from typing import Literal

from aftersales.clock import rfc3339
from aftersales.model import Model, Moment
from aftersales.sla.calendar import Calendar

Kind = Literal["pickup", "first_response", "next_response", "resolution", "follow_up", "idle"]
"""Until somebody has it; until the customer hears of us first, and after each word of theirs; until all is done; until
they are called back. `idle` is how long who has it may let it lie.
"""

MINUTE = 60_000
"""Milliseconds."""


class Clock(Model):
    """`target` and `spent` are milliseconds in the calendar of that name; `spent` is what ran before `running_since`.

    It is due at `due_at`, and worth a warning at `warn_at`: both only while it runs.
    """

    kind: Kind
    calendar: str
    target: int
    warn_share: int
    started_at: Moment
    spent: int = 0
    running_since: Moment | None = None
    due_at: Moment | None = None
    warn_at: Moment | None = None
    stopped_at: Moment | None = None

    @property
    def name(self) -> str:
        """Which of the case's clocks it is: the same in every folding."""
        return f"{self.kind}@{rfc3339(self.started_at)}"

    @property
    def runs(self) -> bool:
        return self.running_since is not None

    def resume(self, at: Moment, calendar: Calendar) -> "Clock":
        """A stopped one stays as it is."""
        if self.runs or self.stopped_at:
            return self
        return self.model_copy(
            update={
                "running_since": at,
                "due_at": calendar.after(at, _milliseconds(max(0, self.target - self.spent))),
                "warn_at": calendar.after(at, _milliseconds(max(0, self.target * self.warn_share // 100 - self.spent))),
            }
        )

    def pause(self, at: Moment, calendar: Calendar) -> "Clock":
        if not self.runs:
            return self
        spent = self.spent_by(at, calendar)
        return self.model_copy(update={"spent": spent, "running_since": None, "due_at": None, "warn_at": None})

    def stop(self, at: Moment, calendar: Calendar) -> "Clock":
        return self if self.stopped_at else self.pause(at, calendar).model_copy(update={"stopped_at": at})

    def retarget(self, target: int, at: Moment, calendar: Calendar) -> "Clock":
        """What has run counts against the new target."""
        if target == self.target or self.stopped_at:
            return self
        paused = self.pause(at, calendar).model_copy(update={"target": target})
        return paused.resume(at, calendar) if self.runs else paused

    def spent_by(self, at: Moment, calendar: Calendar) -> int:
        """Working milliseconds until then."""
        if self.running_since is None:
            return self.spent
        return self.spent + calendar.between(self.running_since, at) // timedelta(milliseconds=1)

    def is_breached(self, at: Moment, calendar: Calendar) -> bool:
        return self.spent_by(at, calendar) > self.target


def _milliseconds(count: int) -> timedelta:
    return timedelta(milliseconds=count)
