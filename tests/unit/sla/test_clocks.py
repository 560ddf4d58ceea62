"""The clocks of a case, as stories. Without other words they are in the desk's own terms, in Shanghai's time."""

from typing import Any

import pytest

from aftersales.applications.lifecycle import Status, Step, Type
from aftersales.sla.clocks import Due
from aftersales.sla.promised import default
from aftersales.sla.terms import ServiceTerms
from tests.unit.sla.calendars import shanghai
from tests.unit.sla.story import Story, filed

S = Status


def referred(at: str = "2026-03-09 10:31", priority: str = "normal") -> Story:
    """Filed, and for a person to decide."""
    return filed().then(at, Step.REFERRED, S.MANUAL_REVIEW, priority=priority)


def with_mei(at: str = "2026-03-09 10:40", priority: str = "normal") -> Story:
    return referred(priority=priority).then(at, Step.ASSIGNED, assignee="mei")


def at_work(at: str = "2026-03-09 10:40") -> Story:
    """Accepted by the policy, and Mei works on it without goods coming back."""
    accepted = filed().then("2026-03-09 10:31", Step.ACCEPTED, S.ACCEPTED)
    return accepted.then(at, Step.ASSIGNED, S.IN_PROGRESS, assignee="mei")


def awaiting_goods() -> Story:
    accepted = filed().then("2026-03-09 10:31", Step.ACCEPTED, S.ACCEPTED)
    return accepted.then("2026-03-09 10:40", Step.ASSIGNED, S.AWAITING_GOODS, assignee="mei")


def kinds(story: Story) -> set[str]:
    return set(story.clocks().running)


# --- what the customer hears ---


def test_from_the_filing_on_the_customer_waits_to_hear_from_us_and_for_the_end() -> None:
    story = filed()
    assert kinds(story) == {"first_response", "resolution"}
    assert story.running("first_response").due_at == shanghai("2026-03-10 10:30")


def test_filed_at_night_it_counts_from_the_morning() -> None:
    assert filed("2026-03-08 23:10").running("first_response").due_at == shanghai("2026-03-09 18:00")


def test_a_policy_that_decides_in_seconds_is_the_first_response() -> None:
    story = filed().then("2026-03-09 10:30:04", Step.ACCEPTED, S.ACCEPTED)
    assert story.past("first_response").spent == 4000


def test_left_to_a_person_it_is_still_waited_for_until_they_say_something() -> None:
    story = with_mei()
    assert "first_response" in kinds(story)
    story.then("2026-03-09 11:30", Step.REJECTED, S.REJECTED, by="staff")
    assert story.past("first_response").spent == 60 * 60_000


@pytest.mark.parametrize("step", [Step.ASSIGNED, Step.NOTED, Step.HANDED_OVER])
def test_what_the_customer_does_not_see_or_says_nothing_is_no_response(step: Step) -> None:
    assert "first_response" in kinds(referred().then("2026-03-09 10:50", step, by="staff"))


def test_after_the_customer_s_word_they_wait_for_the_next_one() -> None:
    story = at_work().then("2026-03-09 11:00", Step.INFORMATION_REQUESTED, S.INFORMATION_WANTED, by="staff")
    assert "next_response" not in kinds(story)
    story.then("2026-03-09 14:00", Step.INFORMATION_GIVEN, S.IN_PROGRESS, by="customer")
    assert story.running("next_response").due_at == shanghai("2026-03-10 14:00")
    story.then("2026-03-09 15:00", Step.COMPLETED, S.AWAITING_CONFIRMATION, by="staff")
    assert story.past("next_response").spent == 60 * 60_000


def test_who_writes_twice_does_not_wait_longer_for_it() -> None:
    story = at_work().then("2026-03-09 14:00", Step.INFORMATION_GIVEN, by="customer")
    story.then("2026-03-09 16:00", Step.INFORMATION_GIVEN, by="customer")
    assert story.running("next_response").started_at == shanghai("2026-03-09 14:00")


def test_photos_that_end_a_wait_without_a_word_want_no_answer() -> None:
    story = at_work().then("2026-03-09 11:00", Step.INFORMATION_REQUESTED, S.INFORMATION_WANTED, by="staff")
    story.then("2026-03-16 11:00", Step.INFORMATION_GIVEN, S.IN_PROGRESS, by="system")
    assert "next_response" not in kinds(story)


# --- until all is done ---


def test_the_time_to_the_resolution_pauses_while_goods_travel() -> None:
    story = awaiting_goods()
    assert story.running("resolution").spent == 10 * 60_000
    story.then("2026-03-11 09:00", Step.GOODS_SENT, S.IN_TRANSIT, by="customer")
    story.then("2026-03-13 15:00", Step.GOODS_RECEIVED, S.RECEIVED, by="staff")
    assert story.running("resolution").due_at == shanghai("2026-03-18 14:50")  # 23 h 50 min are left of 24


def test_several_pauses_add_up() -> None:
    story = awaiting_goods()
    story.then("2026-03-12 09:00", Step.GOODS_RECEIVED, S.RECEIVED, by="staff")
    story.then("2026-03-12 10:00", Step.GOODS_INSPECTED, S.INSPECTED, by="staff")
    story.then("2026-03-12 11:00", Step.DIAGNOSED, S.QUOTE_OFFERED, by="staff")
    story.then("2026-03-13 11:00", Step.QUOTE_ACCEPTED, S.AWAITING_PAYMENT, by="customer")
    story.then("2026-03-16 09:00", Step.CHARGED, S.IN_REPAIR, by="storefront")
    assert story.running("resolution").spent == (10 + 120) * 60_000
    assert story.running("resolution").due_at == shanghai("2026-03-18 15:50")


def test_done_straight_from_a_pause_it_has_run_no_longer_than_before() -> None:
    story = awaiting_goods().then("2026-03-20 09:00", Step.EXPIRED, S.EXPIRED)
    assert story.past("resolution").spent == 10 * 60_000
    assert kinds(story) == set()


def test_parts_that_are_waited_for_are_our_affair() -> None:
    story = awaiting_goods().then("2026-03-12 09:00", Step.GOODS_RECEIVED, S.RECEIVED, by="staff")
    story.then("2026-03-12 10:00", Step.PARTS_WANTED, S.AWAITING_PARTS, by="staff")
    assert story.running("resolution").runs


def test_from_the_answer_on_nothing_is_waited_for_but_the_customer() -> None:
    story = at_work().then("2026-03-09 15:30", Step.COMPLETED, S.AWAITING_CONFIRMATION, by="staff")
    assert kinds(story) == set()
    assert story.past("resolution").spent == 4 * 3600 * 1000


@pytest.mark.parametrize(
    ("step", "status", "ended"),
    [(Step.APPEALED, S.APPEALED, S.REJECTED), (Step.DISPUTED, S.DISPUTED, S.AWAITING_CONFIRMATION)],
)
def test_an_appeal_or_a_dispute_has_a_time_of_its_own(step: Step, status: Status, ended: Status) -> None:
    story = with_mei().then("2026-03-09 16:00", Step.COMPLETED, ended, by="staff")
    story.then("2026-03-12 10:00", step, status, by="customer", assignee=None)
    assert story.running("resolution").started_at == shanghai("2026-03-12 10:00")
    assert story.running("next_response").due_at == shanghai("2026-03-13 10:00")
    assert len([clock for clock in story.clocks().past if clock.kind == "resolution"]) == 1
    assert "pickup" in kinds(story)


def test_what_is_opened_again_goes_on_with_the_time_of_the_dispute() -> None:
    story = at_work().then("2026-03-09 16:00", Step.COMPLETED, S.AWAITING_CONFIRMATION, by="staff")
    story.then("2026-03-12 10:00", Step.DISPUTED, S.DISPUTED, by="customer", assignee=None)
    story.then("2026-03-12 11:00", Step.REOPENED, S.IN_PROGRESS, by="staff", assignee="hua")
    assert story.running("resolution").started_at == shanghai("2026-03-12 10:00")
    assert {"next_response", "pickup"} & kinds(story) == set()


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


# --- who has it ---


def test_from_the_decision_on_it_waits_for_somebody() -> None:
    story = referred()
    assert story.running("pickup").due_at == shanghai("2026-03-09 15:31")
    story.then("2026-03-09 10:36", Step.ASSIGNED, assignee="mei")
    assert story.past("pickup").spent == 5 * 60_000


@pytest.mark.parametrize("step", [Step.TAKEN_BACK, Step.HANDED_OVER])
def test_given_up_it_waits_for_somebody_again(step: Step) -> None:
    story = with_mei().then("2026-03-09 15:00", step, assignee=None)
    assert story.running("pickup").started_at == shanghai("2026-03-09 15:00")
    assert "idle" not in kinds(story)


def test_a_transfer_is_no_wait_but_begins_the_other_s_time() -> None:
    story = with_mei().then("2026-03-09 15:00", Step.ASSIGNED, by="staff", assignee="tom")
    assert "pickup" not in kinds(story)
    assert story.running("idle").started_at == shanghai("2026-03-09 15:00")


def test_a_proposal_waits_for_a_lead_and_comes_back() -> None:
    story = at_work().then("2026-03-09 11:00", Step.COMPENSATION_PROPOSED, S.APPROVAL_WANTED, by="staff", assignee=None)
    assert "pickup" in kinds(story)
    story.then("2026-03-09 13:00", Step.COMPENSATION_REFUSED, S.IN_PROGRESS, by="staff", assignee="mei")
    assert "pickup" not in kinds(story)


def test_who_has_it_may_not_let_it_lie_and_shows_life_by_doing_something() -> None:
    story = with_mei()
    assert story.running("idle").due_at == shanghai("2026-03-11 10:40")
    story.then("2026-03-10 15:00", Step.NOTED, by="staff")
    assert story.running("idle").due_at == shanghai("2026-03-12 15:00")


@pytest.mark.parametrize("by", ["customer", "storefront", "system"])
def test_what_others_do_is_no_sign_of_life(by: Any) -> None:
    story = with_mei().then("2026-03-10 15:00", Step.EVIDENCE_ATTACHED, by=by)
    assert story.running("idle").started_at == shanghai("2026-03-09 10:40")


def test_while_the_customer_or_parts_are_waited_for_nothing_lies_idle() -> None:
    asked = at_work().then("2026-03-09 11:00", Step.INFORMATION_REQUESTED, S.INFORMATION_WANTED, by="staff")
    assert "idle" not in kinds(asked)
    asked.then("2026-03-12 11:00", Step.INFORMATION_GIVEN, S.IN_PROGRESS, by="customer")
    assert asked.running("idle").started_at == shanghai("2026-03-12 11:00")
    asked.then("2026-03-12 12:00", Step.VISIT_PLANNED, S.VISIT_PLANNED, by="staff")
    assert "idle" not in kinds(asked)


# --- calling back ---


def test_a_call_back_has_a_day() -> None:
    story = at_work().then("2026-03-09 15:30", Step.COMPLETED, S.AWAITING_CONFIRMATION, by="staff")
    story.then("2026-03-10 09:00", Step.CONFIRMED, S.RESOLVED, by="customer")
    story.then("2026-03-13 15:00", Step.FOLLOW_UP_DUE)
    assert story.running("follow_up").due_at == shanghai("2026-03-16 15:00")
    story.then("2026-03-16 10:00", Step.FOLLOWED_UP, by="staff")
    assert kinds(story) == set()


# --- what is told ---


def told(story: Story) -> list[tuple[str, str]]:
    return [(due.clock.kind, due.mark) for due in story.clocks().due()]


def tell(story: Story, at: str, step: Step, due: Due, **data: Any) -> Story:
    return story.then(at, step, clock=due.clock.name, **data)


def test_a_warning_comes_first_then_the_breach_each_once() -> None:
    story = filed()
    assert told(story)[0] == ("first_response", "warned")
    tell(story, "2026-03-09 17:31", Step.SLA_WARNED, story.clocks().due()[0])
    assert told(story)[0] == ("first_response", "breached")
    assert story.clocks().due()[0].at == shanghai("2026-03-10 10:30")
    tell(story, "2026-03-10 10:31", Step.SLA_BREACHED, story.clocks().due()[0])
    assert ("first_response", "breached") not in told(story)


def breached(story: Story, kind: str, at: str) -> Story:
    [due] = [due for due in story.clocks().due() if due.clock.kind == kind]
    return tell(story, at, Step.SLA_BREACHED, due)


def follows(story: Story, kind: str) -> str | None:
    return dict(told(story)).get(kind)


def test_a_late_resolution_raises_the_priority_then_tells_the_lead_and_then_rests() -> None:
    story = breached(with_mei(), "resolution", "2026-03-12 10:31")
    for step, mark, data in [
        (Step.PRIORITY_CHANGED, "raised", {"priority": "high"}),
        (Step.ESCALATED, "escalated", {"priority": "high"}),
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
    assert story.clocks().escalated_at == shanghai("2026-03-09 10:42")
    assert story.then("2026-03-09 10:50", Step.ASSIGNED, assignee="hua").clocks().escalated_at is None


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
