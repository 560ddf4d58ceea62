"""A clock: so much working time for something to happen. It runs, is paused, resumes and stops."""

from contextlib import suppress
from datetime import timedelta
from typing import Literal

from aftersales.clock import rfc3339
from aftersales.model import Model, Moment
from aftersales.sla.calendar import Calendar, NeverOpen

Kind = Literal["pickup", "first_response", "next_response", "resolution", "follow_up", "idle"]
ClockKind = Literal[Kind, "task"]
Reason = Literal[ClockKind, "nobody_can"]
"""Until somebody has it; until the customer hears of us first, and after each word of theirs; until all is done; until
they are called back. `idle` is how long who has it may let it lie. A `task` of another department has a time of its
own, and is promised to nobody. What is escalated is so for one of them, or because nobody on the roster may do it.
"""

MINUTE = 60_000
"""Milliseconds."""


class Clock(Model):
    """`target` and `spent` are milliseconds in the calendar of that name; `spent` is what ran before `running_since`.

    It is due at `due_at`, and worth a warning at `warn_at`: while it runs, and for good once that has passed. Neither
    is known where the calendar does not open for so long.
    """

    kind: ClockKind
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
                "due_at": self.due_at or self._when(self.target, at, calendar),
                "warn_at": self.warn_at or self._when(self.target * self.warn_share // 100, at, calendar),
            }
        )

    def _when(self, spent: int, at: Moment, calendar: Calendar) -> Moment | None:
        """When so much will have been spent, if it runs from then on."""
        with suppress(NeverOpen):
            return calendar.after(at, timedelta(milliseconds=max(0, spent - self.spent)))
        return None

    def pause(self, at: Moment, calendar: Calendar) -> "Clock":
        if not self.runs:
            return self
        return self.model_copy(
            update={
                "spent": self.spent_by(at, calendar),
                "running_since": None,
                "due_at": _passed(self.due_at, at),
                "warn_at": _passed(self.warn_at, at),
            }
        )

    def stop(self, at: Moment, calendar: Calendar) -> "Clock":
        return self if self.stopped_at else self.pause(at, calendar).model_copy(update={"stopped_at": at})

    def retarget(self, target: int, name: str, at: Moment, old: Calendar, new: Calendar) -> "Clock":
        """What has run in the `old` calendar counts against the new target, which runs in `new`, called `name`.

        What is late stays late, since then.
        """
        late = self.due_at is not None and self.due_at <= at
        if self.stopped_at or late or (target, name) == (self.target, self.calendar):
            return self
        paused = self.pause(at, old).model_copy(update={"target": target, "calendar": name, "warn_at": None})
        return paused.resume(at, new) if self.runs else paused

    def spent_by(self, at: Moment, calendar: Calendar) -> int:
        """Working milliseconds until then."""
        if self.running_since is None:
            return self.spent
        return self.spent + calendar.between(self.running_since, at) // timedelta(milliseconds=1)

    def is_breached(self, at: Moment) -> bool:
        """Whether it was due before then, or before it stopped."""
        return self.due_at is not None and self.due_at < at


def _passed(moment: Moment | None, at: Moment) -> Moment | None:
    return moment if moment and moment < at else None
