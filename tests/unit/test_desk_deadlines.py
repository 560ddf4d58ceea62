"""By when something should have happened, and what happens then: said as it will be."""

from datetime import timedelta
from typing import Any, get_args

import pytest

from aftersales.applications.lifecycle import OPEN, Status
from aftersales.desk.deadlines import ENDS, UNSENT, Deadline, deadlines
from aftersales.flow.timeout import ENDED_BY
from aftersales.sla.clock import ClockKind
from aftersales.sla.clocks import CONSEQUENCES
from tests.conftest import Clock as StoppedClock
from tests.unit.builders import FILED_AT, application

SOON, LATER = timedelta(hours=3), timedelta(days=2)


@pytest.fixture(autouse=True)
def _at_filing(clock: StoppedClock) -> None:
    clock.moment = FILED_AT


def of(status: Status, clocks: Any = (), **changes: Any) -> list[Deadline]:
    about = application(status, due_at=FILED_AT + LATER, **changes)
    return deadlines(about, {kind: FILED_AT + left for kind, left in dict(clocks).items()}, "en")


def test_what_is_due_first_comes_first() -> None:
    found = of(Status.IN_PROGRESS, {"resolution": timedelta(days=3), "idle": SOON})
    assert [(each.name, each.then) for each in found] == [
        ("Next step due", "Then it goes to somebody else."),
        ("This step due", "Then it is marked overdue."),
        ("Solution due", "Then its priority is raised and a lead is told."),
    ]


def test_what_is_late_has_had_its_consequences() -> None:
    [late, _] = of(Status.IN_PROGRESS, {"resolution": -SOON})
    assert (late.at, late.then) == (FILED_AT - SOON, "")


@pytest.mark.parametrize(
    ("status", "changes", "then"),
    [
        (Status.INFORMATION_WANTED, {}, "Then the case is closed."),
        (Status.INFORMATION_WANTED, {"settled": True}, ""),
        (Status.QUOTE_OFFERED, {}, "Then the offer counts as declined."),
        (Status.AWAITING_CONFIRMATION, {}, "Then it counts as confirmed."),
        (Status.REFUND_ORDERED, {}, "Then it is marked overdue."),
    ],
)
def test_a_wait_ends_as_the_limits_have_it(status: Status, changes: dict[str, Any], then: str) -> None:
    assert [each.then for each in of(status, **changes)] == [then]


def test_every_wait_for_a_customer_says_what_its_end_comes_to() -> None:
    assert {*ENDS, *UNSENT} == ENDED_BY.keys()
    assert ENDED_BY.keys() <= OPEN


def test_every_clock_has_its_consequences() -> None:
    assert CONSEQUENCES.keys() == {code for part in get_args(ClockKind) for code in get_args(part) or [part]}
