"""Cells that answer: constants that an answer can hold, and for each outcome a reason with its sentences."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import ValidationError

from aftersales.applications.model import Language
from aftersales.policy.answer import Answer
from aftersales.policy.check.drawing import Drawing, answers, cell
from aftersales.policy.check.evaluation import NoValue, Unreadable, expression
from aftersales.policy.check.findings import Finding, listed, quoted
from aftersales.policy.check.kinds import Kind, of_constants
from aftersales.policy.check.tokens import CONSTANTS, Token, tokens
from aftersales.policy.document import Policy

MARKS = frozenset({"[", "]", ","})


def answering(drawing: Drawing) -> list[Finding]:
    cells = [*_cells(drawing)]
    return cells or [*_decisions(drawing), *_sentences(drawing.policy), *_unused(drawing)]


def _cells(drawing: Drawing) -> Iterator[Finding]:
    for node, table in drawing.tables.items():
        for row in drawing.rows[node]:
            for column in table.outputs:
                if text := cell(row.written, column):
                    where = {"table": node, "row": row.name, "column": column.id}
                    yield from _cell(text, column.field, drawing.policy, where)


def _cell(text: str, field: str, policy: Policy, where: dict[str, str]) -> Iterator[Finding]:
    try:
        value = constant(text)
    except Unreadable as why:
        yield Finding.error("unreadable_answer", f"{quoted(text)} cannot be read: {why}", **where)
    except NoValue:
        yield Finding.error("not_constant", f"{quoted(text)} must be a constant, and texts stand in quotes", **where)
    else:
        if field in Answer.model_fields and (why_not := _refused(field, value)):
            yield Finding.error("wrong_answer", f"{quoted(text)} is no {field}: {why_not}", **where)
        elif field == "reason" and value is not None and value not in policy.reasons:
            yield Finding.error("reason_without_sentence", f"{quoted(text)} is not among the policy's reasons", **where)


def constant(text: str) -> Any:
    """Raises `Unreadable`, and `NoValue` for what is no constant. Blank is null."""
    if not text:
        return None
    run = expression(text)
    if not all(map(_is_constant, tokens(text))):
        raise NoValue
    return run({})


def _is_constant(token: Token) -> bool:
    return token.kind in ("text", "number") or token.text in MARKS or token.text in CONSTANTS


def _refused(field: str, value: object) -> str:
    """Null is no answer, as a blank cell is."""
    if value is None:
        return ""
    try:
        Answer.model_validate({"outcome": "accept", field: value})
    except ValidationError as error:
        return str(error.errors(include_input=False, include_url=False)[0]["msg"])
    return ""


def _decisions(drawing: Drawing) -> Iterator[Finding]:
    deciding = drawing.deciding()
    if deciding is None:
        return
    node, table, outcome = deciding
    reason = answers(table, "reason")
    needs_reason = drawing.policy.kind == "store"
    if needs_reason and reason is None:
        yield Finding.error("no_reason", f"{quoted(node)} decides, and has no column for the reason", table=node)
    rows = drawing.rows[node]
    for row in rows:
        where = {"table": node, "row": row.name}
        if constant(cell(row.written, outcome)) is None:
            yield Finding.error("no_outcome", "the row fits and then decides nothing", **where, column=outcome.id)
        if needs_reason and reason and constant(cell(row.written, reason)) is None:
            yield Finding.error("no_reason", "the row decides and does not say why", **where, column=reason.id)
    if not needs_reason and rows and reason and cell(rows[-1].written, reason):
        message = "where the law gives nothing, the store's own reason is the one to say"
        yield Finding.warning("reason_at_end", message, table=node, row=rows[-1].name, column=reason.id)


def _sentences(policy: Policy) -> Iterator[Finding]:
    for code, texts in {"the title": policy.title, **policy.reasons}.items():
        if lacking := [language for language in get_args(Language) if language not in texts]:
            yield Finding.error("missing_language", f"{quoted(code)} has no sentence in {listed(lacking)}")


def _unused(drawing: Drawing) -> Iterator[Finding]:
    used = {
        constant(cell(rule, column))
        for table in drawing.tables.values()
        for column in table.outputs
        if column.field == "reason"
        for rule in table.rules
    }
    for code in drawing.policy.reasons.keys() - used:
        yield Finding.warning("reason_unused", f"no row gives the reason {quoted(code)}")


def told_on(drawing: Drawing, node: str, kinds: dict[str, Kind]) -> Iterator[Finding]:
    """Adds to `kinds` what the tables after this one are told, beside what belongs to the answer."""
    table = drawing.tables[node]
    for column in table.outputs:
        if column.field not in Answer.model_fields:
            kind = of_constants([constant(cell(rule, column)) for rule in table.rules])
            if kind is None:
                message = f"{quoted(column.field)} must be of one kind: all numbers, all texts, or true and false"
                yield Finding.error("mixed_values", message, table=node, column=column.id)
            else:
                kinds[column.field] = kind
