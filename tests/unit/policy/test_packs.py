"""The shipped policies: every golden case holds, and every row, boundary, word, answer and sentence has one."""

import re
from typing import Any

import pytest

from aftersales.policy.cases import BadCase, answered, facts_of, run
from aftersales.policy.check.check import check
from aftersales.policy.document import Case
from aftersales.policy.packs import SHIPPED, STATUTES, pack
from aftersales.policy.rules import OWN_REASONS
from tests.unit.policy.reach import TOLD_AS, answers, conditions, engine, rows, tables, tried

CASES = [
    pytest.param(name, case, id=f"{name}: {case.name} ({case.source})") for name in SHIPPED for case in pack(name).cases
]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_golden_case(name: str, case: Case) -> None:
    assert run(engine(name), pack(name), case).differences == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_row_answers_some_case(name: str) -> None:
    hit = {rule for each in tried(name) for rule in each.fired}
    assert {row["_id"] for row in rows(name)} - hit == set()


@pytest.mark.parametrize("name", SHIPPED)
def test_both_sides_of_every_boundary_have_a_case(name: str) -> None:
    """One on each side of the number that the row is about: it takes the one and not the other."""
    sides = [
        (cell, value, within)
        for cell in conditions(name)
        for inside, outside in cell.edges()
        for value, within in ((inside, True), (outside, False))
    ]
    untried = [
        (cell.rule, cell.field, value)
        for cell, value, within in sides
        if not any(
            each.facts[cell.field] == value and cell.concerns(each.facts) and (cell.rule in each.fired) == within
            for each in tried(name)
        )
    ]
    assert sides
    assert untried == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_word_that_a_row_lists_has_a_case(name: str) -> None:
    untried = [
        (cell.rule, cell.field, word)
        for cell in conditions(name)
        for word in cell.words()
        if not any(each.facts[cell.field] == word and cell.rule in each.fired for each in tried(name))
    ]
    assert untried == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_answer_of_every_row_is_expected_by_a_case(name: str) -> None:
    unexpected = [
        (cell.rule, cell.field)
        for cell in answers(name)
        if not any(
            cell.rule in each.fired and TOLD_AS.get(cell.field, cell.field) in each.case.expect for each in tried(name)
        )
    ]
    assert unexpected == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_row_and_every_case_tells_its_source(name: str) -> None:
    assert [row["_id"] for row in rows(name) if not row["_description"].strip()] == []
    assert [case.name for case in pack(name).cases if not case.source] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_last_row_of_every_table_takes_what_is_left(name: str) -> None:
    for table in tables(name).values():
        assert [table.rules[-1].get(column.id, "") for column in table.inputs] == [""] * len(table.inputs)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_sentence_is_said_in_both_languages(name: str) -> None:
    said = {code for each in tried(name) for code in each.verdict.reasons}
    assert said == pack(name).reasons.keys()
    for text in pack(name).reasons.values():
        assert set(text) == {"zh-CN", "en"}
        assert re.search(r"[一-鿿]", text["zh-CN"])
        assert not re.search(r"[一-鿿]", text["en"])


def test_no_sentence_of_a_floor_is_spoken_over_by_another_policy() -> None:
    """Sentences of all policies that decide together are looked up by code."""
    codes = [code for name in STATUTES for code in pack(name).reasons]
    stores = {code for name in SHIPPED if name not in STATUTES for code in pack(name).reasons}
    assert len(codes) == len(set(codes))
    assert stores.isdisjoint(codes)
    assert OWN_REASONS.keys().isdisjoint(stores | set(codes))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_passes_the_check_that_a_stores_must(name: str) -> None:
    assert [finding for finding in check(pack(name)) if finding.severity == "error"] == []


@pytest.mark.parametrize("name", STATUTES)
@pytest.mark.parametrize(
    "facts",
    [
        {"type": "complaint", "reason": None, "category": None, "quantity": None, "price_paid": None},
        {"type": "consultation", "delivered": False},
        {"type": "repair", "delivered": False, "category": "intimate"},
        {"type": "exchange", "delivered": False, "category": "digital"},
    ],
    ids=["a complaint about no line", "a question", "a repair of nothing yet", "an exchange of nothing yet"],
)
def test_a_floor_is_silent_about_talk_and_what_has_not_come(name: str, facts: dict[str, Any]) -> None:
    found = answered(engine(name), pack(name), Case(name="undelivered", facts=facts, outcome="reject"))
    assert (found.outcome, found.reasons, found.resolutions, found.missing) == ("reject", (), (), ())


def test_the_floors_hold_for_china_and_the_27_member_states() -> None:
    assert pack("china").countries == ("CN",)
    assert len(set(pack("eu").countries)) == 27
    assert set(pack("eu").countries).isdisjoint({"CN", "GB", "CH", "NO", "EL"})


def case(**changes: Any) -> Case:
    known = {"name": "a shirt on the fifteenth day", "facts": {"days_since_delivery": 15}, "outcome": "accept"}
    return Case.model_validate(known | changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"outcome": "reject"}, ["outcome: accept, not reject"]),
        ({"rules": ["window_over"]}, ["rules: free_return, usual fired, not window_over"]),
        ({"expect": {"return_freight": "store"}}, ["return_freight: 'customer', not 'store'"]),
        ({"expect": {"freight": "store"}}, ["an answer has no field freight"]),
        ({"facts": {"days": 15}}, ["there is no fact days"]),
        ({"facts": {"type": "swap"}}, ["fact type: Input should be"]),
        ({"facts": {"days_since_delivery": "15"}}, ["fact days_since_delivery: Input should be a valid integer"]),
        ({"facts": {"days_since_delivery": 10**9}}, ["1000000000 days ago is before all calendars"]),
        ({"facts": {"country": ["CN"]}}, ["fact country: Input should be a valid string"]),
        ({"facts": {"category": "intimate"}}, ["outcome: manual_review, for want of opened, not accept"]),
    ],
    ids=[
        "it holds",
        "outcome",
        "rule",
        "field",
        "no such field",
        "no such fact",
        "no such type",
        "text",
        "long ago",
        "list",
        "unknown",
    ],
)
def test_a_case_that_does_not_hold_says_why(changes: dict[str, Any], said: list[str]) -> None:
    found = run(engine("fashion"), pack("fashion"), case(**changes)).differences
    assert [each[: len(start)] for each, start in zip(found, said, strict=True)] == said


def test_a_case_says_only_what_it_is_about() -> None:
    facts = facts_of(pack("eu"), case(facts={"days_since_delivery": 366, "category": "perishable"}))
    assert (facts.country, facts.delivered, facts.days_since_order) == ("AT", True, 368)
    assert (facts.days_since_delivery_at_work, facts.months_since_delivery) == (366, 13)
    assert (facts.perishable, facts.digital) == (True, False)


def test_a_case_is_taken_at_its_word() -> None:
    facts = facts_of(pack("eu"), case(facts={"days_since_delivery": 16, "days_since_delivery_at_work": 14}))
    assert (facts.days_since_delivery_at_work, facts.months_since_delivery) == (14, 1)
    assert facts_of(pack("china"), case(facts={"delivered": False})).days_since_delivery is None


def test_an_unknown_fact_is_named() -> None:
    with pytest.raises(BadCase, match="there is no fact colour, days"):
        facts_of(pack("china"), case(facts={"days": 3, "colour": "red"}))
