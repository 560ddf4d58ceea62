"""Rows of a table against each other: one that never comes first, facts that none fits, two that cross."""

from collections.abc import Iterator, Mapping
from typing import Any

from aftersales.policy.check.drawing import Drawing, cell
from aftersales.policy.check.findings import Finding, listed, quoted
from aftersales.policy.check.grid import Grid
from aftersales.policy.check.kinds import Kind
from aftersales.policy.check.regions import Budget, Region, Tangled, common, uncovered, within

STEPS = 1_000_000
"""How often a cell or a row is looked at for one policy: about a second's work."""


def against_each_other(drawing: Drawing, node: str, kinds: Mapping[str, Kind]) -> list[Finding]:
    table, rows = drawing.tables[node], drawing.rows[node]
    found: list[Finding] = []
    try:
        budget = Budget(STEPS // len(drawing.tables))
        grid = Grid(table, rows, kinds, budget)
        found.extend(_unreachable(node, grid, budget))
        found.extend(_no_default(node, grid, budget))
        found.extend(_crossing(node, grid, budget))
    except Tangled:
        message = f"the rows of {quoted(node)} are too tangled to be held against each other: split the table"
        found.append(Finding.warning("too_tangled", message, table=node))
        if not rows or any(cell(rows[-1].written, column) for column in table.inputs):
            message = f"{quoted(node)} needs a last row without conditions: whether all facts are fitted cannot be seen"
            found.append(Finding.error("no_default", message, table=node))
    return found


def _unreachable(node: str, grid: Grid, budget: Budget) -> Iterator[Finding]:
    for index, row in enumerate(grid.rows):
        region, surely = common(grid.whole(), row.takes), common(grid.whole(), row.surely)
        if not all(surely) or uncovered(surely, grid.never, budget) is None:
            message = "no facts ever fit all cells of the row together"
            yield Finding.error("fits_nothing", message, table=node, row=row.name)
        elif uncovered(region, grid.before(index), budget) is None:
            alone = next((before.name for before in grid.rows[:index] if within(region, before.takes)), None)
            why = f"{quoted(alone)} always fits first" if alone else "the rows before it take all that it fits"
            yield Finding.error("unreachable", f"the row never comes first: {why}", table=node, row=row.name)


def _no_default(node: str, grid: Grid, budget: Budget) -> Iterator[Finding]:
    rest = uncovered(grid.whole(), grid.before(len(grid.rows)), budget)
    if rest is not None:
        example = grid.example(rest)
        message = f"no row of {quoted(node)} fits {_when(example)}: add a last row without conditions"
        yield Finding.error("no_default", message, table=node, example=example)


def _crossing(node: str, grid: Grid, budget: Budget) -> Iterator[Finding]:
    """Each later row is told of the first row that it crosses."""
    crossed: dict[int, dict[str, Region]] = {}
    for index, row in enumerate(grid.rows):
        for before in range(index):
            rest = _crossed(grid, before, index, budget)
            if rest is not None:
                crossed.setdefault(before, {})[row.name] = rest
                break
    for before, rows in crossed.items():
        name, example = grid.rows[before].name, grid.example(next(iter(rows.values())))
        message = f"{quoted(name)} comes before {listed(rows)}, where the answer would be another one, {_when(example)}"
        yield Finding.warning("overlapping", message, table=node, row=name, example=example)


def _crossed(grid: Grid, before: int, after: int, budget: Budget) -> Region | None:
    """Facts that both rows surely fit and no earlier row takes, where neither is a special case of the other."""
    budget.spend()
    one, other = grid.rows[before], grid.rows[after]
    here, there = common(grid.whole(), one.surely), common(grid.whole(), other.surely)
    both = common(here, other.surely)
    if one.answers == other.answers or not all(both):
        return None
    for region, row in ((here, other), (there, one)):
        if uncovered(region, [*grid.never, row.surely], budget) is None:
            return None
    return uncovered(both, grid.before(before), budget)


def _when(example: Mapping[str, Any]) -> str:
    said = [f"{name} is {'not known' if value is None else repr(value)}" for name, value in example.items()]
    return f"when {' and '.join(said)}" if said else "anything"
