"""Cells and expressions: a mistake is told once, with table, row and column, and what to do about it."""

import pytest

from tests.unit.policy.lantern import (
    THROUGH,
    Change,
    Document,
    Place,
    answer,
    cell,
    content,
    edges,
    errors,
    expression,
    found,
    late_is,
    nodes,
    place,
    terms,
)


def built_on(value: str, then: str) -> Change:
    """`late` is worked out from `more`, which is worked out itself."""

    def change(document: Document) -> None:
        late_is(then)(document)
        expression(value=value)(document)

    return change


CELLS: list[tuple[str, Change, str, Place]] = [
    ("cannot be read", cell("dear", "quantity", ">= 3 <"), "unreadable_cell", ("urgency", "dear", "quantity")),
    ("no value", cell("dear", "quantity", "-"), "unreadable_cell", ("urgency", "dear", "quantity")),
    ("nothing that is seen", cell("dear", "quantity", "\x1f"), "unreadable_cell", ("urgency", "dear", "quantity")),
    ("an open text", cell("dear", "tier", "'gold"), "unreadable_cell", ("urgency", "dear", "tier")),
    ("no quotes", cell("dear", "tier", "gold"), "unknown_fact", ("urgency", "dear", "tier")),
    ("another fact", cell("dear", "quantity", "> order_total"), "unknown_fact", ("urgency", "dear", "quantity")),
    ("all facts", cell("dear", "quantity", "$root.quantity"), "unknown_fact", ("urgency", "dear", "quantity")),
    ("an element of no list", cell("dear", "quantity", "# > 3"), "unknown_fact", ("urgency", "dear", "quantity")),
    ("a sum", cell("dear", "quantity", "> 2 + 1"), "not_for_cells", ("urgency", "dear", "quantity")),
    ("a function", cell("dear", "tier", "startsWith($, 'g')"), "not_for_cells", ("urgency", "dear", "tier")),
    ("a length", cell("outlet", "tags", "len($) > 2"), "not_for_cells", ("eligibility", "outlet", "tags")),
    (
        "a part of a tag",
        cell("outlet", "tags", "some($, contains(#, 'out'))"),
        "not_for_cells",
        ("eligibility", "outlet", "tags"),
    ),
    ("null in a text", cell("dear", "tier", "'nullified'"), "not_for_cells", ("urgency", "dear", "tier")),
    ("a setting", cell("dear", "quantity", "x = 3"), "unknown_fact", ("urgency", "dear", "quantity")),
    ("a choice", cell("dear", "quantity", "true ? 3 : 4"), "not_for_cells", ("urgency", "dear", "quantity")),
    (
        "misspelt",
        cell("talk", "type", "'complaint', 'consultaton'"),
        "impossible_value",
        ("eligibility", "talk", "type"),
    ),
    ("a text for a number", cell("dear", "quantity", "'3'"), "impossible_value", ("urgency", "dear", "quantity")),
    ("a text for a truth", cell("late", "late", "'true'"), "impossible_value", ("eligibility", "late", "late")),
    ("a number for a text", cell("dear", "tier", "3"), "impossible_value", ("urgency", "dear", "tier")),
    ("null for what is there", cell("dear", "tier", "null"), "impossible_value", ("urgency", "dear", "tier")),
    ("greater than a text", cell("dear", "tier", "> 'gold'"), "wrong_type", ("urgency", "dear", "tier")),
    ("a list in a list", cell("outlet", "tags", "['outlet']"), "wrong_type", ("eligibility", "outlet", "tags")),
    ("and", cell("dear", "quantity", "> 3 and < 9"), "not_for_missing", ("urgency", "dear", "quantity")),
    ("null too late", cell("dear", "quantity", "> 3, null"), "not_for_missing", ("urgency", "dear", "quantity")),
    ("nothing between", cell("dear", "quantity", "(3..3)"), "fits_nothing", ("urgency", "dear", "quantity")),
    ("a tag by itself", cell("outlet", "tags", "'outlet'"), "fits_nothing", ("eligibility", "outlet", "tags")),
    (
        "an open answer",
        cell("late", "because", "'window_over"),
        "unreadable_answer",
        ("eligibility", "late", "because"),
    ),
    ("an answer without quotes", cell("late", "outcome", "reject"), "not_constant", ("eligibility", "late", "outcome")),
    ("an answer that adds up", cell("late", "window", "7 + 7"), "not_constant", ("eligibility", "late", "window")),
    ("what day it is", cell("late", "window", "d().day()"), "not_constant", ("eligibility", "late", "window")),
    ("no outcome there is", cell("late", "outcome", "'refuse'"), "wrong_answer", ("eligibility", "late", "outcome")),
    ("no days", cell("late", "window", "-7"), "wrong_answer", ("eligibility", "late", "window")),
    ("half a day", cell("late", "window", "7.5"), "wrong_answer", ("eligibility", "late", "window")),
    (
        "no such reason",
        cell("late", "because", "'too_late'"),
        "reason_without_sentence",
        ("eligibility", "late", "because"),
    ),
    ("no decision", cell("late", "outcome", ""), "no_outcome", ("eligibility", "late", "outcome")),
    ("null for a decision", cell("late", "outcome", "null"), "no_outcome", ("eligibility", "late", "outcome")),
    ("no reason", cell("late", "because", " "), "no_reason", ("eligibility", "late", "because")),
    ("half an expression", late_is("days_since_delivery >"), "unreadable_expression", ("timing", None, "late")),
    ("an empty expression", late_is(" "), "unreadable_expression", ("timing", None, "late")),
    ("an unknown fact", late_is("days_since_wedding > 7"), "unknown_fact", ("timing", None, "late")),
    ("itself", late_is("late == true"), "unknown_fact", ("timing", None, "late")),
    ("the day of deciding", late_is("d().day() > 7"), "unknown_function", ("timing", None, "late")),
    ("chance", late_is("rand(10) > 7"), "unknown_function", ("timing", None, "late")),
    ("an object", late_is("{a: true}"), "not_for_expressions", ("timing", None, "late")),
    ("what is not known", late_is("days_since_delivery > 7"), "expression_fails", ("timing", None, "late")),
    ("no word of what is not known", late_is("opened == true"), "not_for_missing", ("timing", None, "late")),
    (
        "a word of one of two",
        late_is("opened == null ? null : category == 'digital'"),
        "not_for_missing",
        ("timing", None, "late"),
    ),
    (
        "a walk within a walk",
        late_is("some(tags, some(tags, # == 'outlet'))"),
        "not_for_expressions",
        ("timing", None, "late"),
    ),
    ("a walk through numbers", late_is("some([1..3], # == 2)"), "not_for_expressions", ("timing", None, "late")),
    (
        "a text that may double",
        built_on("seller + seller", "$.more == ''"),
        "not_for_expressions",
        ("timing", None, "late"),
    ),
    (
        "a list that may double",
        built_on("[tags, tags]", "len($.more) > 7"),
        "not_for_expressions",
        ("timing", None, "late"),
    ),
    ("a sum of unlike things", late_is("order_total + currency > 7"), "expression_fails", ("timing", None, "late")),
    ("now this, now that", late_is("final_sale ? true : 'no'"), "mixed_values", ("timing", None, "late")),
]


@pytest.mark.parametrize(("change", "code", "where"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_a_mistake_is_told_once_with_table_row_and_column(change: Change, code: str, where: Place) -> None:
    told = [place(finding) for finding in errors(terms(change))]
    assert told == [(code, where)]


MESSAGES: list[tuple[str, Change, list[str]]] = [
    ("where ZEN stopped", cell("dear", "quantity", ">= 3 <"), ["`>= 3 <`", "Expected a literal at (6, 6)"]),
    ("what is possible", cell("talk", "type", "'refnd'"), ["'refnd'", "refund_only, return_refund, exchange"]),
    ("what to write", cell("dear", "quantity", "> 3 and < 9"), ["quantity is missing", "interval"]),
    ("how to go on", cell("dear", "quantity", "> order_total"), ["its own column", "expression"]),
    ("why not", nodes(type="decisionNode", content={"key": "lantern"}), ["ask itself without end"]),
    ("the loop", edges(*THROUGH, "eligibility>timing"), ["timing → eligibility → timing"]),
    ("by whom", answer("urgency", "window_days", "7"), ["`window_days`", "`eligibility`"]),
    ("what an answer may be", cell("late", "outcome", "'refuse'"), ["'accept', 'reject'"]),
    ("which language", lambda d: d["reasons"]["talk"].pop("zh-CN"), ["`talk`", "zh-CN"]),
]


@pytest.mark.parametrize(("change", "said"), [case[1:] for case in MESSAGES], ids=[case[0] for case in MESSAGES])
def test_the_message_says_what_to_do(change: Change, said: list[str]) -> None:
    [finding] = errors(terms(change))
    assert all(part in finding.message for part in said), finding.message


def test_facts_for_which_it_happens_are_named() -> None:
    [fails] = errors(terms(late_is("days_since_delivery > 7")))
    assert fails.example == {"days_since_delivery": None}
    [misfits] = errors(terms(cell("dear", "tier", "> 'gold'")))
    assert misfits.example == {"customer_tier": "gold"}


def test_a_long_cell_is_not_said_again_in_full() -> None:
    [finding] = errors(terms(cell("talk", "type", f"'{'x' * 400}'")))
    assert "x" * 61 not in finding.message.split(":")[0]


def test_expressions_build_on_each_other_within_a_node() -> None:
    hasty = expression(key="days", value="days_since_delivery ?? 0")
    assert found(terms(late_is("$.days > 7"), hasty)) == []


@pytest.mark.parametrize(
    "value",
    [
        "opened ?? false",
        "category != null and category == 'digital'",
        "some(tags, # == 'outlet') and not some(tags, # == 'cup')",
        "days_since_order in [1..3] or some(tags, # == 'cup')",
    ],
)
def test_an_expression_may_say_what_it_comes_to_without_a_fact_and_walk_through_lists(value: str) -> None:
    assert {finding.code for finding in errors(terms(late_is(value)))} <= {"case_fails"}


def test_a_table_may_tell_another_what_it_answers() -> None:
    def told(document: Document) -> None:
        edges("request>timing", "timing>eligibility", "timing>urgency", "urgency>eligibility")(document)
        document["graph"]["edges"] += terms()["graph"]["edges"][3:]
        content(document)["inputs"].append({"id": "mood", "field": "mood"})
        content(document, "urgency")["outputs"].append({"id": "mood", "field": "mood"})
        cell("dear", "mood", "'kind'")(document)
        cell("usual", "mood", "'plain'")(document)

    assert found(terms(told, cell("late", "mood", "'plain'"))) == []
    [finding] = errors(terms(told, cell("late", "mood", "'cross'")))
    assert (finding.code, "one of kind, plain" in finding.message) == ("impossible_value", True)


def test_a_fact_is_no_answer_where_a_row_leaves_it_open() -> None:
    def passing(document: Document) -> None:
        content(document).update(passThrough=True)
        answer("eligibility", "evidence", "[]")(document)

    assert found(terms(passing)) == []
    [finding] = errors(terms(passing, cell("late", "its_evidence", "")))
    assert (*place(finding), "`evidence`" in finding.message) == ("fact_as_answer", ("response", None, None), True)
