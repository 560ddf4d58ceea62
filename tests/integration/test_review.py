"""The policy decides on what was filed, with the facts of that moment, once."""

from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import invoke, shop

GIFT_CARD = [{"line_id": "card", "quantity": 1, "reason": "changed_mind"}]
KEEPS_IT = {"type": "refund_only", "lines": [{"line_id": "cup", "quantity": 1, "reason": "changed_mind"}]}


@pytest.mark.parametrize(
    ("changes", "status"),
    [({}, "accepted"), ({"lines": GIFT_CARD}, "rejected"), (KEEPS_IT, "manual_review")],
    ids=["within the terms", "a gift card", "keeps it and wants money"],
)
def test_the_outcome_becomes_the_status(desk: Desk, changes: dict[str, Any], status: str) -> None:
    number = desk.filed(**changes)
    assert desk.review(number) == {"number": number, "status": status, "assigned": False}


def test_the_decision_can_be_explained_later(desk: Desk) -> None:
    number = desk.accepted()
    decision = desk.application(number).decision
    assert decision
    assert (decision.outcome, decision.policy, decision.decided_by) == ("accept", "2026-03", None)
    assert decision.facts == {
        "type": "return_refund",
        "filed_on": "2026-03-09",
        "delivered_on": "2026-03-08",
        "lines": [{"line_id": "teapot", "category": "general", "reason": "defective", "quantity": 1}],
    }


def test_the_event_names_the_policy_and_the_reasons(desk: Desk) -> None:
    event = desk.timeline(desk.accepted())[-1]
    assert (event.step, event.actor.kind) == ("accepted", "system")
    assert event.data == {"policy": "2026-03", "reasons": ["within_terms"]}


def test_who_was_refused_may_apply_for_the_unit_again(desk: Desk) -> None:
    desk.review(desk.filed(lines=GIFT_CARD))
    assert (desk.ledger("card").available, desk.ledger("card").reserved) == (1, 0)


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh-CN", "该类商品不支持此售后类型。"), ("en", "not possible for this category")]
)
def test_the_customer_reads_the_reason_in_their_language(desk: Desk, language: str, sentence: str) -> None:
    number = desk.filed(lines=GIFT_CARD, language=language)
    desk.review(number)
    [reason] = desk.look(number).body["reasons"]
    assert sentence in reason


def test_asked_again_the_policy_changes_nothing(desk: Desk) -> None:
    number = desk.accepted()
    before = desk.application(number)
    desk.review(number)
    assert desk.application(number) == before


def test_a_queue_that_was_slow_costs_nobody_their_right(desk: Desk) -> None:
    number = desk.filed()
    desk.later(days=30)
    assert desk.review(number)["status"] == "accepted"


def test_filed_the_day_after_the_window_is_too_late(desk: Desk) -> None:
    desk.later(days=7)
    assert desk.review(desk.filed())["status"] == "rejected"


def test_what_was_cancelled_meanwhile_stays_cancelled(desk: Desk) -> None:
    number = desk.filed()
    task = desk.standing(number)
    with cloud.meanwhile("TransactWriteItems", lambda: desk.customer(number, "cancellation")):
        assert invoke("review", task)["status"] == "cancelled"
    assert desk.steps(number) == ["filed", "cancelled"]


def test_a_photo_that_arrives_meanwhile_does_not_stop_the_review(desk: Desk) -> None:
    number = desk.filed(photos=[{"media_type": "image/png", "size": 9}])
    photo_id = desk.application(number).photos[0].photo_id
    with cloud.meanwhile("TransactWriteItems", lambda: desk.photo_arrives(number, photo_id)):
        assert desk.review(number)["status"] == "accepted"
    assert desk.steps(number) == ["filed", "evidence_attached", "accepted"]


def test_the_terms_of_each_store_are_its_own(desk: Desk) -> None:
    terms = {"version": "lenient", "return_window_days": 365, "allowed_types": {}}
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London", terms=terms)
    desk.tell_order(who=shop("harbour"))
    number = desk.filed(who=shop("harbour"), lines=GIFT_CARD)
    assert desk.review(number)["status"] == "accepted"
