"""What happens to one case, told as its timeline; and how its clocks stand after that, by the desk's own terms."""

from typing import Any, Literal

from aftersales.applications.lifecycle import STAFF_ONLY, Status, Step, Type
from aftersales.applications.model import TimelineEvent
from aftersales.sla.clock import Clock, Kind
from aftersales.sla.clocks import Clocks
from aftersales.sla.fold import Subject, fold
from aftersales.sla.promised import default
from aftersales.sla.terms import ServiceTerms
from tests.unit.builders import event
from tests.unit.sla.calendars import shanghai

By = Literal["customer", "staff", "storefront", "system"]


class Story:
    """Times are those in Shanghai."""

    def __init__(self, terms: ServiceTerms | None = None, type_: Type = Type.RETURN_REFUND) -> None:
        self.terms, self.type = terms or default(), type_
        self.events: list[TimelineEvent] = []
        self.status: Status | None = None

    def then(self, at: str, step: Step, to: Status | None = None, by: By = "system", **data: Any) -> "Story":
        """Without `to` it stays where it is."""
        happened = event(
            step,
            version=len(self.events) + 1,
            at=shanghai(at),
            actor={"kind": by},
            status_from=self.status,
            status_to=to or self.status,
            staff_only=step in STAFF_ONLY,
            data=data,
        )
        self.events.append(happened)
        self.status = happened.status_to
        return self

    def clocks(self) -> Clocks:
        return fold(self.events, Subject(self.type), self.terms)

    def running(self, kind: Kind) -> Clock:
        return self.clocks().running[kind]

    def past(self, kind: Kind) -> Clock:
        """The last of its kind that has stopped."""
        return [clock for clock in self.clocks().past if clock.kind == kind][-1]


def filed(at: str = "2026-03-09 10:30", **more: Any) -> Story:
    return Story(**more).then(at, Step.FILED, Status.SUBMITTED, by="customer")
