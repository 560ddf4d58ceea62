"""The check holds rows against each other without evaluating them all; here that is compared with the engine itself.

Random tables are asked about every value that could make a difference, and about some that should not.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from aftersales.policy.check.check import check, read
from aftersales.policy.check.findings import Finding
from aftersales.policy.document import Policy
from aftersales.policy.engine import Engine, NoAnswer
from tests.unit.policy.lantern import content, one_table

number = st.integers(1, 6)
word = st.sampled_from(["tea", "cup"])
NUMBERS = st.one_of(
    st.builds("{} {}".format, st.sampled_from([">", ">=", "<", "<=", "==", "!="]), number),
    st.builds("{}{}..{}{}".format, st.sampled_from("[("), number, number, st.sampled_from("])")),
    st.builds("{}, > {}".format, number, number),
    st.builds("not in [{}, {}]".format, number, number),
)
UNSURE = st.one_of(
    NUMBERS,
    st.just("null"),
    NUMBERS.map("null, {}".format),
    st.builds("!= null and $ > {} and $ != {}".format, number, number),
)
TEXTS = st.one_of(
    word.map("'{}'".format), word.map("!= '{}'".format), st.just("'tea', 'cup'"), st.just("not in ['tea', 'cup']")
)
TAGS = st.one_of(
    word.map("contains($, '{}')".format),
    word.map("not contains($, '{}')".format),
    word.map("all($, # == '{}')".format),
    st.just("some($, # in ['tea', 'cup'])"),
)
TRUTHS = st.sampled_from(["true", "false", "!= true"])
CHOICES = st.sampled_from(["'none'", "'none', 'watch'", "!= 'blocked'", "in ['watch', 'blocked']"])

CELLS = {
    "evidence": NUMBERS,
    "quantity": UNSURE,
    "season": TEXTS,
    "serial_number": st.one_of(TEXTS, st.just("null"), TEXTS.map("null, {}".format)),
    "tags": TAGS,
    "final_sale": TRUTHS,
    "opened": st.one_of(TRUTHS, st.just("null"), st.just("!= null")),
    "risk": CHOICES,
}
VALUES: dict[str, tuple[Any, ...]] = {
    "evidence": tuple(range(10)),
    "quantity": (None, *range(-1, 10)),
    "season": ("tea", "cup", "", "kettle"),
    "serial_number": (None, "tea", "cup", "kettle"),
    "tags": ([], ["tea"], ["cup"], ["cup", "tea"], ["kettle"], ["kettle", "tea"], ["cup", "kettle"], ["tea"] * 2,
             ["tea", "kettle", "cup"]),
    "final_sale": (True, False),
    "opened": (True, False, None),
    "risk": ("none", "watch", "blocked"),
}  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> tuple[Policy, list[str]]:
    """Terms of one table, and the facts that it tests; one of them may have two columns."""
    facts = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=3, unique=True))
    columns = [*facts, *draw(st.lists(st.sampled_from(facts), max_size=1))]
    document = one_table(columns, *[{} for _ in range(draw(st.integers(1, 10)))])
    for row in content(document)["rules"]:
        for at, fact in enumerate(columns):
            row[f"{fact}_{at}"] = draw(st.one_of(st.just(""), CELLS[fact]))
    policy, findings = read(document)
    assert policy, findings
    return policy, facts


def all_facts(facts: list[str]) -> Iterator[dict[str, Any]]:
    return (dict(zip(facts, values, strict=True)) for values in product(*(VALUES[fact] for fact in facts)))


def first_row(engine: Engine, policy: Policy, facts: dict[str, Any]) -> str | None:
    try:
        [fired] = engine.say(policy.name, facts).fired
    except NoAnswer:
        return None
    return fired.rule


def told(findings: tuple[Finding, ...], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


@given(tables())
@settings(max_examples=200, deadline=None)
def test_rows_come_first_and_facts_are_fitted_as_the_check_says(made: tuple[Policy, list[str]]) -> None:
    policy, facts = made
    findings = check(policy)
    looked = {"unreachable", "no_default"}
    assume(all(finding.code in looked for finding in findings if finding.severity == "error"))
    engine = Engine((policy,))
    firsts = {first_row(engine, policy, some) for some in all_facts(facts)}

    never_first = {finding.row for finding in told(findings, "unreachable")}
    rows = {f"r{at}" for at in range(1, len(content({"graph": policy.graph})["rules"]) + 1)}
    assert never_first == rows - firsts
    assert bool(told(findings, "no_default")) == (None in firsts)
    event(f"unreachable: {bool(never_first)}, unfitted: {None in firsts}")


@given(tables(), st.data())
@settings(max_examples=100, deadline=None)
def test_examples_are_examples_whatever_the_other_facts_are(
    made: tuple[Policy, list[str]], data: st.DataObject
) -> None:
    policy, facts = made
    findings = check(policy)
    others = {fact: data.draw(st.sampled_from(VALUES[fact])) for fact in facts}
    engine = Engine((policy,))
    for finding in told(findings, "no_default"):
        assert first_row(engine, policy, others | (finding.example or {})) is None
    for finding in told(findings, "overlapping"):
        assert first_row(engine, policy, others | (finding.example or {})) == finding.row
