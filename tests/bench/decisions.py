"""Decisions a second against the bare engine, and how long a backtest of 100,000 applications takes."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from typing import Any

import zen
from rich.console import Console
from rich.progress import track
from rich.table import Table

from aftersales.policy.cases import facts_of
from aftersales.policy.compare import Tally, compare
from aftersales.policy.document import Policy
from aftersales.policy.facts import Line
from aftersales.policy.packs import DEFAULT, SHIPPED, pack, statutes
from aftersales.policy.record import DecidedLine, DecisionRecord
from aftersales.policy.rules import Rules, together

SECONDS = 2.0
APPLICATIONS = 100_000
CHUNK = 250
LIMIT_SHARE = 0.05
"""Decisions with floors and missing facts, as a share of bare evaluations: below it, something went wrong."""
LIMIT_SECONDS = 120.0


def lines() -> list[Line]:
    """The facts of every golden case of every pack: as varied as what customers ask."""
    policies = [pack(name) for name in SHIPPED]
    return [Line(facts_of(policy, case), date(2026, 11, 1)) for policy in policies for case in policy.cases]


def a_second(act: Callable[[Any], object], inputs: Sequence[Any]) -> float:
    """How often `act` can be done in a second, over all inputs in turn."""
    done, started = 0, time.perf_counter()
    while (taken := time.perf_counter() - started) < SECONDS:
        for each in inputs:
            act(each)
        done += len(inputs)
    return done / taken


def bare(policy: Policy, inputs: list[Line]) -> float:
    """ZEN alone: the store's table as it was written, facts as plain values, nothing read of the answer."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {policy.name: policy.graph}}})
    plain = [line.facts.model_dump(mode="json") for line in inputs]
    return a_second(lambda facts: engine.evaluate(policy.name, facts), plain)


def history(rules: Rules, inputs: list[Line]) -> list[dict[str, Any]]:
    """Decided applications as the table keeps them."""
    decided_at = datetime(2026, 11, 1, tzinfo=UTC)
    records = []
    for index, line in enumerate(islice(cycle(inputs), APPLICATIONS)):
        verdict = rules.decide(line)
        records.append(
            DecisionRecord(
                number=f"A{index}",
                sequence=2,
                store_id="lantern",
                decided_at=decided_at + timedelta(seconds=index),
                policy=DEFAULT,
                outcome=together([verdict]),
                lines=(DecidedLine.of("teapot", line, verdict),),
            ).document()
        )
    return records


def draft() -> Policy:
    """The plain terms with one cell changed: 30 days in place of 7."""
    return Policy.model_validate_json(json.dumps(pack(DEFAULT).document()).replace('"> 7"', '"> 30"'))


def backtest(records: list[dict[str, Any]], console: Console) -> tuple[float, Tally]:
    """Seconds for all of it, read from stored records a chunk at a time, and what was found."""
    rules, tally = Rules(draft(), statutes()), Tally()
    started = time.perf_counter()
    for start in track(range(0, len(records), CHUNK), description="Backtest", console=console):
        chunk = [DecisionRecord.model_validate(record) for record in records[start : start + CHUNK]]
        tally = tally.plus(compare(rules, chunk).tally)
    return time.perf_counter() - started, tally


def main(console: Console) -> int:
    own, inputs = pack(DEFAULT), lines()
    rules = Rules(own, statutes())
    evaluated, decided = bare(own, inputs), a_second(rules.decide, inputs)
    seconds, tally = backtest(history(rules, inputs), console)
    table = Table("on one core", "", title=f"Decisions, over the {len(inputs)} golden cases of the packs")
    table.add_row("bare engine, the store's table alone", f"{evaluated:,.0f} a second")
    table.add_row("decided: store and floors, missing facts, windows", f"{decided:,.0f} a second")
    table.add_row(f"backtest of {tally.tried:,}, {tally.changed:,} differ", f"{seconds:.1f} s")
    console.print(table)
    return int(decided < LIMIT_SHARE * evaluated or seconds > LIMIT_SECONDS)
