"""Policy files as they are compared line by line: each row of a table is a line, each column, reason and case too."""

import json
from collections.abc import Mapping
from typing import Any

Open = Mapping[str, Any]
"""The members that are written on lines of their own, and what stands open inside them."""

ROWS: Open = {}
TABLE: Open = {"inputs": ROWS, "outputs": ROWS, "rules": ROWS, "expressions": ROWS}
POLICY: Open = {"reasons": ROWS, "graph": {"nodes": {"content": TABLE}, "edges": ROWS}, "cases": ROWS}


def written(policy: Mapping[str, Any]) -> str:
    """The file. Nothing is added and nothing left out; of a node, the content comes last."""
    return _opened(policy, POLICY, "") + "\n"


def _opened(value: Any, inside: Open, margin: str) -> str:
    """An object with a member, or a list with an item, on each line."""
    if not value or not isinstance(value, Mapping | list):
        return _line(value)
    deeper = margin + "  "
    if isinstance(value, list):
        items, begin, end = [_item(each, inside, deeper) for each in value], "[", "]"
    else:
        items, begin, end = [_member(key, each, inside, deeper) for key, each in value.items()], "{", "}"
    return f"{begin}\n{deeper}" + f",\n{deeper}".join(items) + f"\n{margin}{end}"


def _member(key: str, value: Any, inside: Open, margin: str) -> str:
    return f"{_line(key)}: " + (_opened(value, inside[key], margin) if key in inside else _line(value))


def _item(value: Any, inside: Open, margin: str) -> str:
    """On one line, but for what stands open in it."""
    if not isinstance(value, Mapping) or not value.keys() & inside.keys():
        return _line(value)
    members = sorted(value.items(), key=lambda member: member[0] in inside)
    return "{" + ", ".join(_member(key, each, inside, margin) for key, each in members) + "}"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
