"""What each node knows, as ZEN hands it on: what the parents answer, and what they know themselves if they let it pass.

Of two parents that say the same name, ZEN takes the one whose edge was drawn first. So a name must come from one place.
"""

from collections.abc import Iterable, Iterator, Mapping

from aftersales.policy.answer import Answer
from aftersales.policy.check.drawing import Drawing, cell
from aftersales.policy.check.findings import Finding, listed, quoted
from aftersales.policy.check.tokens import tokens
from aftersales.policy.document import Column, Table
from aftersales.policy.engine import FIRED
from aftersales.policy.facts import Facts

FACTS = ""
"""Where a fact comes from; everything else comes from a node."""

Known = Mapping[str, frozenset[str]]
"""Names, and where each may come from."""


def knowledge(drawing: Drawing) -> dict[str, Known]:
    """By node, for a graph without loops."""
    known: dict[str, Known] = {}
    told: dict[str, Known] = {}
    for node in drawing.order():
        known[node] = _merged(told[parent] for parent in drawing.parents(node))
        told[node] = _told(drawing, node, known[node])
    return known


def _merged(parts: Iterable[Known]) -> Known:
    merged: dict[str, frozenset[str]] = {}
    for part in parts:
        for name, sources in part.items():
            merged[name] = merged.get(name, frozenset()) | sources
    return merged


def _told(drawing: Drawing, node: str, known: Known) -> Known:
    own = frozenset({node})
    if node in drawing.tables:
        table = drawing.tables[node]
        passed = known if table.passThrough else {}
        answers = {
            column.field: own if _always(table, column) else own | passed.get(column.field, own)
            for column in table.outputs
        }
        return {**passed, **answers, f"{FIRED}.{node}": own}
    if node in drawing.worked_out:
        content = drawing.worked_out[node]
        return {**(known if content.passThrough else {}), **{each.key: own for each in content.expressions}}
    return dict.fromkeys(Facts.model_fields, frozenset({FACTS})) if node == drawing.input else known


def _always(table: Table, column: Column) -> bool:
    return all(cell(rule, column) for rule in table.rules)


def unknown(name: str, known: Known) -> tuple[str, str] | None:
    """Why a node cannot use a name: a code and a sentence."""
    sources = known.get(name)
    if sources is None:
        return "unknown_fact", f"{quoted(name)} is no fact, and nothing before this works it out"
    if name in Facts.model_fields and sources != {FACTS}:
        hiding = listed(sorted(sources - {FACTS}))
        return "hidden_fact", f"{quoted(name)} is here what {hiding} answers, and no longer the fact"
    return None


def handed_on(drawing: Drawing, known: Mapping[str, Known]) -> Iterator[Finding]:
    """What is tested is known, and what is answered is used or reaches the output."""
    yield from _tested(drawing, known)
    yield from _unused(drawing, known)
    yield from _at_the_end(drawing, known[drawing.output])


def _tested(drawing: Drawing, known: Mapping[str, Known]) -> Iterator[Finding]:
    for node, table in drawing.tables.items():
        for column in table.inputs:
            if said := unknown(column.field, known[node]):
                yield Finding.error(*said, table=node, column=column.id)


def _unused(drawing: Drawing, known: Mapping[str, Known]) -> Iterator[Finding]:
    used = _uses(drawing, known)
    for node, column, field in _extra(drawing):
        if (node, field) not in used:
            message = f"{quoted(field)} is no field of an answer, and nothing after this uses it"
            yield Finding.error("unused_answer", message, table=node, column=column)


def _extra(drawing: Drawing) -> Iterator[tuple[str, str, str]]:
    for node, table in drawing.tables.items():
        yield from ((node, each.id, each.field) for each in table.outputs if each.field not in Answer.model_fields)
    for node, content in drawing.worked_out.items():
        yield from ((node, each.key, each.key) for each in content.expressions)


def _uses(drawing: Drawing, known: Mapping[str, Known]) -> set[tuple[str, str]]:
    """What is used, by where it comes from. In one node, an expression is `$.key` to those after it."""
    used: set[tuple[str, str]] = set()
    for node in drawing.nodes:
        for name in _names(drawing, node):
            used |= {(source, name) for source in known[node].get(name, ())}
            used |= {(node, name[2:])} if name.startswith("$.") else set()
    return used


def _names(drawing: Drawing, node: str) -> set[str]:
    if node in drawing.tables:
        return {column.field for column in drawing.tables[node].inputs}
    if node in drawing.worked_out:
        sources = (each.value for each in drawing.worked_out[node].expressions)
        return {token.text for source in sources for token in tokens(source) if token.kind == "name"}
    return set()


def _at_the_end(drawing: Drawing, known: Known) -> Iterator[Finding]:
    for table in drawing.tables:
        if f"{FIRED}.{table}" not in known:
            message = f"what {quoted(table)} answers is lost on the way: draw an edge from it to the output"
            yield Finding.error("answer_lost", message, table=table)
    for field in Answer.model_fields:
        if FACTS in known.get(field, ()):
            message = f"the fact {quoted(field)} would pass for the answer: let no facts through to the output"
            yield Finding.error("fact_as_answer", message, table=drawing.output)
