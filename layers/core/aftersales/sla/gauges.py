"""How much there is to do, from the index of due times: what alarms watch and the dashboard shows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from aftersales.applications.lifecycle import OPEN
from aftersales.applications.model import DEFAULT_TEAM
from aftersales.aws import client
from aftersales.settings import Setting
from aftersales.sla.summary import Summary

OPEN_CASES = "OpenCases"
"""All, and also by `Status` and by `Team`."""
NEAR_DUE = "NearDue"
BREACHED = "Breached"
OLDEST_OPEN = "OldestOpen"
"""Seconds since the filing of the oldest that the desk has something left to do about."""
BACKLOG = "BacklogWithoutOwner"
URGENT_UNOWNED = "UrgentWithoutOwner"
ESCALATED = "Escalated"
NOBODY_CAN = "NobodyCan"
"""Of those escalated: the ones that wait for ever as the roster is."""


MOST_AT_ONCE = 1000
"""What one `PutMetricData` takes."""


class Gauge(NamedTuple):
    """`of` is one dimension and its value, or none."""

    name: str
    value: float
    unit: str = "Count"
    of: tuple[str, str] | None = None

    def datum(self, now: datetime) -> dict[str, Any]:
        dimensions = [{"Name": self.of[0], "Value": self.of[1]}] if self.of else []
        plain = {"MetricName": self.name, "Value": self.value, "Unit": self.unit, "Timestamp": now}
        return plain | ({"Dimensions": dimensions} if dimensions else {})


def measure(known: Iterable[Summary], now: datetime, teams: Iterable[str] = ()) -> list[Gauge]:
    """Nothing to do is said, too: as zero, for each of `teams`."""
    cases = list(known)
    opened = [case for case in cases if case.status in OPEN]
    unowned = [case for case in opened if case.is_unowned]
    return [
        Gauge(OPEN_CASES, len(opened)),
        *_by_status(opened),
        *_by_team(opened, teams),
        Gauge(NEAR_DUE, sum(case.is_near_due(now) for case in cases)),
        Gauge(BREACHED, sum(case.is_breached(now) for case in cases)),
        Gauge(OLDEST_OPEN, _oldest(opened, now), "Seconds"),
        Gauge(BACKLOG, len(unowned)),
        Gauge(URGENT_UNOWNED, sum(case.priority == "urgent" for case in unowned)),
        Gauge(ESCALATED, sum(case.escalated is not None for case in opened)),
        Gauge(NOBODY_CAN, sum(case.escalated == "nobody_can" for case in opened)),
    ]


def _by_status(opened: list[Summary]) -> Iterator[Gauge]:
    counted = Counter(case.status for case in opened)
    return (Gauge(OPEN_CASES, counted[status], of=("Status", status)) for status in sorted(OPEN))


def _by_team(opened: list[Summary], teams: Iterable[str]) -> Iterator[Gauge]:
    counted = Counter(dict.fromkeys((DEFAULT_TEAM, *teams), 0))
    counted.update(case.team for case in opened)
    return (Gauge(OPEN_CASES, count, of=("Team", team)) for team, count in sorted(counted.items()))


def _oldest(opened: list[Summary], now: datetime) -> float:
    ages = (now - case.filed_at for case in opened if case.is_at_work)
    return max((age.total_seconds() for age in ages), default=0.0)


def publish(gauges: list[Gauge], now: datetime) -> None:
    """Beside the counters, which leave with the log."""
    data = [gauge.datum(now) for gauge in gauges]
    for start in range(0, len(data), MOST_AT_ONCE):
        part = data[start : start + MOST_AT_ONCE]
        client("cloudwatch").put_metric_data(Namespace=Setting.METRICS_NAMESPACE.read(), MetricData=part)
