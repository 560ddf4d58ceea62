"""The check of a policy: what ZEN would pass over in silence is said, where it is, and once."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales.policy.check.check import read
from tests.unit.policy.lantern import (
    NOWHERE,
    TERMS,
    THROUGH,
    Change,
    Place,
    answer,
    cell,
    column,
    content,
    edges,
    errors,
    expression,
    found,
    node,
    nodes,
    place,
    rule,
    table,
    terms,
)


def test_sound_terms_have_no_findings() -> None:
    assert found(terms()) == []


SHAPES: list[tuple[str, Change, str, Place]] = [
    ("no graph", lambda d: d["graph"].pop("edges"), "schema", NOWHERE),
    ("rules of no table", lambda d: content(d).pop("inputs"), "schema", ("eligibility", None, None)),
    ("a number for a cell", cell("late", "window", 7), "schema", ("eligibility", "#3", "window")),  # type: ignore[arg-type]
    ("no content", lambda d: node(d, "urgency").pop("content"), "schema", ("urgency", None, None)),
    ("an edge without an id", lambda d: d["graph"]["edges"][0].pop("id"), "schema", NOWHERE),
    ("a policy of another form", lambda d: d["graph"].update(blocks=[]), "schema", NOWHERE),
    ("another input", table("urgency", inputField="order"), "schema", ("urgency", None, None)),
    ("a loop over lines", table("urgency", executionMode="loop"), "schema", ("urgency", None, None)),
    ("a program", nodes(type="functionNode", content="x"), "kind_of_node", ("more", None, None)),
    ("another policy", nodes(type="decisionNode", content={"key": "more"}), "kind_of_node", ("more", None, None)),
    ("a switch", nodes(type="switchNode", content={"statements": []}), "kind_of_node", ("more", None, None)),
    ("two inputs", nodes(type="inputNode"), "input_output", NOWHERE),
    ("no output", lambda d: d["graph"]["nodes"].pop(), "input_output", NOWHERE),
    ("a node's id", lambda d: node(d, "urgency").update(id="Urgency 1"), "node_id", ("Urgency 1", None, None)),
    ("an id twice", lambda d: node(d, "urgency").update(id="eligibility"), "node_twice", NOWHERE),
    ("all rows that fit", table("urgency", hitPolicy="collect"), "hit_policy", ("urgency", None, None)),
    ("a column twice", column("urgency", "inputs", 1, id="tier"), "column_twice", ("urgency", None, None)),
    ("our own column", column("urgency", "outputs", 0, id="fired"), "column_id", ("urgency", None, "fired")),
    ("a path", column("urgency", "inputs", 0, field="customer.tier"), "field_name", ("urgency", None, "tier")),
    ("no field", column("urgency", "inputs", 0, field=""), "field_name", ("urgency", None, "tier")),
    ("no rule id", lambda d: rule(d, "usual").pop("_id"), "rule_id", ("urgency", "#2", None)),
    ("a rule id twice", lambda d: rule(d, "usual").update(_id="late"), "rule_twice", NOWHERE),
    ("a cell of no column", cell("late", "colour", "'red'"), "unknown_cell", ("eligibility", "late", "colour")),
    ("a long cell", cell("late", "type", "'a'," * 200), "cell_too_long", ("eligibility", "late", "type")),
    (
        "many columns",
        lambda d: content(d, "urgency").update(inputs=[{"id": f"c{i}", "field": "quantity"} for i in range(40)]),
        "too_many_columns",
        ("urgency", None, None),
    ),
    (
        "many expressions",
        lambda d: content(d, "timing").update(
            expressions=[{"id": "e", "key": f"e{i}", "value": "1"} for i in range(41)]
        ),
        "too_many_expressions",
        NOWHERE,
    ),
    (
        "many rows",
        lambda d: content(d, "urgency")["rules"].extend({"_id": f"r{i}"} for i in range(1000)),
        "too_many_rows",
        NOWHERE,
    ),
]

GRAPHS: list[tuple[str, Change, str, Place]] = [
    ("an edge to nowhere", edges(*THROUGH, "timing>nowhere"), "edge_to_nowhere", NOWHERE),
    ("a loop", edges(*THROUGH, "eligibility>timing"), "loop", ("timing", None, None)),
    (
        "a table by itself",
        edges("request>timing", "timing>eligibility", "eligibility>response", "urgency>response"),
        "not_reached",
        ("urgency", None, None),
    ),
    ("a dead end", edges(*THROUGH, "eligibility>response"), "not_heard", ("urgency", None, None)),
    ("an answer twice", answer("urgency", "window_days", "7"), "answered_twice", ("urgency", None, "its_window_days")),
    ("an answer for nobody", answer("urgency", "mood", "'good'"), "unused_answer", ("urgency", None, "its_mood")),
    ("a fact for nobody", expression(value="quantity"), "unused_answer", ("timing", None, "more")),
    ("a fact anew", answer("urgency", "currency", "'CNY'"), "name_taken", ("urgency", None, "its_currency")),
    ("a fact worked out", expression(key="tags", value="[]"), "name_taken", ("timing", None, "tags")),
    ("an answer worked out", expression(key="priority", value="'low'"), "name_taken", ("timing", None, "priority")),
    ("no decision", column("eligibility", "outputs", 0, field="priority"), "never_decides", NOWHERE),
    (
        "answers on the way",
        edges("request>timing", "timing>urgency", "timing>eligibility", "urgency>eligibility", "eligibility>response"),
        "answer_lost",
        ("urgency", None, None),
    ),
    ("facts to the end", table("urgency", passThrough=True), "fact_as_answer", ("response", None, None)),
    (
        "an unknown fact",
        column("urgency", "inputs", 0, field="customer_mood"),
        "unknown_fact",
        ("urgency", None, "tier"),
    ),
    ("facts let go", table("timing", passThrough=False), "unknown_fact", ("eligibility", None, "type")),
    (
        "an answer in place of a fact",
        lambda d: (
            edges("request>timing", "timing>eligibility", "eligibility>urgency", "urgency>response")(d),
            content(d).update(passThrough=True),
            content(d, "urgency")["inputs"][0].update(field="reason"),
        ),
        "hidden_fact",
        ("urgency", None, "tier"),
    ),
]


@pytest.mark.parametrize(("change", "code", "where"), [case[1:] for case in SHAPES], ids=[case[0] for case in SHAPES])
def test_what_is_no_policy(change: Change, code: str, where: Place) -> None:
    assert [place(finding) for finding in errors(terms(change))][:1] == [(code, where)]


@pytest.mark.parametrize(("change", "code", "where"), [case[1:] for case in GRAPHS], ids=[case[0] for case in GRAPHS])
def test_a_graph_that_leads_astray(change: Change, code: str, where: Place) -> None:
    assert (code, where) in [place(finding) for finding in errors(terms(change))]


def places(part: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inside:
        yield (*at, key)
        yield from places(value, (*at, key))


ODD: list[Any] = [
    None,
    0,
    1.5,
    True,
    "",
    "x",
    "null",
    "'late'",
    "late",
    "[1..",
    "((",
    "1e999",
    "9" * 30,
    "`${x}`",
    "用户",
    [],
    {},
]


@given(st.lists(st.tuples(st.sampled_from([*places(TERMS)]), st.sampled_from(ODD)), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_whatever_is_sent_is_answered_with_findings(changes: list[tuple[tuple[str | int, ...], Any]]) -> None:
    document = terms()
    for at, value in changes:
        part: Any = document
        try:
            for key in at[:-1]:
                part = part[key]
            part[at[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has left no such place
    assert all(finding.message for finding in found(document))


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "a valid dictionary"),
        (TERMS | {"kind": "secret-law"}, "kind: Input should be 'statute' or 'store'"),
        (TERMS | {"reasons": {"talk": {"en": ""}}}, "reasons.talk.en: String should have"),
    ],
    ids=["a list", "another kind", "an empty sentence"],
)
def test_what_cannot_be_read_is_said_without_being_repeated(document: Any, said: str) -> None:
    policy, [finding, *_] = read(document)
    assert policy is None
    assert (finding.severity, finding.code) == ("error", "schema")
    assert said in finding.message
    assert "secret-law" not in finding.message
