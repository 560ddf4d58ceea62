"""Where a case stands by its clocks: what the index of due times holds of it, from the filing until it ends."""

from datetime import datetime
from zlib import crc32

from aftersales.applications.lifecycle import DONE, FOR_A_PERSON, OPEN, Status, Type
from aftersales.applications.model import Priority
from aftersales.model import Model, Moment
from aftersales.sla.clock import ClockKind, Reason

SHARDS = 8


class Summary(Model):
    """After `version` changes, folded with the terms of that fingerprint.

    `due_at` and `warn_at` are those of the clocks that run, or have run out. `due_next`: when the sweep has something
    to tell. `escalated`: why a lead should look.
    """

    number: str
    version: int
    terms: str
    store_id: str
    team: str
    status: Status
    type: Type
    priority: Priority
    assignee: str | None = None
    filed_at: Moment
    due_at: dict[ClockKind, Moment] = {}
    warn_at: dict[ClockKind, Moment] = {}
    due_next: Moment | None = None
    escalated: Reason | None = None
    folded_at: Moment

    @property
    def shard(self) -> str:
        """Spread evenly, and the same for ever."""
        return str(crc32(self.number.encode()) % SHARDS)

    @property
    def is_over(self) -> bool:
        """It has ended, and nobody is to be called back."""
        return self.status not in OPEN and not self.due_at

    @property
    def is_at_work(self) -> bool:
        """The desk has something left to do."""
        return self.status not in DONE

    @property
    def is_unowned(self) -> bool:
        return self.status in FOR_A_PERSON and self.assignee is None

    def is_breached(self, now: datetime) -> bool:
        return any(due <= now for due in self.due_at.values())

    def is_near_due(self, now: datetime) -> bool:
        """Worth a warning by one clock, and late by none."""
        return not self.is_breached(now) and any(warn <= now for warn in self.warn_at.values())
