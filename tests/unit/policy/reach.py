"""What the golden cases of a shipped policy reach: rows, both sides of numbers, words, answers."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from aftersales.policy.answer import Verdict
from aftersales.policy.cases import answered, facts_of
from aftersales.policy.document import Case, Table
from aftersales.policy.engine import TABLE, Engine
from aftersales.policy.packs import pack

TOLD_AS = {"reason": "reasons", "window_days": "window_ends_on", "window_months": "window_ends_on"}
"""Answers of a table that a verdict tells in other words. When a window rolls shows in its end."""


class Tried(NamedTuple):
    """A case, its facts as the tables see them, and what it comes to."""

    case: Case
    facts: dict[str, Any]
    verdict: Verdict

    @property
    def fired(self) -> set[str]:
        return {each.rule for each in self.verdict.fired}


class Cell(NamedTuple):
    """One cell of a row that tests something, or answers it, as `text`."""

    row: dict[str, str]
    field: str
    text: str

    @property
    def rule(self) -> str:
        return self.row["_id"]

    def concerns(self, facts: dict[str, Any]) -> bool:
        """Whether the row is about what is applied for."""
        return "type" not in self.row or f"'{facts['type']}'" in self.row["type"]

    def edges(self) -> list[tuple[int, int]]:
        """For each number: the last value that the cell takes, and the first that it does not."""
        if found := re.fullmatch(r"(<=|>=|>) (\d+)", self.text):
            number = int(found[2])
            return [{"<=": (number, number + 1), ">=": (number, number - 1), ">": (number + 1, number)}[found[1]]]
        if found := re.fullmatch(r"\((\d+)\.\.(\d+)\]", self.text):
            low, high = int(found[1]), int(found[2])
            return [(low + 1, low), (high, high + 1)]
        return []

    def words(self) -> list[str]:
        """The values that it lists."""
        listed = re.fullmatch(r"'[^']+'(, '[^']+')*", self.text)
        return re.findall(r"'([^']+)'", self.text) if listed else []


@cache
def engine(name: str) -> Engine:
    return Engine([pack(name)])


@cache
def tried(name: str) -> list[Tried]:
    policy = pack(name)
    return [
        Tried(case, _seen(facts_of(policy, case).model_dump(mode="json")), answered(engine(name), policy, case))
        for case in policy.cases
    ]


def _seen(facts: dict[str, Any]) -> dict[str, Any]:
    price, quantity = facts["price_paid"], facts["quantity"]
    return facts | {"unit_price": price / quantity if price is not None and quantity else None}


@cache
def tables(name: str) -> dict[str, Table]:
    return {node.id: node.table() for node in pack(name).drawn().nodes if node.type == TABLE}


def rows(name: str) -> list[dict[str, str]]:
    return [row for table in tables(name).values() for row in table.rules]


def conditions(name: str) -> list[Cell]:
    return list(_cells(name, "inputs"))


def answers(name: str) -> list[Cell]:
    return [cell for cell in _cells(name, "outputs") if cell.field not in ("outcome", "window_rolls")]


def _cells(name: str, side: str) -> Iterator[Cell]:
    for table in tables(name).values():
        for row in table.rules:
            for column in getattr(table, side):
                if text := row.get(column.id):
                    yield Cell(row, column.field, text)
