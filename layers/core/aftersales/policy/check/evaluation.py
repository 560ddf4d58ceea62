"""Single cells and expressions in ZEN, which says why it cannot read or work out one.

In a table ZEN says neither: a cell that it cannot read, or whose value does not fit, is never true.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from zen import compile_expression, compile_unary_expression


class Unreadable(ValueError):
    """Why ZEN cannot read it, and where."""


class NoValue(ValueError):
    """Why ZEN cannot work it out."""


def condition(cell: str) -> Callable[[Any], bool]:
    """What an input cell says of a value. Raises `Unreadable`; what it gives raises `NoValue`."""
    try:
        compiled = compile_unary_expression(cell)
    except RuntimeError as error:
        raise Unreadable(_reason(error)) from None
    return lambda value: bool(_evaluated(compiled, {"$": value}))


def expression(source: str) -> Callable[[Mapping[str, Any]], Any]:
    """What an expression comes to with these names. Raises `Unreadable`; what it gives raises `NoValue`."""
    try:
        compiled = compile_expression(source)
    except RuntimeError as error:
        raise Unreadable(_reason(error)) from None
    return lambda names: _evaluated(compiled, dict(names))


def fits(cell: str, values: Iterable[object]) -> list[bool]:
    """Whether each fits, as in a table: false when it cannot be said."""
    try:
        run = condition(cell)
    except Unreadable:
        return [False for _ in values]
    return [_or_false(run, value) for value in values]


def _or_false(run: Callable[[Any], bool], value: object) -> bool:
    try:
        return run(value)
    except NoValue:
        return False


def _evaluated(compiled: Any, names: dict[str, Any]) -> Any:
    try:
        return compiled.evaluate(names)
    except Exception as error:  # noqa: BLE001 ZEN raises nothing narrower for a number that is too large for it
        raise NoValue(_reason(error)) from None


def _reason(error: Exception) -> str:
    """The first line is JSON; what follows is ZEN's own stack."""
    said = str(error).partition("\n")[0]
    try:
        return str(json.loads(said)["source"])
    except (ValueError, KeyError):
        return said
