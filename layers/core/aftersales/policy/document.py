"""A policy as it is written: decision tables in JDM, the sentences that customers read, golden cases.

JDM is the JSON Decision Model of GoRules (docs.gorules.io, 2026): a graph of nodes, of which policies use four kinds.
A column's id is the fact that it tests or the field that it answers, so that a row reads by itself and one changed cell
is one changed line.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from aftersales.applications.model import Language, LineOutcome
from aftersales.model import Country, Foreign, Model, ShortText

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Column(Foreign):
    """`field` is the fact that is tested, or what is answered."""

    id: str
    name: str = ""
    field: str


class Table(Foreign):
    """The first row that fits answers. A row is a cell by column id; `_id` names it, `_description` says its source."""

    hitPolicy: str = "first"  # noqa: N815 JDM's name
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rules: tuple[dict[str, str], ...]
    passThrough: bool = False  # noqa: N815


class Expression(Foreign):
    """A fact worked out from others: `value` is computed and known as `key` from here on."""

    id: str
    key: str
    value: str


class Expressions(Foreign):
    expressions: tuple[Expression, ...]
    passThrough: bool = False  # noqa: N815


class Node(Foreign):
    """`content` is a `Table`, `Expressions`, or nothing that matters."""

    id: str
    name: str
    type: str
    content: Any = None

    def table(self) -> Table:
        return Table.model_validate(self.content)

    def expressions(self) -> Expressions:
        return Expressions.model_validate(self.content)


class Edge(Foreign):
    sourceId: str  # noqa: N815
    targetId: str  # noqa: N815


class Graph(Foreign):
    """JDM keeps more than is read here, such as where a node is drawn: it stays as it was written."""

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    nodes: Annotated[tuple[Node, ...], Field(max_length=50)]
    edges: Annotated[tuple[Edge, ...], Field(max_length=200)]


class Case(Model):
    """A golden case: facts beside the usual ones, and what the policy must answer to them by itself, without a floor.

    `rules` are rules that must be among those that fired; `expect` names fields of the answer.
    """

    name: ShortText
    facts: dict[str, Any]
    outcome: LineOutcome
    rules: tuple[Name, ...] = ()
    expect: dict[str, Any] = {}
    source: str = ""


class Policy(Model):
    """A `statute` is a floor: what the law of `countries` gives. A `store` policy is a store's own terms.

    `reasons` are sentences for customers by code. A rejected customer may appeal for `appeal_days`.
    """

    name: Name
    kind: Literal["statute", "store"]
    title: dict[Language, Sentence]
    countries: tuple[Country, ...] = ()
    as_of: str = ""
    appeal_days: Annotated[int, Field(ge=0, le=365)] = 14
    reasons: dict[Name, dict[Language, Sentence]]
    graph: dict[str, Any]
    cases: Annotated[tuple[Case, ...], Field(max_length=1000)] = ()

    def drawn(self) -> Graph:
        """The graph, read."""
        return Graph.model_validate(self.graph)
