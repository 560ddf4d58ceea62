"""What leaves the desk by itself, to the bus and into the state machine, names nobody."""

import json
from datetime import timedelta

import pytest

from aftersales.applications.change import take
from aftersales.applications.lifecycle import Status, Step, targets
from aftersales.applications.model import Application
from aftersales.flow.standing import standing
from tests.unit.builders import FILED_AT, NUMBER, application, event

PRIVATE = ["李娜", "li.na@mail.example", "138", "壶嘴", "请拍一张", "mei@lantern.example"]
FULL: Application = application(
    "in_progress",
    assignee="mei",
    parcel={"carrier": "顺丰 李娜", "tracking_number": "SF138"},
    due_at=FILED_AT + timedelta(days=3),
)


def holds_nothing_private(told: object) -> bool:
    text = json.dumps(told, ensure_ascii=False)
    return not [word for word in PRIVATE if word in text]


def test_the_state_machine_knows_where_it_stands_and_no_more() -> None:
    assert standing(FULL).document() == {"number": NUMBER, "status": "in_progress", "assigned": True}


@pytest.mark.parametrize("status", sorted(Status))
def test_whatever_the_status_the_state_machine_is_told_no_contact(status: Status) -> None:
    assert holds_nothing_private(standing(FULL.model_copy(update={"status": status})).document())


@pytest.mark.parametrize("step", sorted(set(Step) - {Step.FILED}))
def test_whatever_happens_the_published_event_holds_no_contact_and_no_words(step: Step) -> None:
    status = next(status for status in Status if targets(step, status))
    target = next(iter(targets(step, status)))
    before = FULL.model_copy(update={"status": status})
    change = take(before, step, event(step).actor, FILED_AT, to=target, message="请拍一张壶嘴的照片，李娜 138。")
    assert holds_nothing_private(change.event.published())


def test_a_published_event_has_the_shape_that_consumers_rely_on() -> None:
    assert event(Step.ACCEPTED, data={"policy": "2026-03", "reasons": ["within_terms"]}).published() == {
        "id": f"{NUMBER}.2",
        "name": "application.accepted",
        "version": 1,
        "at": "2026-03-09T02:30:00.000Z",
        "correlation_id": "c-1",
        "number": NUMBER,
        "sequence": 2,
        "store_id": "lantern",
        "status_from": "submitted",
        "status_to": "accepted",
        "status_changed": True,
        "actor": "system",
        "data": {"policy": "2026-03", "reasons": ["within_terms"]},
    }


def test_what_happened_beside_the_status_says_that_nothing_changed() -> None:
    assert event(Step.NOTED, status_from="in_progress", status_to="in_progress").published()["status_changed"] is False
