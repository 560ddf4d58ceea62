"""What may happen to an application. The table below is written a second time on purpose, by hand."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import pytest

from aftersales.applications.change import take
from aftersales.applications.lifecycle import FINAL, OPEN, TRANSITIONS, Status, Step, targets
from aftersales.applications.limits import LIMITS, due
from aftersales.applications.model import SYSTEM, Language
from aftersales.applications.words import INSTEAD, STATUS, STEP, Case
from aftersales.errors import StepNotPossible
from tests.unit.builders import application

ALLOWED = """
accepted: submitted manual_review appealed > accepted
rejected: submitted manual_review in_progress inspected appealed > rejected
appealed: rejected > appealed
referred: submitted > manual_review
assigned: accepted > in_progress awaiting_goods in_transit received inspected
assigned: manual_review appealed approval_wanted disputed > same
assigned: in_progress received inspected visit_planned in_repair awaiting_parts repaired > same
assigned: information_wanted quote_offered awaiting_payment awaiting_goods in_transit > same
assigned: refund_ordered replacement_ordered credit_ordered > same
information_requested: submitted manual_review in_progress appealed > information_wanted
information_given: information_wanted > submitted manual_review in_progress appealed
message_sent: manual_review information_wanted appealed approval_wanted quote_offered disputed > same
message_sent: accepted in_progress awaiting_goods in_transit received inspected > same
message_sent: refund_ordered replacement_ordered credit_ordered awaiting_payment > same
message_sent: visit_planned in_repair awaiting_parts repaired delivering awaiting_confirmation > same
remedy_changed: in_progress awaiting_goods in_transit inspected > in_progress awaiting_goods in_transit
remedy_changed: in_progress awaiting_goods in_transit inspected > received inspected
goods_sent: awaiting_goods > in_transit
goods_sent: in_transit refund_ordered replacement_ordered awaiting_payment > same
goods_received: awaiting_goods in_transit in_progress > received
goods_received: refund_ordered replacement_ordered awaiting_payment > same
goods_inspected: received > inspected delivering awaiting_confirmation
refund_ordered: accepted in_progress awaiting_goods in_transit received inspected approval_wanted > refund_ordered
refund_failed: refund_ordered > in_progress awaiting_goods in_transit received inspected
refunded: refund_ordered > in_progress awaiting_goods in_transit received inspected delivering awaiting_confirmation
refunded: in_progress awaiting_goods in_transit received inspected > in_progress awaiting_goods in_transit received
refunded: in_progress awaiting_goods in_transit received inspected > inspected delivering awaiting_confirmation
replacement_ordered: accepted in_progress awaiting_goods in_transit received inspected > replacement_ordered
replacement_failed: replacement_ordered > in_progress awaiting_goods in_transit received inspected
replacement_failed: accepted information_wanted in_progress awaiting_goods in_transit received inspected > same
replacement_failed: refund_ordered awaiting_payment > same
replacement_shipped: replacement_ordered > in_progress awaiting_goods in_transit received inspected
replacement_shipped: replacement_ordered > delivering awaiting_confirmation
diagnosed: received inspected > inspected quote_offered in_repair
diagnosed: in_progress visit_planned > in_progress quote_offered
quote_accepted: quote_offered > awaiting_payment
quote_declined: quote_offered > in_progress inspected
charge_ordered: in_progress awaiting_goods inspected > awaiting_payment
charged: awaiting_payment > in_progress awaiting_goods in_transit received inspected
charged: awaiting_payment > in_repair delivering awaiting_confirmation expired
charge_failed: awaiting_payment > in_progress awaiting_goods in_transit received inspected
visit_planned: in_progress visit_planned > visit_planned
parts_wanted: in_repair > awaiting_parts
parts_arrived: awaiting_parts > in_repair
repaired: in_repair > repaired
repaired: in_progress visit_planned > awaiting_confirmation
not_repairable: in_repair awaiting_parts > inspected
not_repairable: in_progress visit_planned > in_progress
goods_dispatched: inspected repaired > delivering
delivered: delivering > awaiting_confirmation
delivered: in_progress awaiting_goods in_transit received inspected > same
delivered: refund_ordered awaiting_payment awaiting_confirmation > same
compensation_proposed: in_progress inspected > approval_wanted
compensation_refused: approval_wanted > in_progress inspected
credit_ordered: in_progress inspected approval_wanted > credit_ordered
credit_given: credit_ordered > in_progress inspected awaiting_confirmation
credit_failed: credit_ordered > in_progress inspected
completed: in_progress inspected > awaiting_confirmation
confirmed: delivering awaiting_confirmation > resolved
disputed: delivering awaiting_confirmation > disputed
dispute_answered: disputed > resolved
reopened: disputed > in_progress inspected
cancelled: submitted manual_review appealed information_wanted > cancelled
cancelled: accepted in_progress awaiting_goods in_transit > cancelled
expired: information_wanted awaiting_goods > expired
"""
RECORDED_BESIDE = {
    Step.EVIDENCE_ATTACHED,
    Step.LABEL_ISSUED,
    Step.PARCEL_MOVED,
    Step.REFUND_CONTRADICTED,
    Step.CHARGE_CONTRADICTED,
    Step.REPLACEMENT_WANTED,
    Step.REPLACEMENT_RESERVED,
    Step.UNDELIVERED,
    Step.OVERDUE,
    Step.SLA_WARNED,
    Step.SLA_BREACHED,
    Step.ESCALATED,
    Step.PRIORITY_CHANGED,
    Step.TAKEN_BACK,
    Step.HANDED_OVER,
    Step.TASK_OPENED,
    Step.TASK_DONE,
    Step.NOTED,
    Step.NOTICE_UNCERTAIN,
    Step.SURVEY_SENT,
    Step.SURVEY_ANSWERED,
    Step.FOLLOW_UP_PLANNED,
    Step.FOLLOW_UP_DUE,
    Step.FOLLOWED_UP,
}


def moves_of(row: str) -> set[tuple[Step, Status, Status]]:
    """`a: b c > d e`: step `a` leads from `b` or `c` to `d` or `e`."""
    step, _, way = row.partition(": ")
    sources, _, targets_of = way.partition(" > ")
    pairs = {(source, target) for source in sources.split() for target in targets_of.split()}
    return {(Step(step), Status(a), Status(a if b == "same" else b)) for a, b in pairs}


MOVES = {move for row in ALLOWED.strip().splitlines() for move in moves_of(row)}
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


@pytest.mark.parametrize(
    ("step", "source", "target"),
    [
        (Step.GOODS_DISPATCHED, Status.REPAIRED, Status.DELIVERING),
        (Step.COMPLETED, Status.IN_PROGRESS, Status.AWAITING_CONFIRMATION),
    ],
)
def test_once_the_customer_has_the_last_word_what_was_to_be_done_is_done(
    step: Step, source: Status, target: Status
) -> None:
    assert take(application(source), step, SYSTEM, AT).after.status is target
    assert take(application(source), step, SYSTEM, AT).after.settled
    assert not take(application(source), Step.NOTED, SYSTEM, AT).after.settled


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_status_and_step_has_words_in_every_language(language: Language) -> None:
    assert set(STATUS[language]) == set(Status)
    assert set(STEP[language]) == set(Step)
    assert all(words.name and words.next for words in STATUS[language].values())
    assert all(STEP[language].values())
    assert set(INSTEAD[language]) == set(get_args(Case))


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
