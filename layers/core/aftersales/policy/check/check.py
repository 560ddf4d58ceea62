"""Check a policy before it is published: what ZEN would pass over in silence is said here, with table, row and column.

Each step asks what the steps before it have found sound, so that one mistake is not told three times:

1. `shape`: the form of the document. From here on it is a `drawing`, with nodes, tables and rows.
2. `graph`: its edges, from the input to the output.
3. `knowledge`: which names reach which node, and from where.
4. `outputs`, `expressions`, `inputs`: what is written in the cells, by the `kinds` of the facts. `tokens` are the words
   of a cell, `evaluation` is ZEN.
5. `rows` of a table against each other. They are laid on a `grid` of facts, as `regions` of it, without what is
   `impossible`.
6. `golden`: its own cases.
"""

from typing import Any

from pydantic import ValidationError

from aftersales.policy.check.drawing import Drawing
from aftersales.policy.check.expressions import work_out
from aftersales.policy.check.findings import Finding, misshapen, wrong
from aftersales.policy.check.golden import golden
from aftersales.policy.check.graph import graph
from aftersales.policy.check.inputs import testing
from aftersales.policy.check.kinds import Kind, facts
from aftersales.policy.check.knowledge import handed_on, knowledge
from aftersales.policy.check.outputs import answering, told_on
from aftersales.policy.check.rows import against_each_other
from aftersales.policy.check.shape import shape
from aftersales.policy.document import Policy

Findings = tuple[Finding, ...]


def read(document: Any) -> tuple[Policy | None, Findings]:
    """The policy, or why it is none."""
    try:
        return Policy.model_validate(document), ()
    except ValidationError as error:
        return None, tuple(misshapen(error))


def check(policy: Policy) -> Findings:
    if found := shape(policy):
        return tuple(found)
    drawing = Drawing(policy)
    found = graph(drawing)
    if not wrong(found):
        found += [*_contents(drawing)]
    if not wrong(found):
        found += golden(drawing)
    return tuple(found)


def _contents(drawing: Drawing) -> list[Finding]:
    known, kinds = knowledge(drawing), dict(facts())
    found = [*handed_on(drawing, known), *answering(drawing)]
    for node in drawing.order():
        if node in drawing.worked_out:
            found += work_out(drawing, node, known[node], kinds)
        if node in drawing.tables:
            said = [each for each in found if each.table == node]
            found += _table(drawing, node, kinds, sound=not wrong(said))
    return found


def _table(drawing: Drawing, node: str, kinds: dict[str, Kind], *, sound: bool) -> list[Finding]:
    found = [*testing(drawing, node, kinds)]
    if sound and not wrong(found):
        found += told_on(drawing, node, kinds)
        if all(column.field in kinds for column in drawing.tables[node].inputs):
            found += against_each_other(drawing, node, kinds)
    return found
