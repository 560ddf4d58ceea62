"""Which day it is depends on where the store is, and never on where the function runs."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from aftersales.policy.review import gather
from aftersales.policy.rules import decide
from tests.unit.builders import application, order, store


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Shanghai"])
def _host(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in another part of the world."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def outcome(delivered_at: datetime, filed_at: datetime, zone: str = "Asia/Shanghai") -> str:
    shop = store(time_zone=zone)
    return decide(gather(application(filed_at=filed_at), order(delivered_at=delivered_at), shop), shop.terms).outcome


DELIVERED = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)  # two in the afternoon in Shanghai
LAST_MOMENT = datetime(2026, 3, 8, 15, 59, 59, 999000, tzinfo=UTC)
FIRST_MOMENT_AFTER = datetime(2026, 3, 8, 16, 0, tzinfo=UTC)


@pytest.mark.usefixtures("_host")
def test_the_last_day_lasts_until_midnight_in_shanghai() -> None:
    assert outcome(DELIVERED, LAST_MOMENT) == "accept"


@pytest.mark.usefixtures("_host")
def test_midnight_in_shanghai_ends_the_window() -> None:
    assert outcome(DELIVERED, FIRST_MOMENT_AFTER) == "reject"


@pytest.mark.usefixtures("_host")
def test_a_parcel_handed_over_after_midnight_counts_from_the_new_day() -> None:
    just_after_midnight = datetime(2026, 3, 1, 16, 10, tzinfo=UTC)
    assert outcome(just_after_midnight, datetime(2026, 3, 9, 15, 59, tzinfo=UTC)) == "accept"


@pytest.mark.usefixtures("_host")
def test_a_parcel_of_29_february_can_come_back_until_7_march() -> None:
    leap_day = datetime(2028, 2, 29, 4, 0, tzinfo=UTC)
    assert outcome(leap_day, datetime(2028, 3, 7, 15, 59, tzinfo=UTC)) == "accept"
    assert outcome(leap_day, datetime(2028, 3, 7, 16, 0, tzinfo=UTC)) == "reject"


def test_the_same_moment_is_another_day_in_another_store() -> None:
    assert outcome(DELIVERED, FIRST_MOMENT_AFTER, "Europe/London") == "accept"


def test_a_day_with_23_hours_is_a_day() -> None:
    """London puts its clocks forward on 29 March 2026, inside the window."""
    delivered = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)
    assert outcome(delivered, datetime(2026, 4, 1, 22, 59, tzinfo=UTC), "Europe/London") == "accept"
    assert outcome(delivered, datetime(2026, 4, 1, 23, 0, tzinfo=UTC), "Europe/London") == "reject"


def test_an_order_that_was_not_delivered_has_no_day_of_delivery() -> None:
    assert gather(application(), order(), store()).delivered_on is None


def test_the_facts_say_what_was_bought_and_why_it_is_applied_for() -> None:
    facts = gather(application(filed_at=LAST_MOMENT), order(delivered_at=DELIVERED), store())
    assert (facts.filed_on, facts.delivered_on) == (date(2026, 3, 8), date(2026, 3, 1))
    assert [(line.line_id, line.category, line.reason) for line in facts.lines] == [("teapot", "general", "defective")]
