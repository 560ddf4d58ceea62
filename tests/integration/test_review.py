"""The policy decides on what was filed, with the facts of that moment, once, and everybody can see why."""

import json
from datetime import datetime
from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.desk import MEI, Desk
from tests.integration.gateway import invoke, shop
from tests.integration.policies import publish, terms

GIFT_CARD = [{"line_id": "card", "quantity": 1, "reason": "changed_mind", "opened": True}]
KEEPS_IT = {"type": "refund_only", "lines": [{"line_id": "cup", "quantity": 1, "reason": "changed_mind"}]}
TEAPOT_AND_CARD = {
    "type": "return_refund",
    "lines": [{"line_id": "teapot", "quantity": 2, "reason": "changed_mind"}, *GIFT_CARD],
}


@pytest.mark.parametrize(
    ("changes", "status"),
    [({}, "accepted"), ({"lines": GIFT_CARD}, "rejected"), (KEEPS_IT, "manual_review")],
    ids=["within the law", "a gift card", "keeps it and wants money"],
)
def test_the_outcome_becomes_the_status(desk: Desk, changes: dict[str, Any], status: str) -> None:
    number = desk.filed(**changes)
    assert desk.review(number) == {"number": number, "status": status, "assigned": False}


# --- explained


def test_the_decision_can_be_explained_later(desk: Desk) -> None:
    [record] = desk.case(desk.accepted())["decisions"]
    assert (record["policy"], record["outcome"]) == ("default", "accept")
    [line] = record["lines"]
    assert line["facts"] | {"reason": "defective", "days_since_delivery": 1, "price_paid": 9966} == line["facts"]
    assert {"china", "default"} == {rule["policy"] for rule in line["verdict"]["fired"]}


def test_the_record_is_never_changed_by_what_comes_after(desk: Desk) -> None:
    number = desk.filed(**KEEPS_IT)
    desk.review(number)
    before = desk.case(number)["decisions"]
    desk.assign(number)
    desk.staff(MEI, number, "decision", {"outcome": "accept", "message": "老顾客，同意。"})
    assert desk.case(number)["decisions"] == before


def test_the_event_names_the_policy_and_the_reasons(desk: Desk) -> None:
    event = desk.timeline(desk.accepted())[-1]
    assert (event.step, event.actor.kind) == ("accepted", "system")
    assert event.data["policy"] == "default"
    assert event.data["reasons"]
    assert "facts" not in event.data


def test_who_was_refused_may_apply_for_the_unit_again(desk: Desk) -> None:
    desk.review(desk.filed(lines=GIFT_CARD))
    assert (desk.ledger("card").available, desk.ledger("card").reserved) == (1, 0)


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh-CN", "该类商品不支持此售后类型。"), ("en", "not possible for this category")]
)
def test_the_customer_reads_the_reason_in_their_language(desk: Desk, language: str, sentence: str) -> None:
    number = desk.filed(lines=GIFT_CARD, language=language)
    desk.review(number)
    assert any(sentence in reason for reason in desk.look(number).body["reasons"])


def test_the_customer_sees_neither_facts_nor_rules(desk: Desk) -> None:
    view = desk.look(desk.accepted()).body
    assert not {"decisions", "decision", "facts", "fired"} & view.keys()


def test_a_line_says_until_when_its_window_is_open(desk: Desk) -> None:
    """Delivered on 8 March in Shanghai, the seventh day after is the 15th, and it ends at midnight there."""
    [line] = desk.decision(desk.accepted()).lines
    assert line.window_ends_at == datetime.fromisoformat("2026-03-15T15:59:59.999+00:00")


# --- once, and at the time of filing


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
    changed_mind = [{"line_id": "teapot", "quantity": 1, "reason": "changed_mind"}]
    assert desk.review(desk.filed(lines=changed_mind))["status"] == "rejected"


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


# --- lines apart


def test_lines_that_are_decided_apart_are_partly_accepted(desk: Desk) -> None:
    number = desk.filed(**TEAPOT_AND_CARD)
    assert desk.review(number)["status"] == "accepted"
    application = desk.application(number)
    assert desk.decision(number).outcome == "partly_accept"
    assert [line.line_id for line in application.lines] == ["teapot"]
    assert [line.line_id for line in application.refused_lines] == ["card"]
    assert (desk.ledger("card").available, desk.ledger("teapot").reserved) == (1, 2)


def test_a_line_for_a_person_is_for_a_person_with_all_the_others(desk: Desk) -> None:
    lines = [*KEEPS_IT["lines"], *GIFT_CARD]
    number = desk.filed(type="refund_only", lines=lines)
    assert desk.review(number)["status"] == "manual_review"
    assert [line.outcome for line in desk.decision(number).lines] == ["manual_review", "reject"]


def test_who_waits_for_a_person_does_not_read_that_another_line_may_go_back(desk: Desk) -> None:
    """The teapot is accepted by law, the cup is for a person: until then nothing is to be sent."""
    lines = [
        {"line_id": "teapot", "quantity": 1, "reason": "changed_mind"},
        {"line_id": "card", "quantity": 1, "reason": "changed_mind"},
    ]
    number = desk.filed(lines=lines)
    assert desk.review(number)["status"] == "manual_review"
    assert desk.look(number).body["reasons"] == ["有些信息我们还不确定，专员会为您核实。"]


# --- evidence


def with_photo_wanted() -> dict[str, Any]:
    """The plain terms, but whoever keeps the goods shows what is wrong with them."""
    policy = terms()
    [table] = [node for node in policy["graph"]["nodes"] if node["id"] == "eligibility"]
    outputs = [column["field"] for column in table["content"]["outputs"]]
    if "evidence" not in outputs:
        table["content"]["outputs"].append({"id": "needs", "name": "Needs", "field": "evidence"})
    column = next(column["id"] for column in table["content"]["outputs"] if column["field"] == "evidence")
    [row] = [row for row in table["content"]["rules"] if row["_id"] == "within_terms"]
    row[column] = "['photo']"
    return policy


BROKEN_CUP = {"type": "refund_only", "lines": [{"line_id": "cup", "quantity": 1, "reason": "defective"}]}
PHOTO = {"photos": [{"media_type": "image/png", "size": 9}]}


def test_evidence_that_is_needed_is_asked_for_and_then_decided_on(desk: Desk) -> None:
    publish(with_photo_wanted())
    number = desk.filed(**BROKEN_CUP)
    assert desk.review(number)["status"] == "information_wanted"
    assert desk.look(number).body["reasons"] == ["请补充能看清问题的照片或视频。"]
    desk.photo_arrives(number, "late-photo")
    desk.customer(number, "information", {"message": "照片已上传。"})
    assert desk.review(number)["status"] == "accepted"
    assert len(desk.case(number)["decisions"]) == 2


def test_nobody_is_asked_twice(desk: Desk) -> None:
    publish(with_photo_wanted())
    number = desk.filed(**BROKEN_CUP)
    desk.review(number)
    desk.customer(number, "information", {"message": "没有照片，杯子扔了。"})
    assert desk.review(number)["status"] == "manual_review"
    assert desk.look(number).body["reasons"] == ["有些信息我们还不确定，专员会为您核实。"]


@pytest.mark.parametrize(("of_order", "told"), [("", None), (None, " "), (" ", "")])
def test_a_blank_is_no_serial_number(desk: Desk, of_order: str | None, told: str | None) -> None:
    policy = json.dumps(with_photo_wanted()).replace("['photo']", "['serial_number']")
    publish(json.loads(policy))
    cup = {"line_id": "cup", "title": "品茗杯 Tasting cup", "quantity": 1, "paid": 1000, "serial_number": of_order}
    desk.tell_order("LT-2001", lines=[cup])
    line = {"line_id": "cup", "quantity": 1, "reason": "defective", "serial_number": told}
    number = desk.filed(order_number="LT-2001", type="refund_only", lines=[line])
    assert desk.review(number)["status"] == "information_wanted"


def test_a_photo_on_its_way_is_waited_for(desk: Desk) -> None:
    publish(with_photo_wanted())
    number = desk.filed(**BROKEN_CUP | PHOTO)
    assert desk.review(number) == {
        "number": number,
        "status": "submitted",
        "assigned": False,
        "evidence_on_its_way": True,
    }
    desk.photo_arrives(number, desk.application(number).photos[0].photo_id)
    assert desk.review(number)["status"] == "accepted"


def test_a_photo_that_never_comes_is_asked_for(desk: Desk) -> None:
    publish(with_photo_wanted())
    number = desk.filed(**BROKEN_CUP | PHOTO)
    desk.later(minutes=2)
    assert desk.review(number)["status"] == "information_wanted"


# --- facts


def test_a_fact_that_nobody_knows_goes_to_a_person_and_is_named(desk: Desk) -> None:
    """A store that asks whether the goods were opened, and a customer who did not say."""
    column = '{"id": "reason", "name": "Reason", "field": "reason"}'
    opened = column + ', {"id": "opened", "name": "Opened", "field": "opened"}'
    publish(terms(**{column: opened, "\"reason\": \"'changed_mind', 'wrong_size'\"": '"opened": "true"'}))
    number = desk.filed(type="refund_only", lines=[{"line_id": "cup", "quantity": 1, "reason": "other"}])
    assert desk.review(number)["status"] == "manual_review"
    assert desk.decision(number).lines[0].missing == ("opened",)
    assert desk.decision(number).reasons[0].code == "fact_missing"


def test_what_the_customer_applied_for_before_counts(desk: Desk) -> None:
    for _ in range(2):
        desk.review(desk.filed(**KEEPS_IT))
        desk.later(hours=1)
    third = desk.filed(**KEEPS_IT)
    desk.review(third)
    [line] = desk.case(third)["decisions"][0]["lines"]
    assert line["facts"]["applications_90"] == 2


def test_an_earlier_repair_counts_with_its_days(desk: Desk) -> None:
    repaired = desk.awaiting_goods(type="repair")
    desk.staff(MEI, repaired, "receipt", {})
    desk.staff(MEI, repaired, "diagnosis", {"finding": "壶嘴有裂纹。", "repairable": True, "under_warranty": True})
    desk.later(days=2, hours=5)
    desk.staff(MEI, repaired, "repair-result", {"outcome": "repaired", "message": "已修好。"})
    desk.staff(MEI, repaired, "dispatch", {"carrier": "顺丰", "tracking_number": "SF2"})
    again = desk.filed(type="repair")
    desk.review(again)
    [line] = desk.case(again)["decisions"][0]["lines"]
    assert (line["facts"]["repairs_tried"], line["facts"]["days_in_repair"]) == (1, 3)


def test_the_law_of_the_customers_country_holds(desk: Desk) -> None:
    """Eleven days after delivery: too late for China's seven days, in time for Europe's fourteen."""
    desk.later(days=10)
    changed_mind = {"lines": [{"line_id": "teapot", "quantity": 1, "reason": "changed_mind"}]}
    desk.tell_order("LT-2002", country="DE")
    assert desk.review(desk.filed(**changed_mind))["status"] == "rejected"
    assert desk.review(desk.filed(order_number="LT-2002", **changed_mind))["status"] == "accepted"


def test_the_terms_of_each_store_are_its_own(desk: Desk) -> None:
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    publish(terms(), store="/policies/harbour")
    desk.tell_order(who=shop("harbour"))
    number = desk.filed(who=shop("harbour"))
    desk.review(number)
    assert desk.decision(number).policy == "harbour@1"
