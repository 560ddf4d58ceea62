"""Until when a rejection may be appealed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aftersales.applications.appeal import deadline, possible_until
from tests.conftest import Clock
from tests.unit.builders import application

UNTIL = datetime(2026, 3, 23, 2, 30, tzinfo=UTC)
REJECTED: dict[str, Any] = {"outcome": "reject", "reasons": [], "policy": "lantern@3", "appeal_until": UNTIL}
FOR_GOOD = REJECTED | {"appeal_until": None}


@pytest.mark.parametrize(
    ("status", "changes", "until"),
    [
        ("rejected", {"decision": REJECTED}, UNTIL),
        ("rejected", {"decision": FOR_GOOD}, None),
        ("rejected", {"decision": REJECTED, "appealed_at": UNTIL - timedelta(days=3)}, None),
        ("rejected", {}, None),
        ("appealed", {"decision": REJECTED}, None),
        ("cancelled", {"decision": REJECTED}, None),
    ],
    ids=["rejected", "for good", "appealed before", "by nobody", "appealed now", "withdrawn"],
)
def test_a_rejection_is_appealed_once_if_its_decision_allows_it(
    status: str, changes: dict[str, Any], until: datetime | None
) -> None:
    assert deadline(application(status, **changes)) == until


@pytest.mark.parametrize(
    ("since", "until"),
    [(timedelta(seconds=-1), UNTIL), (timedelta(0), UNTIL), (timedelta(seconds=1), None)],
    ids=["a second before", "at the last moment", "a second after"],
)
def test_the_last_moment_counts(clock: Clock, since: timedelta, until: datetime | None) -> None:
    clock.moment = UNTIL + since
    assert possible_until(application("rejected", decision=REJECTED)) == until
