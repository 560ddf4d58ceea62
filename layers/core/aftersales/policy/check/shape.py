"""The form of a policy: what it must be before anything can be said about its rules."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from aftersales.policy.check.drawing import INPUT, OUTPUT
from aftersales.policy.check.findings import Finding, misshapen, quoted, row_name
from aftersales.policy.document import Expressions, Name, Node, Policy, Table
from aftersales.policy.engine import EXPRESSIONS, OWN, TABLE, Engine

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 1000, 40, 500

REFUSED = {
    "functionNode": "rules are data that can be checked, and a function is a program",
    "customNode": "rules are data that can be checked, and a node of one's own is a program",
    "decisionNode": "a policy that asks another could ask itself without end",
    "switchNode": "the cells of a row say when it holds",
}
OWN_KEYS = frozenset({"_id", "_description"})
"""Keys of a rule that are no cells."""

NOT_BLANK = frozenset("\x1c\x1d\x1e\x1f")
"""Blank to Python and not to ZEN."""

_name = TypeAdapter(Name)


def shape(policy: Policy) -> list[Finding]:
    """Nothing else can be checked before this finds nothing."""
    try:
        nodes = policy.drawn().nodes
    except ValidationError as error:
        return misshapen(error)
    found = [*_graph(policy, nodes)]
    for node in nodes:
        found += _node(node)
    found += _twice("rule_twice", "rule", (rule for node in nodes for rule in _rules(node)))
    return found or [*_expressions_in_all(nodes)] or _loaded(policy)


def _graph(policy: Policy, nodes: tuple[Node, ...]) -> Iterator[Finding]:
    yield from _twice("node_twice", "node", (node.id for node in nodes))
    for kind, called in ((INPUT, "input"), (OUTPUT, "output")):
        if (count := sum(node.type == kind for node in nodes)) != 1:
            yield Finding.error("input_output", f"there must be one {called} node, and there are {count}")
    for key in ("blocks", "imports"):
        if key in policy.graph:
            yield Finding.error("schema", f"graph.{key}: a policy stands by itself, as tables")
    if (rows := sum(len(_rules(node)) for node in nodes)) > MAX_ROWS:
        yield Finding.error("too_many_rows", f"all tables together may have {MAX_ROWS} rows, and have {rows}")


def _rules(node: Node) -> list[str]:
    """Their ids, as far as there are any."""
    rules = node.content.get("rules") if node.type == TABLE and isinstance(node.content, dict) else None
    if not isinstance(rules, list | tuple):
        return []
    return [rule["_id"] for rule in rules if isinstance(rule, dict) and isinstance(rule.get("_id"), str)]


def _twice(code: str, called: str, ids: Iterable[str], **where: Any) -> Iterator[Finding]:
    for id_, count in Counter(ids).items():
        if count > 1:
            yield Finding.error(code, f"there are {count} of the {called} {quoted(id_)}", **where)


def _is_name(text: str) -> bool:
    try:
        _name.validate_python(text)
    except ValidationError:
        return False
    return True


def _node(node: Node) -> Iterator[Finding]:
    if not _is_name(node.id):
        yield Finding.error("node_id", f"{quoted(node.id)} is no id: write it as in eligibility_2", table=node.id)
    yield from _ignored(node)
    try:
        if node.type == TABLE:
            yield from _table(node.id, node.table())
        elif node.type == EXPRESSIONS:
            yield from _expressions(node.id, node.expressions())
        elif node.type not in (INPUT, OUTPUT):
            why = REFUSED.get(node.type, "there are tables, expressions, an input and an output")
            yield Finding.error("kind_of_node", f"a policy has no {quoted(node.type)}: {why}", table=node.id)
    except ValidationError as error:
        yield from misshapen(error, table=node.id)


def _ignored(node: Node) -> Iterator[Finding]:
    """What ZEN obeys and a policy does without."""
    content = node.content if isinstance(node.content, dict) else {}
    for key in ("inputField", "outputPath", "schema"):
        if content.get(key):
            yield Finding.error("schema", f"{key}: a policy does without", table=node.id)
    if content.get("executionMode", "single") != "single":
        yield Finding.error("schema", "executionMode: a policy looks at one line at a time", table=node.id)


def _table(name: str, table: Table) -> Iterator[Finding]:
    columns = (*table.inputs, *table.outputs)
    if table.hitPolicy != "first":
        yield Finding.error("hit_policy", f"{quoted(table.hitPolicy)}: the first row that fits must answer", table=name)
    if len(columns) > MAX_COLUMNS:
        message = f"a table may have {MAX_COLUMNS} columns, and this has {len(columns)}"
        yield Finding.error("too_many_columns", message, table=name)
    yield from _twice("column_twice", "column", (column.id for column in columns), table=name)
    for column in columns:
        if column.id in OWN or column.id.startswith("_") or not column.id:
            yield Finding.error("column_id", f"{quoted(column.id)} is kept for the desk", table=name, column=column.id)
        if not _is_name(column.field):
            yield Finding.error(
                "field_name", f"{quoted(column.field)} names no fact and no answer", table=name, column=column.id
            )
    known = OWN_KEYS | {column.id for column in columns}
    for index, rule in enumerate(table.rules):
        yield from _rule(rule, known, {"table": name, "row": row_name(rule, index)})


def _rule(rule: dict[str, str], columns: frozenset[str], where: dict[str, str]) -> Iterator[Finding]:
    if not _is_name(rule.get("_id", "")):
        yield Finding.error("rule_id", "a rule needs an `_id` that is written as in window_over", **where)
    for column in sorted(rule.keys() - columns):
        yield Finding.error("unknown_cell", f"there is no column {quoted(column)}", **where, column=column)
    for column in sorted(rule.keys() - OWN_KEYS):
        if len(rule[column]) > MAX_CELL:
            yield Finding.error("cell_too_long", f"a cell has at most {MAX_CELL} characters", **where, column=column)
        if NOT_BLANK & set(rule[column]):
            yield Finding.error("unreadable_cell", "there is an invisible character in it", **where, column=column)


def _expressions(name: str, content: Expressions) -> Iterator[Finding]:
    yield from _twice("column_twice", "expression", (each.key for each in content.expressions), table=name)
    for each in content.expressions:
        if not _is_name(each.key):
            yield Finding.error("field_name", f"{quoted(each.key)} is no name for a fact", table=name, column=each.key)
        if len(each.value) > MAX_CELL:
            message = f"an expression has at most {MAX_CELL} characters"
            yield Finding.error("cell_too_long", message, table=name, column=each.key)


def _expressions_in_all(nodes: tuple[Node, ...]) -> Iterator[Finding]:
    count = sum(len(node.expressions().expressions) for node in nodes if node.type == EXPRESSIONS)
    if count > MAX_COLUMNS:
        message = f"a policy may have {MAX_COLUMNS} expressions, and this has {count}"
        yield Finding.error("too_many_expressions", message)


def _loaded(policy: Policy) -> list[Finding]:
    """What ZEN itself asks of a graph."""
    try:
        Engine((policy,))
    except Exception as error:  # noqa: BLE001 ZEN raises nothing narrower
        return [Finding.error("schema", f"graph: {str(error).partition(chr(10))[0][:200]}")]
    return []
