"""The shipped policies as pages, `docs/policies/*.md`: their tables, sentences and golden cases, for people."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from aftersales.policy.document import Case, Column, Expressions, Node, Policy, Table
from aftersales.policy.engine import EXPRESSIONS, TABLE

PAGES = Path(__file__).parents[2] / "docs" / "policies"
HEADER = "<!-- Written by `make docs`. Change {source} instead. -->"

FLOOR = """\
A floor beneath every store's terms in {countries}, as the law stood on {as_of}. A rejection without a reason says that
the law gives nothing here, and the store's own terms decide. [What it leaves out](README.md#what-the-floors-leave-out)\
"""
CASES = """\
Facts are beside the usual ones of `layers/core/aftersales/policy/cases.py`. The tests run every case; so does the check
of a policy before it is published.\
"""


def page(policy: Policy) -> str:
    parts = [
        [HEADER.format(source=f"layers/core/aftersales/policy/packs/{policy.name}.json")],
        [f"# {policy.title['en']} · {policy.title['zh-CN']}"],
        [_about(policy)],
        *(part for node in policy.drawn().nodes for part in _node(node)),
        ["## What customers read", "", *_rows(("code", "zh-CN", "en"), _sentences(policy))],
        ["## Golden cases", "", CASES, "", *_rows(("case", "facts", "answer", "rules", "source"), _cases(policy))],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _about(policy: Policy) -> str:
    if policy.kind == "store":
        return f"A store's own terms. A rejected customer may appeal for {policy.appeal_days} days."
    return FLOOR.format(as_of=policy.as_of, countries=", ".join(policy.countries))


def _node(node: Node) -> Iterator[list[str]]:
    if node.type == TABLE:
        rows = _rows(("rule", "when", "answer", "why"), _rules(node.table()))
        yield [f"## {node.name}", "", "The first row that fits answers.", "", *rows]
    elif node.type == EXPRESSIONS:
        rows = _rows(("fact", "from"), _worked_out(node.expressions()))
        yield [f"## {node.name}", "", "Worked out before the tables.", "", *rows]


def _worked_out(content: Expressions) -> Iterator[tuple[str, ...]]:
    for each in content.expressions:
        yield f"`{each.key}`", f"`{each.value}`"


def _rules(table: Table) -> Iterator[tuple[str, ...]]:
    for rule in table.rules:
        when, answer = _cells(rule, table.inputs), _cells(rule, table.outputs)
        yield f"`{rule['_id']}`", when or "otherwise", answer, rule["_description"]


def _cells(rule: Mapping[str, str], columns: Iterable[Column]) -> str:
    """As they are written, but for the quotation marks."""
    filled = {column.field: rule[column.id].replace("'", "") for column in columns if rule.get(column.id)}
    return _plain(filled)


def _sentences(policy: Policy) -> Iterator[tuple[str, ...]]:
    for code, texts in policy.reasons.items():
        yield f"`{code}`", texts["zh-CN"], texts["en"]


def _cases(policy: Policy) -> Iterator[tuple[str, ...]]:
    for case in policy.cases:
        yield case.name, _plain(case.facts), _expected(case), ", ".join(f"`{r}`" for r in case.rules), case.source


def _expected(case: Case) -> str:
    return _plain({"outcome": case.outcome} | case.expect)


def _plain(known: Mapping[str, Any]) -> str:
    return "<br>".join(f"{name} `{_value(value)}`" for name, value in known.items())


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "none"
    if value is None:
        return "unknown"
    return value if isinstance(value, str) else json.dumps(value)


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
