"""What alarms watch, measured from what the index of due times holds."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from aftersales.applications.lifecycle import FINAL, OPEN
from aftersales.sla.gauges import Gauge, measure
from aftersales.sla.summary import SHARDS, Summary
from tests.unit.sla.calendars import shanghai

NOW = shanghai("2026-03-09 15:00")


def case(number: str = "7K3M-9QXT-2VWH-5NRR", **changes: Any) -> Summary:
    known = {
        "number": number,
        "version": 3,
        "terms": "4c74f3b89be47f21",
        "store_id": "lantern",
        "team": "desk",
        "status": "in_progress",
        "type": "repair",
        "priority": "normal",
        "assignee": "mei",
        "filed_at": shanghai("2026-03-09 10:30"),
        "folded_at": NOW,
    }
    return Summary.model_validate(known | changes)


def value(name: str, *cases: Summary, of: tuple[str, str] | None = None) -> float:
    [found] = [gauge.value for gauge in measure(cases, NOW) if (gauge.name, gauge.of) == (name, of)]
    return found


def test_nothing_to_do_is_zero_of_everything() -> None:
    assert {gauge.value for gauge in measure([], NOW)} == {0}
    assert {gauge.of[1] for gauge in measure([], NOW) if gauge.of and gauge.of[0] == "Status"} == set(OPEN)


def test_open_cases_by_status_and_by_team() -> None:
    cases = [case(), case(team="logistics"), case(status="manual_review", assignee=None)]
    assert value("OpenCases", *cases) == 3
    assert value("OpenCases", *cases, of=("Status", "in_progress")) == 2
    assert value("OpenCases", *cases, of=("Team", "logistics")) == 1


@pytest.mark.parametrize("status", sorted(FINAL))
def test_a_call_back_can_be_late_and_is_no_open_case(status: str) -> None:
    late = case(status=status, due_at={"follow_up": NOW - timedelta(hours=1)})
    assert (value("OpenCases", late), value("Breached", late), value("OldestOpen", late)) == (0, 1, 0)


@pytest.mark.parametrize(
    ("warn", "due", "near", "late"),
    [
        (NOW + timedelta(seconds=1), NOW + timedelta(hours=1), 0, 0),
        (NOW, NOW + timedelta(hours=1), 1, 0),
        (NOW - timedelta(hours=2), NOW, 0, 1),
        (None, None, 0, 0),
    ],
)
def test_near_due_from_its_warning_on_and_then_late(
    warn: datetime | None, due: datetime | None, near: int, late: int
) -> None:
    clocks: dict[str, Any] = {"warn_at": {"resolution": warn}, "due_at": {"resolution": due}} if warn else {}
    known = case(**clocks)
    assert (value("NearDue", known), value("Breached", known)) == (near, late)


def test_late_by_one_clock_it_is_not_near_due_by_another() -> None:
    warned = {"resolution": NOW - timedelta(hours=3), "idle": NOW - timedelta(minutes=5)}
    known = case(warn_at=warned, due_at={"resolution": NOW, "idle": NOW + timedelta(hours=1)})
    assert (value("NearDue", known), value("Breached", known)) == (0, 1)


def test_the_oldest_is_one_that_the_desk_still_has_to_do_with() -> None:
    waits = case(status="awaiting_confirmation", filed_at=shanghai("2026-03-01 10:30"))
    assert value("OldestOpen", case(), waits) == 4.5 * 3600


@pytest.mark.parametrize(
    ("changes", "backlog", "urgent"),
    [
        ({"status": "manual_review", "assignee": None}, 1, 0),
        ({"status": "manual_review", "assignee": None, "priority": "urgent"}, 1, 1),
        ({"status": "accepted", "assignee": None, "priority": "urgent"}, 1, 1),
        ({"status": "submitted", "assignee": None, "priority": "urgent"}, 0, 0),  # the policy's
        ({"status": "awaiting_goods", "assignee": None, "priority": "urgent"}, 0, 0),  # the customer's
        ({"priority": "urgent"}, 0, 0),
    ],
)
def test_without_an_owner(changes: dict[str, Any], backlog: int, urgent: int) -> None:
    known = case(**changes)
    assert (value("BacklogWithoutOwner", known), value("UrgentWithoutOwner", known)) == (backlog, urgent)


def test_escalations() -> None:
    assert value("Escalated", case(escalated="pickup"), case()) == 1


def test_a_gauge_as_cloudwatch_takes_it() -> None:
    assert Gauge("OpenCases", 2, of=("Team", "desk")).datum(NOW) == {
        "MetricName": "OpenCases",
        "Value": 2,
        "Unit": "Count",
        "Timestamp": NOW,
        "Dimensions": [{"Name": "Team", "Value": "desk"}],
    }
    assert "Dimensions" not in Gauge("Breached", 2).datum(NOW)


def test_shards_are_of_about_the_same_size() -> None:
    counted = [0] * SHARDS
    for n in range(800):
        counted[int(case(f"7K3M-9QXT-2VWH-{n:04}").shard)] += 1
    assert min(counted) > 50
