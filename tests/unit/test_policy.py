"""The first small policy, row by row, in the words that customers read."""

from datetime import date

import pytest

from aftersales.applications.model import Language, Reason
from aftersales.policy.model import Facts, LineFacts
from aftersales.policy.rules import TEXTS, decide
from aftersales.stores.model import Terms

TERMS = Terms.model_validate(
    {
        "version": "2026-03",
        "return_window_days": 7,
        "allowed_types": {
            "digital": [],
            "perishable": ["refund_only", "resend"],
            "custom_made": ["repair", "exchange"],
        },
    }
)
DELIVERED = date(2026, 3, 1)
LAST_DAY = date(2026, 3, 8)
DAY_AFTER = date(2026, 3, 9)

OK = "符合本店售后条款。", "This is covered by the store's terms."
LATE = "已超过签收后可申请的期限。", "The time to ask for this after delivery is over."
WRONG_KIND = "该类商品不支持此售后类型。", "This kind of request is not possible for this category of goods."
NOT_THERE = "订单尚未显示签收，需要人工核实。", "The order is not marked as delivered yet; a person will check it."
KEEPS = "不退货的退款需要人工审核。", "A refund without sending the goods back is checked by a person."
TALK = "我们会有专人回复您。", "Someone from our team will answer you."

Line = tuple[str, str]
DEFECTIVE: Line = ("general", "defective")
CHANGED_MIND: Line = ("general", "changed_mind")
ROWS: list[tuple[str, str, list[Line], date, date | None, str, tuple[str, str]]] = [
    ("on the last day", "return_refund", [CHANGED_MIND], LAST_DAY, DELIVERED, "accept", OK),
    ("the day after", "return_refund", [CHANGED_MIND], DAY_AFTER, DELIVERED, "reject", LATE),
    ("an exchange a day late", "exchange", [("clothing", "wrong_size")], DAY_AFTER, DELIVERED, "reject", LATE),
    ("a refund a day late", "refund_only", [DEFECTIVE], DAY_AFTER, DELIVERED, "reject", LATE),
    ("on the day of delivery", "return_refund", [DEFECTIVE], DELIVERED, DELIVERED, "accept", OK),
    ("a repair years later", "repair", [DEFECTIVE], date(2028, 3, 1), DELIVERED, "accept", OK),
    ("a resend has no window", "resend", [("general", "missing")], date(2026, 6, 1), DELIVERED, "accept", OK),
    ("arrived on 29 February", "return_refund", [DEFECTIVE], date(2028, 3, 7), date(2028, 2, 29), "accept", OK),
    ("29 February and 8 days", "return_refund", [DEFECTIVE], date(2028, 3, 8), date(2028, 2, 29), "reject", LATE),
    ("not delivered yet", "return_refund", [DEFECTIVE], LAST_DAY, None, "manual_review", NOT_THERE),
    ("a gift card", "return_refund", [("digital", "changed_mind")], LAST_DAY, DELIVERED, "reject", WRONG_KIND),
    ("a gift card not delivered", "resend", [("digital", "missing")], LAST_DAY, None, "reject", WRONG_KIND),
    (
        "mouldy tea comes not back",
        "return_refund",
        [("perishable", "defective")],
        LAST_DAY,
        DELIVERED,
        "reject",
        WRONG_KIND,
    ),
    ("mouldy tea is paid back", "refund_only", [("perishable", "defective")], LAST_DAY, DELIVERED, "accept", OK),
    ("keeps it and wants money", "refund_only", [CHANGED_MIND], LAST_DAY, DELIVERED, "manual_review", KEEPS),
    ("keeps it, wrong size", "refund_only", [("clothing", "wrong_size")], LAST_DAY, DELIVERED, "manual_review", KEEPS),
    ("a question about a line", "consultation", [DEFECTIVE], date(2030, 1, 1), DELIVERED, "accept", TALK),
    ("a complaint, no line", "complaint", [], date(2030, 1, 1), None, "accept", TALK),
    ("a complaint about a card", "complaint", [("digital", "other")], LAST_DAY, None, "accept", TALK),
    ("two lines alike", "return_refund", [DEFECTIVE, CHANGED_MIND], LAST_DAY, DELIVERED, "accept", OK),
]


def facts(type_: str, lines: list[Line], filed_on: date, delivered_on: date | None) -> Facts:
    described = tuple(
        LineFacts.model_validate({"line_id": f"line-{i}", "category": category, "reason": reason, "quantity": 1})
        for i, (category, reason) in enumerate(lines)
    )
    return Facts.model_validate({"type": type_, "filed_on": filed_on, "delivered_on": delivered_on, "lines": described})


@pytest.mark.parametrize(
    ("type_", "lines", "filed_on", "delivered_on", "outcome", "sentences"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_the_policy_decides_and_says_why(
    type_: str, lines: list[Line], filed_on: date, delivered_on: date | None, outcome: str, sentences: tuple[str, str]
) -> None:
    verdict = decide(facts(type_, lines, filed_on, delivered_on), TERMS)
    assert verdict.outcome == outcome
    assert [(TEXTS[code]["zh-CN"], TEXTS[code]["en"]) for code in verdict.reasons] == [sentences]


def test_lines_that_fall_apart_are_for_a_person_who_sees_each_reason() -> None:
    verdict = decide(facts("return_refund", [DEFECTIVE, ("digital", "other")], LAST_DAY, DELIVERED), TERMS)
    assert verdict.outcome == "manual_review"
    assert verdict.reasons == ("lines_differ", "type_not_allowed", "within_terms")


def test_lines_that_are_refused_for_different_reasons_are_refused_with_all_of_them() -> None:
    verdict = decide(facts("return_refund", [DEFECTIVE, ("digital", "other")], DAY_AFTER, DELIVERED), TERMS)
    assert verdict.outcome == "reject"
    assert verdict.reasons == ("type_not_allowed", "window_over")


def test_an_application_for_nothing_is_for_a_person() -> None:
    assert decide(facts("return_refund", [], LAST_DAY, DELIVERED), TERMS).outcome == "manual_review"


def test_a_category_that_the_terms_do_not_name_may_ask_for_anything() -> None:
    terms = Terms(version="open", return_window_days=7)
    assert decide(facts("return_refund", [("digital", "defective")], LAST_DAY, DELIVERED), terms).outcome == "accept"


def test_the_verdict_names_the_version_of_the_terms() -> None:
    assert decide(facts("complaint", [], LAST_DAY, None), TERMS).policy == "2026-03"


@pytest.mark.parametrize("reason", [r for r in Reason if r not in (Reason.CHANGED_MIND, Reason.WRONG_SIZE)])
def test_what_is_not_the_customers_doing_may_be_paid_back_without_a_return(reason: Reason) -> None:
    assert decide(facts("refund_only", [("general", reason)], LAST_DAY, DELIVERED), TERMS).outcome == "accept"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_reason_has_a_sentence_in_every_language(language: Language) -> None:
    assert all(sentences[language] for sentences in TEXTS.values())
