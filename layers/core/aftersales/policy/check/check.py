"""Check a policy before it is published: what ZEN would pass over in silence is said here, with table, row and column.

Each step asks what the steps before it have found sound, so that one mistake is not told three times.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from aftersales.policy.check.cells import Row, conditions, rows
from aftersales.policy.check.drawing import Drawing
from aftersales.policy.check.findings import Finding, misshapen, wrong
from aftersales.policy.check.golden import golden
from aftersales.policy.check.kinds import Kind, facts
from aftersales.policy.check.knowledge import handed_on, knowledge
from aftersales.policy.check.outputs import answering, told_on
from aftersales.policy.check.rows import against_each_other
from aftersales.policy.check.shape import shape
from aftersales.policy.check.structure import structure
from aftersales.policy.check.worked_out import work_out
from aftersales.policy.document import Policy

Findings = tuple[Finding, ...]


def read(document: bytes | dict[str, Any]) -> tuple[Policy | None, Findings]:
    """The policy, or why it is none."""
    try:
        if isinstance(document, bytes):
            return Policy.model_validate_json(document), ()
        return Policy.model_validate(document), ()
    except ValidationError as error:
        return None, tuple(misshapen(error))


def check(policy: Policy) -> Findings:
    if found := shape(policy):
        return tuple(found)
    drawing = Drawing(policy)
    found = structure(drawing)
    if not wrong(found):
        found += [*_contents(drawing)]
    if not wrong(found):
        found += golden(drawing)
    return tuple(found)


def _contents(drawing: Drawing) -> list[Finding]:
    known, asked, kinds = knowledge(drawing), rows(drawing), dict(facts())
    found = [*handed_on(drawing, known), *answering(drawing)]
    for node in drawing.order():
        if node in drawing.worked_out:
            found += work_out(drawing, node, known[node], kinds)
        if node in drawing.tables:
            said = [each for each in found if each.table == node]
            found += _table(drawing, node, asked[node], kinds, sound=not wrong(said))
    return found


def _table(
    drawing: Drawing, node: str, table_rows: list[Row], kinds: dict[str, Kind], *, sound: bool
) -> Iterator[Finding]:
    table = drawing.tables[node]
    found = [*conditions(node, table, table_rows, kinds)]
    if sound and not wrong(found):
        found += told_on(node, table, kinds)
        if all(column.field in kinds for column in table.inputs):
            found += against_each_other(node, table, table_rows, kinds)
    yield from found
