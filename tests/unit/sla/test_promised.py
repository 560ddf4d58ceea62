"""What is promised otherwise: to what has become more urgent, to some types and tiers, by other terms."""

from typing import Any

import pytest

from aftersales.applications.lifecycle import Status, Step, Type
from aftersales.sla.promised import default
from aftersales.sla.terms import ServiceTerms
from tests.unit.sla.calendars import shanghai
from tests.unit.sla.cases import kinds, referred, with_mei
from tests.unit.sla.story import filed

S = Status


# --- priority ---


def test_a_higher_priority_leaves_less_time_and_counts_what_has_run() -> None:
    story = with_mei().then("2026-03-09 11:30", Step.PRIORITY_CHANGED, by="staff", priority="high")
    assert story.clocks().priority == "high"
    assert story.running("first_response").due_at == shanghai("2026-03-09 13:30")
    assert story.running("resolution").due_at == shanghai("2026-03-11 10:30")


def test_urgent_is_counted_around_the_clock_from_the_change_on() -> None:
    story = with_mei().then("2026-03-09 20:00", Step.PRIORITY_CHANGED, priority="urgent")
    assert story.running("resolution").due_at == shanghai("2026-03-10 13:30")  # 6 h 30 min had run of 24


def test_a_priority_that_the_policy_says_counts_from_its_decision() -> None:
    assert referred(priority="urgent").running("pickup").due_at == shanghai("2026-03-09 10:41")


def test_a_lower_priority_gives_more_time() -> None:
    story = with_mei(priority="high").then("2026-03-09 11:00", Step.PRIORITY_CHANGED, by="staff", priority="low")
    assert story.running("resolution").due_at == shanghai("2026-03-16 10:30")


# --- terms ---


def terms(*promises: dict[str, Any]) -> ServiceTerms:
    known = default().document()
    return ServiceTerms.model_validate(known | {"promises": [{"calendar": "china"} | each for each in promises]})


def test_the_first_promise_that_fits_holds_and_without_one_there_is_no_clock() -> None:
    known = terms({"types": ["complaint"], "minutes": {"resolution": 60}}, {"minutes": {"resolution": 600}})
    assert filed(terms=known, type_=Type.COMPLAINT).running("resolution").due_at == shanghai("2026-03-09 11:30")
    assert filed(terms=known).running("resolution").due_at == shanghai("2026-03-10 13:30")
    assert kinds(filed(terms=known)) == {"resolution"}


def test_a_customer_of_a_higher_tier_is_promised_more() -> None:
    known = terms({"tiers": ["gold"], "minutes": {"resolution": 60}}, {"minutes": {"resolution": 600}})
    assert known.promise("resolution", Type.REPAIR, "normal", "gold") == known.promises[0]
    assert known.promise("resolution", Type.REPAIR, "normal") == known.promises[1]


def test_a_promise_in_a_calendar_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no calendar shift"):
        terms({"calendar": "shift", "minutes": {"resolution": 60}})


@pytest.mark.parametrize("priority", ["low", "normal", "high", "urgent"])
@pytest.mark.parametrize("kind", ["pickup", "first_response", "next_response", "resolution", "idle", "follow_up"])
def test_the_desk_s_own_terms_promise_something_for_every_case(kind: Any, priority: Any) -> None:
    assert all(default().promise(kind, type_, priority) for type_ in Type)
