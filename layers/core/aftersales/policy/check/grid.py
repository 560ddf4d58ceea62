"""The rows of a table as regions of facts: ZEN itself says which values a cell fits."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from aftersales.policy.check.drawing import Row, cell
from aftersales.policy.check.evaluation import NoValue, condition
from aftersales.policy.check.impossible import impossible
from aftersales.policy.check.kinds import Kind, standing_for, tangled
from aftersales.policy.check.regions import Budget, Limits, Region, Tangled, first
from aftersales.policy.check.tokens import Value, tokens, values
from aftersales.policy.document import Column, Table

LONG = 20
"""Characters of a cell that are read in one look."""


class Ruled(NamedTuple):
    """A row: what it takes as the engine asks it, and `surely`, without what it takes because a fact is missing."""

    name: str
    answers: tuple[str, ...]
    takes: Limits
    surely: Limits


class Dimension:
    """A fact, the columns that test it, and the values that stand for all others."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], kind: Kind, budget: Budget) -> None:
        """Raises `Tangled`."""
        self._budget = budget
        written = _written(columns, rows)
        if tangled(kind, written):
            raise Tangled
        self.columns = columns
        self.standing = standing_for(kind, written)
        self.all = (1 << len(self.standing)) - 1
        self._missing = self.all & ~(self.all >> 1) if kind.missing else 0
        self._known: dict[str, int] = {}

    def takes(self, row: Row) -> int:
        bits = self.all
        for column in self.columns:
            bits &= self._bits(cell(row.asked, column))
        return bits

    def surely(self, row: Row) -> int:
        guesses = any(row.unsure(column) for column in self.columns)
        return self.takes(row) & ~(self._missing if guesses else 0)

    def _bits(self, text: str) -> int:
        if not text:
            return self.all
        if text not in self._known:
            self._budget.spend(len(self.standing) * (1 + len(text) // LONG))
            self._known[text] = _bits(text, self.standing)
        return self._known[text]


def _written(columns: Sequence[Column], rows: Sequence[Row]) -> list[Value]:
    cells = dict.fromkeys(cell(row.written, column) for row in rows for column in columns)
    return [value for text in cells for value in values(tokens(text))]


def _bits(text: str, standing: Sequence[Any]) -> int:
    run, bits = condition(text), 0
    for place, value in enumerate(standing):
        try:
            bits |= run(value) << place
        except NoValue:
            continue
    return bits


class Grid:
    """`never` takes what never comes; it stands before the rows."""

    def __init__(self, table: Table, rows: Sequence[Row], kinds: Mapping[str, Kind], budget: Budget) -> None:
        """Raises `Tangled`."""
        columns: dict[str, list[Column]] = {}
        for column in table.inputs:
            columns.setdefault(column.field, []).append(column)
        self._dimensions = {field: Dimension(those, rows, kinds[field], budget) for field, those in columns.items()}
        self.never = [*impossible({field: each.standing for field, each in self._dimensions.items()})]
        self.rows = [
            Ruled(
                row.name,
                tuple(cell(row.written, column) for column in table.outputs),
                self._limits([each.takes(row) for each in self._dimensions.values()]),
                self._limits([each.surely(row) for each in self._dimensions.values()]),
            )
            for row in rows
        ]

    def whole(self) -> Region:
        return tuple(each.all for each in self._dimensions.values())

    def example(self, region: Region) -> dict[str, Any]:
        """Facts in it, without those that may be anything."""
        places = zip(self._dimensions.items(), region, strict=True)
        return {field: each.standing[first(bits)] for (field, each), bits in places if bits != each.all}

    def before(self, index: int) -> list[Limits]:
        """What is taken before it is the turn of that row."""
        return self.never + [row.takes for row in self.rows[:index]]

    def _limits(self, taken: Sequence[int]) -> Limits:
        whole = self.whole()
        return tuple((place, bits) for place, bits in enumerate(taken) if bits != whole[place])
