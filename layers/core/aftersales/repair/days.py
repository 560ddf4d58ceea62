"""How often something was repaired, and for how many days the customer was without it: 三包 counts both."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import TimelineEvent

DAY = timedelta(days=1)


class Repaired(NamedTuple):
    """`days` from when the goods were received, or the first visit, to when they went back or were done."""

    times: int
    days: int


def repaired(timeline: list[TimelineEvent]) -> Repaired:
    """Of one application. What could not be repaired, or was not to be, is no repair. A day begun is a day."""
    done = [event.at for event in timeline if event.step is Step.REPAIRED]
    if not done:
        return Repaired(0, 0)
    dispatched = [event.at for event in timeline if event.step is Step.GOODS_DISPATCHED]
    begun, ended = _begun(timeline), max(done + dispatched)
    return Repaired(len(done), _days(begun, ended) if begun else 0)


def _begun(timeline: list[TimelineEvent]) -> datetime | None:
    received = [event.at for event in timeline if event.step is Step.GOODS_RECEIVED]
    return min(received + _visits(timeline), default=None)


def _visits(timeline: list[TimelineEvent]) -> list[datetime]:
    """When somebody came: not what was planned otherwise before the day."""
    plans = [event for event in timeline if event.step is Step.VISIT_PLANNED]
    kept = [plan for plan, later in pairwise(plans) if _planned(plan) <= later.at]
    return [_planned(plan) for plan in (*kept, *plans[-1:])]


def _planned(event: TimelineEvent) -> datetime:
    return datetime.fromisoformat(event.data["at"])


def _days(begun: datetime, ended: datetime) -> int:
    return max(0, -((begun - ended) // DAY))
