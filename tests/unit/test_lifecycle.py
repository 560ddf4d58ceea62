"""What may happen to an application. The table below is written a second time on purpose, by hand."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from aftersales.applications.change import take
from aftersales.applications.lifecycle import FINAL, LIMITS, OPEN, TRANSITIONS, Status, Step, due, targets
from aftersales.applications.model import SYSTEM, Language
from aftersales.applications.words import STATUS, STEP
from aftersales.errors import StepNotPossible
from tests.unit.builders import application

ALLOWED = """
accepted: submitted > accepted
accepted: manual_review > accepted
accepted: appealed > accepted
rejected: submitted > rejected
rejected: manual_review > rejected
rejected: appealed > rejected
rejected: in_progress > rejected
rejected: inspected > rejected
appealed: rejected > appealed
referred: submitted > manual_review
assigned: accepted > in_progress
assigned: accepted > awaiting_goods
assigned: accepted > inspected
assigned: manual_review > manual_review
assigned: appealed > appealed
information_requested: submitted > information_wanted
information_requested: manual_review > information_wanted
information_requested: appealed > information_wanted
information_requested: in_progress > information_wanted
information_given: information_wanted > submitted
information_given: information_wanted > manual_review
information_given: information_wanted > appealed
information_given: information_wanted > in_progress
goods_sent: awaiting_goods > awaiting_goods
goods_received: awaiting_goods > received
goods_inspected: received > inspected
refund_ordered: in_progress > refund_ordered
refund_ordered: received > refund_ordered
refund_ordered: inspected > refund_ordered
refund_failed: refund_ordered > in_progress
refund_failed: refund_ordered > received
refund_failed: refund_ordered > inspected
refunded: refund_ordered > resolved
completed: in_progress > resolved
completed: inspected > resolved
cancelled: submitted > cancelled
cancelled: manual_review > cancelled
cancelled: appealed > cancelled
cancelled: information_wanted > cancelled
cancelled: accepted > cancelled
cancelled: in_progress > cancelled
cancelled: awaiting_goods > cancelled
expired: information_wanted > expired
expired: awaiting_goods > expired
"""
RECORDED_BESIDE = {
    Step.EVIDENCE_ATTACHED,
    Step.OVERDUE,
    Step.NOTED,
    Step.NOTICE_UNCERTAIN,
    Step.REFUND_UNDELIVERED,
    Step.REFUND_CONTRADICTED,
    Step.SURVEY_SENT,
    Step.SURVEY_ANSWERED,
    Step.FOLLOW_UP_PLANNED,
    Step.FOLLOW_UP_DUE,
    Step.FOLLOWED_UP,
}
ROWS = [tuple(row.replace(":", " >").split(" > ")) for row in ALLOWED.strip().splitlines()]
MOVES = {(Step(step), Status(source), Status(target)) for step, source, target in ROWS}
MOVING = set(Step) - RECORDED_BESIDE
AT = datetime(2026, 3, 9, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(("step", "source", "target"), sorted(MOVES))
def test_each_row_of_the_table_may_happen(step: Step, source: Status, target: Status) -> None:
    assert take(application(source), step, SYSTEM, AT, to=target).after.status is target


@pytest.mark.parametrize(("step", "source"), sorted(set(product(MOVING, Status)) - {(s, a) for s, a, _ in MOVES}))
def test_no_step_happens_in_any_other_status(step: Step, source: Status) -> None:
    with pytest.raises(StepNotPossible):
        take(application(source), step, SYSTEM, AT)


@pytest.mark.parametrize(("step", "source"), sorted({(step, source) for step, source, _ in MOVES}))
def test_a_step_leads_nowhere_but_where_the_table_says(step: Step, source: Status) -> None:
    elsewhere = [status for status in Status if (step, source, status) not in MOVES]
    for target in elsewhere:
        with pytest.raises(StepNotPossible):
            take(application(source), step, SYSTEM, AT, to=target)


@pytest.mark.parametrize(("step", "status"), sorted(product(RECORDED_BESIDE, Status)))
def test_what_is_recorded_beside_leaves_the_status_as_it_is(step: Step, status: Status) -> None:
    assert take(application(status), step, SYSTEM, AT).after.status is status


def test_where_two_statuses_may_follow_one_must_be_chosen() -> None:
    with pytest.raises(StepNotPossible):
        take(application(Status.ACCEPTED), Step.ASSIGNED, SYSTEM, AT)


@pytest.mark.parametrize("status", sorted(FINAL))
def test_nothing_leads_out_of_a_final_status_but_an_appeal_out_of_a_rejection(status: Status) -> None:
    leading_on = [step for step in MOVING if targets(step, status)]
    assert leading_on == ([Step.APPEALED] if status is Status.REJECTED else [])


def reachable(start: Status) -> set[Status]:
    seen, ahead = {start}, [start]
    while ahead:
        status = ahead.pop()
        found = {target for moves in TRANSITIONS.values() for target in moves.get(status, ())} - seen
        seen |= found
        ahead += found
    return seen


def test_every_status_can_be_reached_from_the_first() -> None:
    assert reachable(Status.SUBMITTED) == set(Status)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_every_open_status_has_a_way_to_an_end(status: Status) -> None:
    assert reachable(status) & FINAL


def test_every_open_status_has_a_limit_and_no_final_one_has() -> None:
    assert set(LIMITS) == OPEN
    assert all(limit > timedelta(0) for limit in LIMITS.values())
    assert {due(status, AT) for status in FINAL} == {None}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_status_and_step_has_words_in_every_language(language: Language) -> None:
    assert set(STATUS[language]) == set(Status)
    assert set(STEP[language]) == set(Step)
    assert all(words.name and words.next for words in STATUS[language].values())
    assert all(STEP[language].values())


def test_no_two_statuses_are_called_the_same() -> None:
    for names in STATUS.values():
        assert len({words.name for words in names.values()}) == len(Status)


def test_a_new_status_gets_a_new_limit_and_is_not_overdue_anymore() -> None:
    late = application(Status.IN_PROGRESS, due_at=AT - timedelta(days=1), overdue_at=AT - timedelta(hours=1))
    after = take(late, Step.INFORMATION_REQUESTED, SYSTEM, AT).after
    assert after.due_at == AT + timedelta(days=7)
    assert after.overdue_at is None


def test_what_leaves_the_status_leaves_its_limit() -> None:
    waiting = application(Status.IN_PROGRESS, due_at=AT + timedelta(hours=5))
    assert take(waiting, Step.NOTED, SYSTEM, AT).after.due_at == waiting.due_at


def test_each_step_counts_the_version_and_names_it_in_its_event() -> None:
    change = take(application(version=4), Step.ACCEPTED, SYSTEM, AT)
    assert (change.after.version, change.event.version) == (5, 5)
    assert change.event.event_id == f"{change.after.number}.5"
    assert (change.event.status_from, change.event.status_to) == (Status.SUBMITTED, Status.ACCEPTED)


def test_working_out_a_step_does_not_touch_the_application_it_starts_from() -> None:
    before = application()
    take(before, Step.ACCEPTED, SYSTEM, AT)
    assert before == application()
