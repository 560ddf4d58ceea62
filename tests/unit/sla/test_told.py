"""What is told of a case that is late, and what follows from it: each thing once."""

from typing import Any

import pytest

from aftersales.applications.lifecycle import Status, Step
from tests.unit.sla.calendars import shanghai
from tests.unit.sla.cases import at_work, breached, follows, referred, tell, told, with_mei
from tests.unit.sla.story import Story, filed

S = Status


def test_a_warning_comes_first_then_the_breach_each_once() -> None:
    story = filed()
    assert told(story)[0] == ("first_response", "warned")
    tell(story, "2026-03-09 17:31", Step.SLA_WARNED, story.clocks().due()[0])
    assert told(story)[0] == ("first_response", "breached")
    assert story.clocks().due()[0].at == shanghai("2026-03-10 10:30")
    tell(story, "2026-03-10 10:31", Step.SLA_BREACHED, story.clocks().due()[0])
    assert ("first_response", "breached") not in told(story)


def test_a_late_resolution_raises_the_priority_then_tells_the_lead_and_then_rests() -> None:
    story = breached(with_mei(), "resolution", "2026-03-12 10:31")
    for step, mark, data in [
        (Step.PRIORITY_CHANGED, "raised", {"priority": "high"}),
        (Step.ESCALATED, "escalated", {"priority": "high", "reason": "resolution"}),
    ]:
        assert follows(story, "resolution") == mark
        [due] = [due for due in story.clocks().due() if due.clock.kind == "resolution"]
        assert due.at == shanghai("2026-03-12 10:30")
        tell(story, "2026-03-12 10:31", step, due, **data)
    assert follows(story, "resolution") is None


@pytest.mark.parametrize(
    ("kind", "priority", "mark"),
    [
        ("first_response", "normal", "raised"),
        ("first_response", "urgent", "escalated"),
        ("resolution", "urgent", "escalated"),
        ("idle", "normal", "taken_back"),
        ("idle", "urgent", "taken_back"),
    ],
)
def test_what_a_breach_leads_to(kind: str, priority: str, mark: str) -> None:
    assert follows(breached(with_mei(priority=priority), kind, "2026-03-13 09:00"), kind) == mark


@pytest.mark.parametrize(
    ("priority", "mark"), [("low", None), ("normal", None), ("high", None), ("urgent", "escalated")]
)
def test_of_what_nobody_has_only_the_urgent_is_escalated(priority: str, mark: str | None) -> None:
    assert follows(breached(referred(priority=priority), "pickup", "2026-03-13 09:00"), "pickup") == mark


def test_a_late_next_word_raises_the_priority_and_a_late_call_back_leads_to_nothing() -> None:
    story = at_work().then("2026-03-09 14:00", Step.INFORMATION_GIVEN, by="customer")
    assert follows(breached(story, "next_response", "2026-03-10 14:01"), "next_response") == "raised"
    called = filed().then("2026-03-09 11:00", Step.CANCELLED, S.CANCELLED).then("2026-03-12 11:00", Step.FOLLOW_UP_DUE)
    assert follows(breached(called, "follow_up", "2026-03-16 10:00"), "follow_up") is None


def test_what_was_missed_before_a_pause_is_told_in_it() -> None:
    """No sweep came between the due time and the question to the customer."""
    story = with_mei().then("2026-03-13 09:00", Step.INFORMATION_REQUESTED, S.INFORMATION_WANTED, by="staff")
    assert told(story) == [("resolution", "warned")]
    assert follows(breached(story, "resolution", "2026-03-13 09:01"), "resolution") == "raised"


def test_after_the_resolution_nothing_is_told() -> None:
    story = breached(with_mei(), "resolution", "2026-03-12 10:31")
    story.then("2026-03-12 10:32", Step.REJECTED, S.REJECTED, by="staff")
    assert story.clocks().due() == []
    assert story.past("resolution").is_breached(shanghai("2026-03-12 10:32"))


def test_what_was_told_does_not_move_a_clock() -> None:
    before = with_mei()
    after = breached(with_mei(), "idle", "2026-03-11 10:41")
    assert after.clocks().running == before.clocks().running


def test_an_escalation_stands_until_somebody_takes_it_or_does_something() -> None:
    story = referred(priority="urgent").then("2026-03-09 10:42", Step.ESCALATED, reason="pickup", priority="urgent")
    assert story.clocks().escalated == "pickup"
    assert story.then("2026-03-09 10:50", Step.ASSIGNED, assignee="hua").clocks().escalated is None


@pytest.mark.parametrize(("aside", "stands"), [(True, "pickup"), (None, None)], ids=["anybody", "a lead"])
def test_a_note_of_anybody_does_not_see_to_it_and_one_of_a_lead_does(aside: bool | None, stands: str | None) -> None:
    story = referred(priority="urgent").then("2026-03-09 10:42", Step.ESCALATED, reason="pickup", priority="urgent")
    said: dict[str, Any] = {"aside": aside} if aside else {}
    assert story.then("2026-03-09 10:45", Step.NOTED, by="staff", **said).clocks().escalated == stands


def test_that_nobody_can_do_it_stands_until_somebody_has_it_or_another_team_does() -> None:
    def stuck() -> Story:
        return referred().then("2026-03-09 10:32", Step.ESCALATED, reason="nobody_can", priority="normal")

    assert stuck().then("2026-03-09 10:45", Step.NOTED, by="staff").clocks().escalated == "nobody_can"
    assert stuck().then("2026-03-09 10:45", Step.HANDED_OVER, by="staff").clocks().escalated is None
