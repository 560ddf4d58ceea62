"""The clocks of a case, as stories. They are in the desk's own terms, in Shanghai's time."""

from typing import Any

import pytest

from aftersales.applications.lifecycle import Status, Step, Type
from tests.unit.sla.calendars import shanghai
from tests.unit.sla.cases import at_work, awaiting_goods, breached, follows, kinds, referred, with_mei
from tests.unit.sla.story import Story, filed

S = Status


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


def test_that_somebody_will_answer_is_no_answer() -> None:
    complaint = filed(type_=Type.COMPLAINT).then("2026-03-09 10:30:04", Step.ACCEPTED, S.ACCEPTED)
    assert "first_response" in kinds(complaint)


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


# --- tasks for departments ---


def with_a_task() -> Story:
    """Logistics is to look for the parcel until Tuesday evening."""
    due: dict[str, Any] = {"task_id": "4", "due_at": "2026-03-10T10:00:00Z"}
    return with_mei().then("2026-03-09 11:00", Step.TASK_OPENED, by="staff", **due)


def test_a_task_is_due_when_who_opened_it_said_and_a_lead_hears_if_it_is_late() -> None:
    story = with_a_task()
    assert story.clocks().first("due_at")["task"] == shanghai("2026-03-10 18:00")
    [warning] = [due for due in story.clocks().due() if due.clock.kind == "task"]
    assert (warning.mark, warning.at) == ("warned", shanghai("2026-03-10 10:15"))
    assert follows(breached(story, "task", "2026-03-10 18:01"), "task") == "escalated"


def test_what_is_done_is_due_no_more() -> None:
    story = with_a_task().then("2026-03-09 15:00", Step.TASK_DONE, by="staff", task_id="4")
    assert story.clocks().tasks == {}


def test_while_another_department_is_at_it_the_case_does_not_lie_idle() -> None:
    story = with_a_task()
    assert "idle" not in kinds(story)
    story.then("2026-03-09 15:00", Step.TASK_DONE, by="staff", task_id="4", aside=True)
    assert "idle" in kinds(story)
