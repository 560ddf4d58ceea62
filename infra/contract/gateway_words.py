"""Schemas of pydantic's in the words that API Gateway knows."""

from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]

KEPT = frozenset({"type", "description", "enum", "required", "additionalProperties", "format", "pattern"}) | {
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
}
DROPPED = frozenset({"title", "default", "propertyNames"})
"""Names made from field names; what an absent field means to us; a limit that only answers have."""


def draft4(schema: Json) -> Json:
    """A schema of pydantic's in the words that API Gateway knows. Raises `ValueError` for a word it has none for."""
    if "anyOf" in schema:
        return draft4(_without_null(schema))
    if "$ref" in schema:
        return {"$ref": f"#/components/schemas/{schema_name(schema['$ref'])}"}
    return dict(_keywords(schema))


def schema_name(name: str) -> str:
    """Of pydantic's `aftersales__charges__confirmation__Confirmation`, for it is one of several: room and class."""
    _, *path = name.split("__")
    return f"{path[0].capitalize()}{path[-1]}" if path else name


def _without_null(schema: Json) -> Json:
    """Of a field that may be null in Python: absent in JSON instead."""
    choices = [choice for choice in schema["anyOf"] if choice != {"type": "null"}]
    if len(choices) != 1:
        raise ValueError(f"API Gateway has no word for a choice of schemas: {schema}")
    chosen: Json = choices[0]
    return {key: value for key, value in schema.items() if key != "anyOf"} | chosen


def _keywords(schema: Json) -> Iterable[tuple[str, Any]]:
    for word, value in schema.items():
        if word in INSIDE:
            yield INSIDE[word](value)
        elif word == "const":
            yield "enum", [value]
        elif word in KEPT and (word, value) != WALL_CLOCK:
            yield word, value
        elif word not in DROPPED | KEPT:
            raise ValueError(f"API Gateway has no word for {word!r} in {schema}")


def _other_members(value: Any) -> tuple[str, Any]:
    """`true`, `false`, or the schema of them all."""
    return "additionalProperties", draft4(value) if isinstance(value, dict) else value


INSIDE: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "properties": lambda value: ("properties", {name: draft4(each) for name, each in value.items()}),
    "items": lambda value: ("items", draft4(value)),
    "additionalProperties": _other_members,
    # Which names there may be, only the function checks.
    "patternProperties": lambda value: _other_members(*value.values()),
}
"""Words with schemas inside them."""

WALL_CLOCK = ("format", "time")
"""RFC 3339's times have a zone; those of a calendar have none."""
