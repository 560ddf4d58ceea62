"""Rows against each other: none that never comes first, no facts that none fits, and a hint where two cross."""

from typing import Any

import pytest

from aftersales.policy.check import rows as against
from aftersales.policy.check.findings import Finding
from aftersales.policy.check.kinds import facts, standing_for
from aftersales.policy.check.regions import Budget, Tangled, uncovered
from tests.unit.policy.lantern import content, found, one_table, terms

Rows = list[dict[str, str]]
ANY: dict[str, str] = {}


def told(code: str, facts: str, *rows: dict[str, str]) -> list[Finding]:
    return [finding for finding in found(one_table(facts.split(), *rows)) if finding.code == code]


NEVER_FIRST: list[tuple[str, str, Rows, str]] = [
    ("behind all", "risk", [ANY, {"risk": "'blocked'"}], "`r1` always fits first"),
    ("behind a wider one", "quantity", [{"quantity": "> 3"}, {"quantity": "> 5"}, ANY], "`r1` always fits first"),
    ("behind both", "final_sale", [{"final_sale": "true"}, {"final_sale": "false"}, ANY], "the rows before it"),
    ("between two", "evidence", [{"evidence": "< 5"}, {"evidence": ">= 5"}, ANY], "the rows before it"),
    ("behind all days", "days_since_order", [{"days_since_order": ">= 0"}, ANY], "`r1` always fits first"),
    ("behind what might fit", "quantity", [{"quantity": "> 3"}, {"quantity": "null"}, ANY], "`r1` always fits first"),
    ("in pieces", "final_sale digital", [
        {"final_sale": "true", "digital": "true"},
        {"final_sale": "false"},
        {"final_sale": "true", "digital": "false"},
        {"digital": "true"},
    ], "the rows before it"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "rows", "why"), [case[1:] for case in NEVER_FIRST], ids=[c[0] for c in NEVER_FIRST])
def test_a_row_that_never_comes_first(facts: str, rows: Rows, why: str) -> None:
    [finding] = told("unreachable", facts, *rows)
    assert (finding.severity, finding.table) == ("error", "eligibility")
    assert why in finding.message


def test_the_row_is_named() -> None:
    assert [finding.row for finding in told("unreachable", "risk", {"risk": "'watch'"}, ANY, ANY)] == ["r3"]


FITTED_BY_NOTHING: list[tuple[str, str, dict[str, str]]] = [
    ("not delivered for days", "delivered days_since_delivery", {"delivered": "false", "days_since_delivery": "> 7"}),
    ("fresh and not fresh", "category perishable", {"category": "'perishable'", "perishable": "false"}),
    ("days, and no month", "days_since_delivery months_since_delivery",
     {"days_since_delivery": "> 7", "months_since_delivery": "null"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "row"), [case[1:] for case in FITTED_BY_NOTHING], ids=[c[0] for c in FITTED_BY_NOTHING]
)
def test_a_row_about_facts_that_never_come_together(facts: str, row: dict[str, str]) -> None:
    assert [finding.row for finding in told("fits_nothing", facts, row, ANY)] == ["r1"]


def test_cells_of_one_fact_may_exclude_each_other() -> None:
    document = one_table(["quantity", "quantity"], ANY, ANY)
    content(document)["rules"][0].update(quantity_0="> 5", quantity_1="< 3")
    assert [(finding.code, finding.row) for finding in found(document) if finding.severity == "error"] == [
        ("fits_nothing", "r1")
    ]


SOMETIMES_FIRST: list[tuple[str, str, Rows]] = [
    ("special before general", "quantity", [{"quantity": "> 5"}, {"quantity": "> 3"}, ANY]),
    ("null first", "quantity", [{"quantity": "null"}, {"quantity": "> 3"}, {"quantity": "<= 3"}]),
    ("null left", "quantity", [{"quantity": "!= null and > 3"}, {"quantity": "!= null and <= 3"}, ANY]),
    ("a gap of one", "evidence", [{"evidence": "< 4"}, {"evidence": "> 4"}, ANY]),
    ("another word", "season", [{"season": "'double11'"}, {"season": "'618'"}, ANY]),
    ("both tags", "tags", [
        {"tags": "some($, # == 'tea') and not contains($, 'cup')"},
        {"tags": "'cup' in $ and none($, # == 'tea')"},
        {"tags": "contains($, 'cup') and contains($, 'tea')"},
        ANY,
    ]),
    ("another tag", "tags", [{"tags": "all($, # in ['tea', 'cup'])"}, ANY]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "rows"), [case[1:] for case in SOMETIMES_FIRST], ids=[c[0] for c in SOMETIMES_FIRST])
def test_rows_that_each_come_first_for_some_facts(facts: str, rows: Rows) -> None:
    assert told("unreachable", facts, *rows) == []
    assert told("no_default", facts, *rows) == []


UNFITTED: list[tuple[str, str, Rows, dict[str, Any]]] = [
    ("no rows", "risk", [], {}),
    ("a choice", "risk", [{"risk": "'none'"}, {"risk": "'watch'"}], {"risk": "blocked"}),
    ("a number", "evidence", [{"evidence": "[0..3]"}, {"evidence": ">= 5"}], {"evidence": 4}),
    ("a tag", "tags", [{"tags": "contains($, 'tea')"}], {"tags": []}),
    ("a word", "season", [{"season": "'double11', 'other'"}], {"season": "other_"}),
    ("what is known", "opened", [{"opened": "null"}], {"opened": True}),
    ("what is not", "opened", [{"opened": "!= null and $ in [true, false]"}], {"opened": None}),
    ("two facts", "risk final_sale", [{"risk": "'none', 'watch'"}, {"final_sale": "false"}],
     {"risk": "blocked", "final_sale": True}),
    ("one of two", "risk final_sale", [{"risk": "'none', 'watch'"}], {"risk": "blocked"}),
    ("delivered today", "delivered days_since_delivery",
     [{"delivered": "false"}, {"days_since_delivery": "> 0"}], {"delivered": True, "days_since_delivery": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "rows", "example"), [case[1:] for case in UNFITTED], ids=[c[0] for c in UNFITTED])
def test_facts_that_no_row_fits(facts: str, rows: Rows, example: dict[str, Any]) -> None:
    [finding] = told("no_default", facts, *rows)
    assert (finding.severity, finding.table, finding.example) == ("error", "eligibility", example)


def test_a_fact_that_nobody_knows_needs_no_row_of_its_own() -> None:
    assert told("no_default", "quantity", {"quantity": "> 3"}, {"quantity": "<= 3"}) == []


def test_facts_that_never_come_together_need_no_row() -> None:
    rows = {"delivered": "false"}, {"days_since_delivery": "!= null and >= 0"}
    assert told("no_default", "delivered days_since_delivery", *rows) == []


def test_rows_that_cross_are_named_with_facts_that_both_fit() -> None:
    rows = {"risk": "'blocked'"}, {"quantity": "> 3"}, ANY
    [finding] = told("overlapping", "risk quantity", *rows)
    assert (finding.severity, finding.row, finding.example) == ("warning", "r1", {"risk": "blocked", "quantity": 4})
    assert "`r1` comes before r2" in finding.message


NO_CROSSING: list[tuple[str, str, Rows]] = [
    ("one within the other", "risk quantity", [{"risk": "'blocked'", "quantity": "> 3"}, {"quantity": "> 3"}, ANY]),
    ("apart", "risk", [{"risk": "'blocked'"}, {"risk": "'watch'"}, ANY]),
    ("together only where a fact is missing", "quantity", [{"quantity": "> 3"}, {"quantity": "< 3"}, ANY]),
    ("taken before", "risk final_sale", [
        {"risk": "'blocked'", "final_sale": "true"}, {"risk": "'blocked'"}, {"final_sale": "true"}, ANY,
    ]),
    ("never together", "delivered days_since_delivery", [
        {"delivered": "false"}, {"days_since_delivery": "!= null and > 7"}, ANY,
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "rows"), [case[1:] for case in NO_CROSSING], ids=[c[0] for c in NO_CROSSING])
def test_rows_that_do_not_cross(facts: str, rows: Rows) -> None:
    assert told("overlapping", facts, *rows) == []


def test_rows_that_answer_alike_may_cross() -> None:
    document = one_table(["risk", "quantity"], {"risk": "'blocked'"}, {"quantity": "> 3"}, ANY)
    for rule in content(document)["rules"]:
        rule["window"] = "7"
    assert [finding for finding in found(document) if finding.code == "overlapping"] == []


def test_a_condition_that_is_always_true_is_worth_a_look() -> None:
    [finding] = told("fits_everything", "final_sale", {"final_sale": "$"}, ANY)
    assert (finding.severity, finding.row, finding.column) == ("warning", "r1", "final_sale_0")


MANY_TAGS = [{"tags": f"contains($, 'tag-{at}')"} for at in range(9)]


def test_rows_that_are_too_tangled_are_said_to_be_unchecked() -> None:
    assert [finding.severity for finding in told("too_tangled", "tags", *MANY_TAGS, ANY)] == ["warning"]
    assert told("no_default", "tags", *MANY_TAGS, ANY) == []


def test_tangled_rows_still_end_with_one_that_fits_everything() -> None:
    assert [finding.severity for finding in told("no_default", "tags", *MANY_TAGS)] == ["error"]


def test_long_cells_take_longer_to_look_at() -> None:
    lists = [{"days_since_order": ", ".join(str(1000 * row + 7 * at) for at in range(70))} for row in range(40)]
    assert [finding.severity for finding in told("too_tangled", "days_since_order", *lists, ANY)] == ["warning"]


def test_all_tables_of_a_policy_share_what_may_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    granted: list[int] = []

    def budget(left: int) -> Budget:
        granted.append(left)
        return Budget(left)

    monkeypatch.setattr(against, "Budget", budget)
    assert found(terms()) == []
    assert granted == [against.STEPS // 2] * 2


def test_of_many_tags_few_lists_are_looked_at() -> None:
    assert len(standing_for(facts()["tags"], [f"tag-{at}" for at in range(100)])) < 500


def test_looking_at_rows_ends_somewhere() -> None:
    rows = [((at, 1 << at % 3),) for at in range(9)]
    assert uncovered((7,) * 9, rows, Budget(1000)) is not None
    with pytest.raises(Tangled):
        uncovered((7,) * 9, rows, Budget(12))
