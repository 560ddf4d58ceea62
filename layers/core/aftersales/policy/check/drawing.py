"""The graph of a policy, read once for all that is to be checked."""

from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from aftersales.policy.check.findings import row_name
from aftersales.policy.document import Column, Expressions, Node, Policy, Table
from aftersales.policy.engine import EXPRESSIONS, TABLE, prepared

INPUT, OUTPUT = "inputNode", "outputNode"


class Row(NamedTuple):
    """A rule as it is written, and as the engine asks it: a fact that may be missing might fit, too."""

    name: str
    written: dict[str, str]
    asked: dict[str, str]

    def unsure(self, column: Column) -> bool:
        """Whether the engine lets the cell fit a missing fact."""
        return cell(self.written, column) != cell(self.asked, column)


class Drawing:
    """Nodes by id: `tables`, with their `rows`, and `worked_out` hold what answers; `edges` go from node to node."""

    def __init__(self, policy: Policy) -> None:
        graph = policy.drawn()
        self.policy = policy
        self.nodes = {node.id: node for node in graph.nodes}
        self.tables: dict[str, Table] = {node.id: node.table() for node in graph.nodes if node.type == TABLE}
        self.worked_out: dict[str, Expressions] = {
            node.id: node.expressions() for node in graph.nodes if node.type == EXPRESSIONS
        }
        self.rows = _rows(policy, self.tables)
        self.edges = tuple(dict.fromkeys((edge.sourceId, edge.targetId) for edge in graph.edges))
        self.input, self.output = _only(graph.nodes, INPUT), _only(graph.nodes, OUTPUT)

    def parents(self, node: str) -> list[str]:
        return [source for source, target in self.edges if target == node]

    def children(self, node: str) -> list[str]:
        return [target for source, target in self.edges if source == node]

    def order(self) -> tuple[str, ...]:
        """Each node after its parents."""
        return tuple(self._sorter().static_order())

    def loop(self) -> list[str]:
        """The nodes of one loop, if there is any."""
        try:
            self._sorter().prepare()
        except CycleError as error:
            return list(error.args[1])
        return []

    def deciding(self) -> tuple[str, Table, Column] | None:
        """The table that answers `outcome`, and its column."""
        found = ((name, table, answers(table, "outcome")) for name, table in self.tables.items())
        return next(((name, table, column) for name, table, column in found if column), None)

    def _sorter(self) -> "TopologicalSorter[str]":
        return TopologicalSorter({node: self.parents(node) for node in self.nodes})


def _rows(policy: Policy, tables: dict[str, Table]) -> dict[str, list[Row]]:
    asked = {node["id"]: node.get("content") for node in prepared(policy.graph)["nodes"]}
    return {
        node: [
            Row(row_name(rule, index), rule, asking)
            for index, (rule, asking) in enumerate(zip(table.rules, asked[node]["rules"], strict=True))
        ]
        for node, table in tables.items()
    }


def _only(nodes: tuple[Node, ...], kind: str) -> str:
    [node] = [node.id for node in nodes if node.type == kind]
    return node


def answers(table: Table, field: str) -> Column | None:
    return next((column for column in table.outputs if column.field == field), None)


def cell(rule: dict[str, str], column: Column) -> str:
    """As ZEN reads it: blank is any value, or no answer."""
    return rule.get(column.id, "").strip()
