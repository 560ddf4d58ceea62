"""The customer's newest words, and whether somebody has answered them."""

from typing import Any

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import TimelineEvent
from aftersales.desk.heard import last_heard
from tests.unit.builders import event

CUSTOMER, MEI = {"kind": "customer"}, {"kind": "staff", "id": "mei"}
ANSWER = event("information_given", status_to="in_progress", actor=CUSTOMER, message="照片已补。")


def by_mei(step: str, **changes: Any) -> TimelineEvent:
    return event(step, status_to="in_progress", actor=MEI, **changes)


def heard(*timeline: TimelineEvent) -> tuple[str | None, bool] | None:
    found = last_heard(timeline, Type.RETURN_REFUND)
    return (found.event.message, found.is_new) if found else None


def test_an_answer_is_new_until_staff_have_said_something() -> None:
    asked = by_mei("information_requested", message="请补一张照片。")
    assert heard(asked, ANSWER) == ("照片已补。", True)
    assert heard(asked, ANSWER, by_mei("goods_received")) == ("照片已补。", False)


def test_a_note_or_another_assignment_answers_nothing() -> None:
    assert heard(ANSWER, by_mei("noted", staff_only=True), by_mei("assigned")) == ("照片已补。", True)


def test_what_the_policy_decides_on_it_is_an_answer_too() -> None:
    assert heard(ANSWER, event("accepted", status_to="accepted", actor={"kind": "system"})) == ("照片已补。", False)


def test_of_several_the_last_one_counts() -> None:
    dispute = event("disputed", status_to="disputed", actor=CUSTOMER, message="金额不对。")
    assert heard(ANSWER, by_mei("refund_ordered"), dispute) == ("金额不对。", True)


def test_what_the_system_gave_without_a_word_is_no_word() -> None:
    assert heard(event("information_given", status_to="in_progress", actor={"kind": "system"})) is None
    assert heard() is None
