"""The facts that a policy may test, as a table in `docs/guides/policy.md`, between its markers.

`python -m infra.facts` writes it; with `--check` it exits with 1 when the page is out of date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aftersales.policy.facts import MAY_BE_MISSING, Facts

PAGE = Path(__file__).parents[1] / "docs" / "guides" / "policy.md"
BEGIN, END = "<!-- facts:begin -->", "<!-- facts:end -->"
KINDS = {"boolean": "`true` or `false`", "integer": "a whole number", "string": "a text", "array": "texts"}

Json = dict[str, Any]


def table() -> str:
    return "\n".join(["| fact | what it is | values | may be unknown |", "| --- | --- | --- | --- |", *_rows()])


def _rows() -> Iterator[str]:
    schema = Facts.model_json_schema()
    for name, field in schema["properties"].items():
        unknown = "yes" if name in MAY_BE_MISSING else ""
        yield f"| `{name}` | {field['description']} | {_values(field, schema['$defs'])} | {unknown} |"


def _values(field: Json, known: Json) -> str:
    """Those that there are, or what kind they are of."""
    choices = [known[c["$ref"].rpartition("/")[2]] if "$ref" in c else c for c in field.get("anyOf", [field])]
    [chosen] = [choice for choice in choices if choice.get("type") != "null"]
    if "enum" in chosen:
        return ", ".join(f"`{value}`" for value in chosen["enum"])
    return KINDS[chosen["type"]]


def written(page: str) -> str:
    """The page with the table in its place. Raises `ValueError` without one."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{PAGE.name} needs the lines {BEGIN} and {END}")
    return f"{before}{begin}\n{table()}\n{end}{after}"


def main(arguments: list[str]) -> int:
    page = PAGE.read_text(encoding="utf-8")
    if arguments == ["--check"]:
        if page == written(page):
            return 0
        print(f"{PAGE.name} is out of date: run python -m infra.facts")
        return 1
    PAGE.write_text(written(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
