"""What a fact can be: its kind, and values that stand for all that a policy can tell apart.

A cell compares with the values that are written in it. So whole numbers are told apart by those, the ones beside them
and the far ends; texts by those and one other; lists by which of those are in them, and one other.
"""

from collections.abc import Iterable
from functools import cache
from itertools import combinations, pairwise
from typing import Any, Literal, NamedTuple

from aftersales.policy.check.tokens import Value
from aftersales.policy.facts import MAY_BE_MISSING, Facts

Sort = Literal["truth", "number", "text", "list"]
MANY = 8
"""Of more texts in one column not every list is looked at."""


class Kind(NamedTuple):
    """`choices` are all its values, when they are few. `least` is the least number. `missing`: it may be null."""

    sort: Sort
    choices: tuple[Any, ...] = ()
    whole: bool = False
    least: int | None = None
    missing: bool = False

    def can_be(self, value: Value) -> bool:
        """Whether a value that is written in a cell could be this, or for a list one of its texts."""
        if value is None:
            return self.missing
        if self.sort == "text" and self.choices:
            return value in self.choices
        return _sort(value) == ("text" if self.sort == "list" else self.sort)


@cache
def facts() -> dict[str, Kind]:
    """By name, as the model of the facts says."""
    schema = Facts.model_json_schema()
    return {name: _kind(name, spec, schema.get("$defs", {})) for name, spec in schema["properties"].items()}


def _kind(name: str, spec: dict[str, Any], shared: dict[str, Any]) -> Kind:
    [value] = [each for each in spec.get("anyOf", [spec]) if each.get("type") != "null"]
    value = shared[value["$ref"].rpartition("/")[2]] if "$ref" in value else value
    missing = name in MAY_BE_MISSING
    match value:
        case {"enum": choices}:
            return Kind("text", tuple(choices), missing=missing)
        case {"type": "boolean"}:
            return Kind("truth", (True, False), missing=missing)
        case {"type": "integer" | "number" as number}:
            return Kind("number", whole=number == "integer", least=value.get("minimum"), missing=missing)
        case {"type": "array"}:
            return Kind("list", missing=missing)
        case _:
            return Kind("text", missing=missing)


def of_values(values: Iterable[Any]) -> Kind | None:
    """Of what an expression came to; None when that is nothing, or of several kinds."""
    known = list(values)
    sorts = {_sort(value) for value in known if value is not None}
    if len(sorts) != 1:
        return None
    [sort] = sorts
    return Kind(sort, (True, False) if sort == "truth" else (), missing=None in known)


def of_constants(values: Iterable[Any]) -> Kind | None:
    """Of what the rows of a table answer, where null is no answer."""
    known = list(values)
    kind = of_values(known)
    if kind is None or kind.sort == "list":
        return None
    distinct = tuple(dict.fromkeys(value for value in known if value is not None))
    return kind._replace(choices=distinct)


def _sort(value: object) -> Sort:
    match value:
        case bool():
            return "truth"
        case int() | float():
            return "number"
        case str():
            return "text"
        case _:
            return "list"


def standing_for(kind: Kind, written: Iterable[Value]) -> tuple[Any, ...]:
    """Values of that kind that stand for all others, when `written` are the values in the cells. Null comes last."""
    known = list(written)
    found: tuple[Any, ...] = kind.choices
    match kind.sort:
        case "number" if not found:
            found = _numbers(kind, [value for value in known if isinstance(value, int | float)])
        case "text" if not found:
            found = (*_texts(known), _other(_texts(known)))
        case "list":
            found = _lists(_texts(known))
    return (*found, None) if kind.missing else found


def tangled(kind: Kind, written: Iterable[Value]) -> bool:
    """Whether `standing_for` leaves some out."""
    return kind.sort == "list" and len(_texts(written)) > MANY


def _numbers(kind: Kind, written: list[int | float]) -> tuple[int | float, ...]:
    start = 0 if kind.least is None else kind.least
    if kind.whole:
        near = {int(number // 1) + step for number in written for step in (-1, 0, 1)} | {start, start + 1}
        return tuple(sorted(number for number in near if kind.least is None or number >= kind.least))
    points = sorted({*written, start})
    between = [(one + other) / 2 for one, other in pairwise(points)]
    return tuple(sorted({*points, *between, points[0] - 1, points[-1] + 1}))


def _texts(written: Iterable[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in written if isinstance(value, str)))


def _other(texts: tuple[str, ...]) -> str:
    other = "other"
    while other in texts:
        other += "_"
    return other


def _lists(texts: tuple[str, ...]) -> tuple[list[str], ...]:
    each = (*texts, _other(texts))
    sizes = range(len(each) + 1) if len(texts) <= MANY else (0, 1, len(each) - 1, len(each))
    return tuple(list(some) for size in sizes for some in combinations(each, size))
