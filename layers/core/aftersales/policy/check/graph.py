"""The graph: that it runs from the input to the output, without loops and dead ends, and comes to one answer."""

from collections.abc import Callable, Iterator

from aftersales.policy.answer import Answer
from aftersales.policy.check.drawing import Drawing
from aftersales.policy.check.findings import Finding, quoted
from aftersales.policy.engine import OWN
from aftersales.policy.facts import Facts


def graph(drawing: Drawing) -> list[Finding]:
    found = [*_edges(drawing)] or [*_loop(drawing)]
    return found or [*_reach(drawing), *_answered(drawing)]


def _edges(drawing: Drawing) -> Iterator[Finding]:
    for source, target in drawing.edges:
        for end in (source, target):
            if end not in drawing.nodes:
                message = f"the edge from {quoted(source)} to {quoted(target)} ends at no node"
                yield Finding.error("edge_to_nowhere", message)


def _loop(drawing: Drawing) -> Iterator[Finding]:
    if loop := drawing.loop():
        yield Finding.error("loop", f"the policy would never end: {' → '.join(loop)}", table=loop[0])


def _reach(drawing: Drawing) -> Iterator[Finding]:
    fed = _reached(drawing.input, drawing.children)
    heard = _reached(drawing.output, drawing.parents)
    for node in drawing.nodes:
        if node not in fed:
            yield Finding.error("not_reached", f"nothing leads from the input to {quoted(node)}", table=node)
        if node not in heard:
            yield Finding.error("not_heard", f"nothing leads from {quoted(node)} to the output", table=node)


def _reached(start: str, onward: Callable[[str], list[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += onward(node)
    return reached


def _answered(drawing: Drawing) -> Iterator[Finding]:
    """Each field is answered in one place. A fact is not answered at all, unless an answer is called the same."""
    by: dict[str, str] = {}
    for node, column, field in _fields(drawing):
        where = {"table": node, "column": column}
        taken = field in OWN or (field in Facts.model_fields and field not in Answer.model_fields)
        if taken or (node in drawing.worked_out and field in Facts.model_fields | Answer.model_fields):
            yield Finding.error("name_taken", f"{quoted(field)} is taken: choose another name", **where)
        elif field in by:
            message = f"{quoted(field)} is answered by {quoted(by[field])} already"
            yield Finding.error("answered_twice", message, **where)
        by.setdefault(field, node)
    if "outcome" not in by:
        yield Finding.error("never_decides", "no table answers `outcome`: the policy never decides")


def _fields(drawing: Drawing) -> Iterator[tuple[str, str, str]]:
    """Node, column and field of all that is answered or worked out."""
    for node, table in drawing.tables.items():
        yield from ((node, column.id, column.field) for column in table.outputs)
    for node, content in drawing.worked_out.items():
        yield from ((node, each.key, each.key) for each in content.expressions)
