"""The facts that a policy may test, as a table in `docs/guides/policy.md`."""

from collections.abc import Iterator
from pathlib import Path

from aftersales.policy.check.kinds import Kind, Sort, facts
from aftersales.policy.facts import Facts
from infra.docs.place import filled

PAGE = Path(__file__).parents[2] / "docs" / "guides" / "policy.md"
SORTS: dict[Sort, str] = {"truth": "`true` or `false`", "number": "a whole number", "text": "a text", "list": "texts"}


def table() -> str:
    return "\n".join(["| fact | what it is | values | may be unknown |", "| --- | --- | --- | --- |", *_rows()])


def _rows() -> Iterator[str]:
    for name, kind in facts().items():
        unknown = "yes" if kind.missing else ""
        yield f"| `{name}` | {Facts.model_fields[name].description} | {_values(kind)} | {unknown} |"


def _values(kind: Kind) -> str:
    """Those that there are, or of what sort they are."""
    if kind.sort == "text" and kind.choices:
        return ", ".join(f"`{value}`" for value in kind.choices)
    return SORTS[kind.sort]


def written(page: str) -> str:
    """The page with the table in its place. Raises `ValueError` without one."""
    return filled(page, "facts", table())
