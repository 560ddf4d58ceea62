"""What the check of a policy finds."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import ValidationError

from aftersales.model import Model

QUOTED, LISTED = 60, 10


class Finding(Model):
    """An `error` keeps a policy from being published, a `warning` does not. `code` is stable, `message` is for people.

    `table` is a node's id, `row` a rule's `_id`, or `#3` for the third where it has none, and `column` a column's id or
    an expression's key. `example` are facts for which it happens.
    """

    severity: Literal["error", "warning"]
    code: str
    message: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    example: dict[str, Any] | None = None

    @classmethod
    def error(cls, code: str, message: str, **where: Any) -> "Finding":
        return cls(severity="error", code=code, message=message, **where)

    @classmethod
    def warning(cls, code: str, message: str, **where: Any) -> "Finding":
        return cls(severity="warning", code=code, message=message, **where)


def wrong(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def misshapen(error: ValidationError, **where: Any) -> list[Finding]:
    """What pydantic says, without the values that it says it about."""
    return [
        Finding.error("schema", ": ".join([*_path(each["loc"]), each["msg"]]), **where, **_cell(each["loc"]))
        for each in error.errors(include_input=False, include_url=False)
    ]


def _path(location: tuple[int | str, ...]) -> list[str]:
    return [".".join(str(part)[:QUOTED] for part in location)] if location else []


def _cell(location: tuple[int | str, ...]) -> dict[str, str]:
    match location:
        case ("rules", int(index), str(column), *_):
            return {"row": f"#{index + 1}", "column": column[:QUOTED]}
        case _:
            return {}


def quoted(text: str) -> str:
    return f"`{text}`" if len(text) <= QUOTED else f"`{text[:QUOTED]}…`"


def listed(names: Iterable[object]) -> str:
    """The first of them."""
    each = [str(name) for name in names]
    return ", ".join(each[:LISTED]) + (f" and {len(each) - LISTED} more" if len(each) > LISTED else "")


def row_name(rule: dict[str, str], index: int) -> str:
    return rule.get("_id", f"#{index + 1}")
