"""Expressions: that they can be read, use what is known, and come to something whatever the facts are."""

from collections.abc import Iterator, Mapping
from itertools import count, pairwise
from math import gcd, prod
from typing import Any

from aftersales.policy.check.drawing import Drawing
from aftersales.policy.check.evaluation import NoValue, Unreadable, expression
from aftersales.policy.check.findings import Finding, quoted
from aftersales.policy.check.inputs import MARKS as CELL_MARKS
from aftersales.policy.check.kinds import Kind, of_values, standing_for
from aftersales.policy.check.knowledge import Known, unknown
from aftersales.policy.check.tokens import Token, tokens, values
from aftersales.policy.document import Expression
from aftersales.policy.facts import Facts

NUMBERS = frozenset({"abs", "ceil", "floor", "max", "min", "number", "round", "sum", "trunc"})
TEXTS = frozenset({"contains", "endsWith", "len", "lower", "matches", "split", "startsWith", "string", "trim", "upper"})
LISTS = frozenset({"all", "contains", "count", "filter", "len", "map", "none", "one", "some"})
FUNCTIONS = NUMBERS | TEXTS | LISTS
"""Those that say the same about the same facts on every day."""

WALKS = LISTS - {"contains", "len"}
"""Those that look at each element."""

MARKS = CELL_MARKS | {"+", "-", "*", "/", "%", "^", "?", ":", "??"}
TRIED = 2000
"""How many sets of facts an expression is tried on, at most."""


def work_out(drawing: Drawing, node: str, known: Known, kinds: dict[str, Kind]) -> Iterator[Finding]:
    """Adds what they come to to `kinds`."""
    before: dict[str, Kind] = {}
    for each in drawing.worked_out[node].expressions:
        names = {**kinds, **{f"$.{key}": kind for key, kind in before.items()}}
        where = {"table": node, "column": each.key}
        said = _misread(each, known, names)
        kind, found = (None, [Finding.error(*said, **where)]) if said else _tried(each, names, where)
        if kind:
            before[each.key] = kind
        yield from found
    kinds.update(before)


def _misread(each: Expression, known: Known, kinds: Mapping[str, Kind]) -> tuple[str, str] | None:
    """The first thing that is wrong with its words: a code and a sentence."""
    try:
        expression(each.value)
    except Unreadable as why:
        return "unreadable_expression", f"{quoted(each.value)} cannot be read: {why}"
    found = tokens(each.value)
    return next(filter(None, (_wrong(token, known, kinds) for token in found)), None) or _long(found, kinds)


def _wrong(token: Token, known: Known, kinds: Mapping[str, Kind]) -> tuple[str, str] | None:
    if token.kind == "function" and token.text not in FUNCTIONS:
        return "unknown_function", f"{quoted(token.text)} is no function that a policy may use"
    if token.kind == "mark" and token.text not in MARKS:
        return "not_for_expressions", f"{quoted(token.text)} does not belong in an expression of a policy"
    if token.kind != "name" or token.text == "#" or (token.text.startswith("$.") and token.text in kinds):
        return None
    return unknown(token.text, known)


def _long(found: list[Token], kinds: Mapping[str, Kind]) -> tuple[str, str] | None:
    """What could go on for hours, or come to more than fits into memory, with facts that no sample has."""
    within: list[bool] = []
    for before, token in pairwise([Token("mark", ""), *found]):
        if any(within) and token.text in WALKS | {".."}:
            return "not_for_expressions", f"{quoted(token.text)} stands within a walk through a list: take them apart"
        if _grows(token.text, kinds):
            return "not_for_expressions", f"{quoted(token.text)} is worked out itself: write out what it stands for"
        if token.text == "(":
            within.append(before.kind == "function" and before.text in WALKS)
        elif token.text == ")" and within:
            within.pop()
    return None


def _grows(name: str, kinds: Mapping[str, Kind]) -> bool:
    """A text or a list that another expression came to: each that is made of one could be twice as long."""
    kind = kinds.get(name)
    return kind is not None and name not in Facts.model_fields and kind.sort in ("text", "list") and not kind.choices


def _tried(each: Expression, kinds: Mapping[str, Kind], where: dict[str, str]) -> tuple[Kind | None, list[Finding]]:
    run, said = expression(each.value), _said(tokens(each.value))
    results = []
    for names in _samples(each, kinds):
        try:
            results.append(run(_nested(names)))
        except NoValue as why:
            message = f"{quoted(each.value)} comes to nothing when a fact is not known or does not fit: {why}"
            return None, [Finding.error("expression_fails", message, **where, example=names)]
        unsaid = next((name for name, value in names.items() if value is None and name not in said), None)
        if unsaid and results[-1] is not None:
            message = f"{quoted(each.value)} passes over that {unsaid} may be missing: `{unsaid} == null ? null : …`"
            return None, [Finding.error("not_for_missing", message, **where, example=names)]
    kind = of_values(results)
    if kind is None:
        message = f"{quoted(each.value)} must always be a number, always a text, always true or false, or always a list"
        return None, [Finding.error("mixed_values", message, **where)]
    return kind, []


def _said(found: list[Token]) -> set[str]:
    """The names of which it says itself what it comes to without them."""
    compared = zip(found, found[1:], found[2:], strict=False)
    return {name.text for name, mark, value in compared if mark.text in ("==", "!=") and value.text == "null"} | {
        name.text for name, mark in pairwise(found) if mark.text == "??"
    }


def _samples(each: Expression, kinds: Mapping[str, Kind]) -> Iterator[dict[str, Any]]:
    """Facts that stand for all others; evenly some of them when they are too many."""
    found = tokens(each.value)
    written = list(values(found))
    used = {token.text: standing_for(kinds[token.text], written) for token in found if token.text in kinds}
    total = prod(map(len, used.values()))
    step = next(step for step in count(total // TRIED + 1) if gcd(step, total) == 1)
    for index in range(0, total, step):
        names, rest = {}, index
        for name, standing in used.items():
            rest, place = divmod(rest, len(standing))
            names[name] = standing[place]
        yield names


def _nested(names: dict[str, Any]) -> dict[str, Any]:
    """ZEN's `$` holds what the expressions before this one came to."""
    plain = {name: value for name, value in names.items() if not name.startswith("$.")}
    return plain | {"$": {name[2:]: value for name, value in names.items() if name.startswith("$.")}}
