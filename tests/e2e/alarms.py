"""Alarms on the real stack. To ring, and to be quiet again, each takes a minute or two, in which other tests run."""

from collections.abc import Callable

from infra.local import cloud, stack
from infra.local.stack import Standing
from infra.local.waiting import until
from infra.ops.stack import name

WHILE_IT_IS_SEEN = 200
"""Seconds: a minute until something is due, a minute that the alarm looks back, and the sweeps between."""

BETWEEN_LOOKS = 2
"""Seconds, so that other tests have the machine."""


def becomes(standing: Standing, alarm: str, state: str, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Wait until the alarm says so. The gauges that it watches come with each sweep, at least once a minute."""
    watch = cloud.client("cloudwatch", standing.place.port)

    def look() -> bool:
        meanwhile()
        [found] = watch.describe_alarms(AlarmNames=[_full(alarm)])["MetricAlarms"]
        return bool(found["StateValue"] == state)

    until(look, f"{alarm} to be {state}", WHILE_IT_IS_SEEN, BETWEEN_LOOKS)


def changes(standing: Standing, alarm: str) -> list[str]:
    """What it became, the first first: `ALARM`, `OK`."""
    history = cloud.client("cloudwatch", standing.place.port).describe_alarm_history(
        AlarmName=_full(alarm), HistoryItemType="StateUpdate", ScanBy="TimestampAscending"
    )
    return [item["HistorySummary"].rpartition(" ")[2] for item in history["AlarmHistoryItems"]]


def _full(alarm: str) -> str:
    return f"{name(stack.STAGE)}-{alarm}"
