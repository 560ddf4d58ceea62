"""How often something was repaired, and how long the customer was without it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import TimelineEvent
from aftersales.clock import rfc3339
from aftersales.repair.days import repaired
from tests.unit.builders import FILED_AT, event

Moment = tuple[Step, float]
"""What happened, and how many days after the filing."""

RECEIVED, REPAIRED, SENT = Step.GOODS_RECEIVED, Step.REPAIRED, Step.GOODS_DISPATCHED


def after(days: float) -> datetime:
    return FILED_AT + timedelta(days=days)


def timeline(*moments: Moment) -> list[TimelineEvent]:
    return [event(step, at=after(days)) for step, days in moments]


def plan(planned_on: float, day: float) -> TimelineEvent:
    data: dict[str, Any] = {"place": "on_site", "at": rfc3339(after(day))}
    return event(Step.VISIT_PLANNED, at=after(planned_on), data=data)


@pytest.mark.parametrize(
    ("moments", "times", "days"),
    [
        ([], 0, 0),
        ([(RECEIVED, 2)], 0, 0),
        ([(RECEIVED, 2), (Step.NOT_REPAIRABLE, 4), (SENT, 5)], 0, 0),
        ([(RECEIVED, 2), (REPAIRED, 2)], 1, 0),
        ([(RECEIVED, 2), (REPAIRED, 2.01)], 1, 1),
        ([(RECEIVED, 2), (REPAIRED, 5)], 1, 3),
        ([(RECEIVED, 2), (REPAIRED, 5.01)], 1, 4),
        ([(RECEIVED, 2), (REPAIRED, 5), (SENT, 9)], 1, 7),
        ([(RECEIVED, 2), (Step.PARTS_WANTED, 3), (Step.PARTS_ARRIVED, 20), (REPAIRED, 21)], 1, 19),
        ([(REPAIRED, 5)], 1, 0),
    ],
)
def test_days_are_counted_from_the_receipt_until_it_goes_back(moments: list[Moment], times: int, days: int) -> None:
    assert repaired(timeline(*moments)) == (times, days)


@pytest.mark.parametrize(
    ("plans", "days"),
    [
        ([plan(1, 3)], 4),
        ([plan(1, 3), plan(2, 5)], 2),
        ([plan(1, 3), plan(4, 6)], 4),
        ([plan(1, 9)], 0),
    ],
    ids=["it took place", "moved before the day", "a second one for the parts", "done before the day"],
)
def test_a_visit_counts_from_when_somebody_came(plans: list[TimelineEvent], days: int) -> None:
    assert repaired([*plans, *timeline((REPAIRED, 7))]) == (1, days)


def test_what_was_repaired_again_after_a_dispute_counts_twice() -> None:
    assert repaired(timeline((RECEIVED, 2), (REPAIRED, 4), (Step.REOPENED, 6), (REPAIRED, 8))) == (2, 6)
