"""Cells that test: that ZEN can read them, that they fit their fact, and that they can be true at all."""

from collections.abc import Iterator, Mapping
from typing import Any

from aftersales.policy.check.drawing import Drawing, Row, cell
from aftersales.policy.check.evaluation import NoValue, Unreadable, condition, fits
from aftersales.policy.check.findings import Finding, listed, quoted
from aftersales.policy.check.kinds import Kind, standing_for
from aftersales.policy.check.tokens import Token, tokens, values
from aftersales.policy.document import Column

MARKS = frozenset({",", "(", ")", "[", "]", "..", "<", ">", "<=", ">=", "==", "!=", "!"})
LIST_FUNCTIONS = frozenset({"contains", "some", "all", "none"})


def testing(drawing: Drawing, node: str, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    """What is wrong with the cells of a table. A column whose fact is not known is passed over."""
    for row in drawing.rows[node]:
        for column in drawing.tables[node].inputs:
            if column.field in kinds and cell(row.written, column):
                where = {"table": node, "row": row.name, "column": column.id}
                yield from _cell(row, column, kinds[column.field], where)


def _cell(row: Row, column: Column, kind: Kind, where: dict[str, str]) -> list[Finding]:
    """The first thing that is wrong: what comes after it follows from it."""
    text = cell(row.written, column)
    try:
        condition(text)
    except Unreadable as why:
        return [Finding.error("unreadable_cell", f"{quoted(text)} cannot be read: {why}", **where)]
    found = tokens(text)
    said = _words(found, kind) or _values(found, column.field, kind)
    if said:
        return [Finding.error(said[0], f"{quoted(text)}: {said[1]}", **where)]
    standing = standing_for(kind, values(found))
    return _misfit(row, column, standing, where) or _extent(text, column, standing, where)


def _words(found: list[Token], kind: Kind) -> tuple[str, str] | None:
    """The engine takes a text with null in it for null."""
    for before, token, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if token.kind == "function" and not (kind.sort == "list" and token.text in LIST_FUNCTIONS):
            return "not_for_cells", f"{token.text} is not for this fact: work it out in an expression, and test that"
        if before and before.kind == "function" and after and after.text != "$":
            return "not_for_cells", f"{before.text} looks at $, the fact of this column"
        if token.kind == "name" and token.text != "$" and (token.text != "#" or kind.sort != "list"):
            return "unknown_fact", f"a cell tests its own column: work {token.text} out in an expression, and test that"
        if (token.kind == "mark" and token.text not in MARKS) or (token.kind == "text" and "null" in token.text):
            return "not_for_cells", f"{token.text} is not for cells: work it out in an expression, and test that"
    return None


def _values(found: list[Token], field: str, kind: Kind) -> tuple[str, str] | None:
    for value in values(found):
        if not kind.can_be(value):
            possible = f"it is one of {listed(kind.choices)}" if kind.choices else f"it is a {kind.sort}"
            said = "always has a value" if value is None else f"is never {value!r}: {possible}"
            return "impossible_value", f"{field} {said}"
    return None


def _misfit(row: Row, column: Column, standing: tuple[Any, ...], where: dict[str, str]) -> list[Finding]:
    """A value at which ZEN gives up, so that the cell would be false in silence."""
    text = cell(row.written, column)
    run = condition(text)
    for value in standing:
        if value is None and row.unsure(column):
            if fits(cell(row.asked, column), [None]) == [False]:
                message = f"{quoted(text)} goes wrong when {column.field} is missing: write an interval or a list"
                return [Finding.error("not_for_missing", message, **where)]
            continue
        try:
            run(value)
        except NoValue as why:
            code = "not_for_missing" if value is None else "wrong_type"
            message = f"{quoted(text)} does not fit {column.field} when it is {_said(value)}: {why}"
            return [Finding.error(code, message, **where, example={column.field: value})]
    return []


def _said(value: object) -> str:
    return "not known" if value is None else repr(value)


def _extent(text: str, column: Column, standing: tuple[Any, ...], where: dict[str, str]) -> list[Finding]:
    fitting = fits(text, standing)
    if not any(fitting):
        return [Finding.error("fits_nothing", f"{quoted(text)} fits no value that {column.field} can have", **where)]
    if all(fitting):
        message = f"{quoted(text)} fits every value of {column.field}: leave the cell empty"
        return [Finding.warning("fits_everything", message, **where)]
    return []
