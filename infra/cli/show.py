"""What is found, as people read it on a screen."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from aftersales.money import Money, decimal_text
from aftersales.policy.check.findings import Finding
from infra.cli.files import Tried

Json = dict[str, Any]
COLOURS = {"error": "red", "warning": "yellow"}
ON_SCREEN = 20


def findings(console: Console, file: Path, found: Sequence[Finding]) -> None:
    errors = sum(finding.severity == "error" for finding in found)
    counts = f"{_many(errors, 'error')}, {_many(len(found) - errors, 'warning')}"
    console.print(f"[bold]{escape(str(file))}[/]  {counts}", soft_wrap=True)
    table = _table("", "where", "what was found", show_lines=True)
    for finding in sorted(found, key=lambda finding: finding.severity):
        severity = f"[{COLOURS[finding.severity]}]{finding.severity}[/]"
        example = f"\n[dim]as for {escape(_facts(finding.example))}[/]" if finding.example else ""
        table.add_row(severity, escape(_where(finding)), escape(finding.message) + example)
    if table.row_count:
        console.print(table)


def _where(finding: Finding) -> str:
    places = {"table": finding.table, "row": finding.row, "column": finding.column}
    return "\n".join(f"{kind} {name}" for kind, name in places.items() if name)


def _facts(example: Json) -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in example.items())


def _value(value: object) -> str:
    if value is None:
        return "unknown"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def cases(console: Console, file: Path, tried: Tried) -> None:
    held = tried.cases - len(tried.failed)
    reached = tried.rows - len(tried.missed)
    console.print(
        f"[bold]{escape(str(file))}[/]  {held} of {_many(tried.cases, 'case')} held, "
        f"{reached} of {_many(tried.rows, 'row')} reached",
        soft_wrap=True,
    )
    if tried.failed:
        table = _table("case", "what came, not what it says")
        for name, differences in tried.failed.items():
            table.add_row(escape(name), escape("\n".join(differences)))
        console.print(table)
    if tried.missed:
        console.print(f"  no case reaches {escape(', '.join(tried.missed))}")


def state(console: Console, found: Json) -> None:
    console.print(f"In force at {escape(found['store_id'])}: [bold]{escape(found['in_force'])}[/]")
    table = _table(Column("from", no_wrap=True), "version", "", "by", "note")
    for effect in found.get("effects", ()):
        table.add_row(*(escape(str(effect[name])) for name in ("effective_from", "version", "kind", "by", "note")))
    if table.row_count:
        console.print(table)


def tally(console: Console, found: Json) -> None:
    if unreadable := found["unreadable"]:
        console.print(f"[yellow]{_many(unreadable, 'decision')} of a time with other facts left out[/]")
    if not found["tried"]:
        console.print("Nothing was decided in that period")
        return
    console.print(f"{_many(found['tried'], 'decision')} tried, [bold]{found['changed']} would be otherwise[/]")
    outcomes = _table("before", "after", "applications")
    for move, count in sorted(found["outcomes"].items()):
        before, after = move.split(">")
        outcomes.add_row(before, after if after == before else f"[bold]{after}[/]", str(count))
    console.print(outcomes)
    money = _table("paid back before", "paid back after")
    for currency in sorted(found["paid_before"].keys() | found["paid_after"].keys()):
        money.add_row(*(_amount(found[when].get(currency, 0), currency) for when in ("paid_before", "paid_after")))
    console.print(money)


def differences(console: Console, found: Iterable[Json]) -> None:
    """Before and after: the outcome, what is paid back, the codes of what the customer reads, the rules that fired."""
    table = _table(Column("application", no_wrap=True), "before", "after", show_lines=True)
    for each in found:
        table.add_row(f"{each['number']}\n{each['decided_at']}", _decided(each, "before"), _decided(each, "after"))
    if table.row_count:
        console.print(table)


def _decided(each: Json, when: str) -> str:
    amount = _amount(each[f"paid_{when}"], each["currency"])
    why = [*each[f"reasons_{when}"], *each[f"rules_{when}"]]
    return "\n".join([f"[bold]{each[when]}[/], {amount}", *map(escape, why)])


def _table(*columns: str | Column, show_lines: bool = False) -> Table:
    """Breaks lines and cuts nothing off, where there is no blank either: in a rule's name, in Chinese."""
    broken = (each if isinstance(each, Column) else Column(each, overflow="fold") for each in columns)
    return Table(*broken, show_lines=show_lines)


def _amount(minor_units: int, currency: str) -> str:
    return decimal_text(Money(amount=minor_units, currency=currency))


def _many(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
