"""What a straight refund and an exchange cost: metered on the stack, priced for 1,000 of each.

DynamoDB's units come from a meter behind the emulator's signature check, transitions from the execution's history,
invocations and durations from Lambda's own REPORT lines. Durations are this machine's, not AWS's.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from aftersales.applications import store as applications
from infra.local import cloud, stack
from infra.local.stack import Place, Standing
from infra.local.waiting import until
from tests.bench.journeys import exchange, refund
from tests.e2e.people import Customer, Shopkeeper

Journey = Callable[[Shopkeeper], Customer]

PLACE = Place(home=Path(".local/bench"), port=4572, mail_port=4532, shop_port=4592)
APPLICATIONS = 5
JOURNEYS: dict[str, tuple[Journey, float]] = {"refund": (refund, 0.50), "exchange": (exchange, 1.00)}
"""What is metered, and how many dollars 1,000 of it may cost."""

# AWS's list prices in us-east-1, November 2026, in dollars for one.
PRICES = {
    "write units": 0.625e-6,
    "read units": 0.125e-6,
    "state transitions": 25e-6,
    "Lambda requests": 0.20e-6,
    "Lambda GB-seconds (arm64)": 0.0000133334,
    "API requests": 3.50e-6,
    "events on the bus": 1.00e-6,
    "queue requests": 0.40e-6,
    "schedules": 1.00e-6,
}
REPORT = re.compile(r"^REPORT .*?Duration: ([\d.]+) ms.*?Memory Size: (\d+) MB", re.DOTALL)
WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"})
HTTP = ("Storefront", "Submission", "Tracking", "Casework", "Remedy", "Survey", "Pages")
QUEUED = ("Assignment", "Notification", "Resolution", "Webhooks", "Parcels")
PREFIX = "aftersales-local-"
QUIET_SECONDS = 2
REQUESTS_PER_MESSAGE = 3
"""Sent, received, deleted."""


@dataclass(frozen=True)
class Metered:
    """Counts for one application, by line of the bill, and DynamoDB's write units by function."""

    counts: dict[str, float]
    writes_by_function: dict[str, float]

    def dollars_per_thousand(self) -> float:
        return sum(count * PRICES[name] for name, count in self.counts.items()) * 1000


def measure(console: Console) -> dict[str, Metered]:
    """Of each journey, one application to warm up and then `APPLICATIONS`, from its order to its answered survey."""
    stack.down(PLACE)
    stack.forget(PLACE)
    meter = PLACE.home / "meter.jsonl"
    meter.unlink(missing_ok=True)
    standing = stack.up(PLACE, console, meter)
    try:
        return {name: _measure(standing, meter, journey, console) for name, (journey, _) in JOURNEYS.items()}
    finally:
        stack.down(PLACE)


def _measure(standing: Standing, meter: Path, journey: Journey, console: Console) -> Metered:
    journey(Shopkeeper(standing))
    _quiet(meter)
    since = time.time()
    with console.status(f"Metering: {journey.__name__}"):
        customers = [journey(Shopkeeper(standing)) for _ in range(APPLICATIONS)]
    _quiet(meter)
    return _metered(standing, meter, since, customers)


def _quiet(meter: Path) -> None:
    """Wait until no table has been touched for two seconds."""
    until(lambda: time.time() - meter.stat().st_mtime > QUIET_SECONDS, "the desk to come to rest")


def _metered(standing: Standing, meter: Path, since: float, customers: list[Customer]) -> Metered:
    writes, reads = _units(meter, since)
    invocations = _invocations(standing, since)
    events = sum(len(applications.timeline(customer.number)) for customer in customers)
    calls = Counter({name: len(found) for name, found in invocations.items()})
    totals = {
        "write units": sum(writes.values()),
        "read units": reads,
        "state transitions": sum(_transitions(standing, customer.number) for customer in customers),
        "Lambda requests": calls.total(),
        "Lambda GB-seconds (arm64)": sum(sum(found) for found in invocations.values()),
        "API requests": sum(calls[name] for name in HTTP),
        "events on the bus": events,
        "queue requests": REQUESTS_PER_MESSAGE * sum(calls[name] for name in QUEUED),
        "schedules": len(customers),
    }
    each = {name: total / len(customers) for name, total in totals.items()}
    return Metered(each, {name: total / len(customers) for name, total in writes.most_common()})


def _units(meter: Path, since: float) -> tuple[Counter[str], float]:
    """Write units by function, and read units, of every call that a function made since then."""
    writes: Counter[str] = Counter()
    reads = 0.0
    for text in meter.read_text().splitlines():
        line = json.loads(text)
        if line["at"] < since or PREFIX not in line["caller"]:
            continue
        units = sum(line["units"].values())
        if line["operation"] in WRITES:
            writes[line["caller"].rpartition(PREFIX)[2]] += units
        else:
            reads += units
    return writes, reads


def _invocations(standing: Standing, since: float) -> dict[str, list[float]]:
    """GB-seconds of each invocation since then, by function."""
    logs = cloud.client("logs", standing.place.port)
    found: dict[str, list[float]] = {}
    for group in logs.describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{PREFIX}")["logGroups"]:
        name = group["logGroupName"]
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=name, startTime=int(since * 1000))
        reports = [REPORT.match(event["message"]) for page in pages for event in page["events"]]
        found[name.rpartition(PREFIX)[2]] = [
            float(report[1]) / 1000 * int(report[2]) / 1024 for report in reports if report
        ]
    return found


def _transitions(standing: Standing, number: str) -> int:
    machine = standing.outputs["StateMachineArn"].replace(":stateMachine:", ":execution:")
    states = cloud.client("stepfunctions", standing.place.port)
    history = states.get_execution_history(executionArn=f"{machine}:{number}", maxResults=1000)["events"]
    return sum(event["type"].endswith("StateEntered") for event in history)


def show(name: str, metered: Metered, console: Console) -> None:
    table = Table("line of the bill", "one application", "$ for 1,000", title=f"One {name}")
    for line, count in metered.counts.items():
        table.add_row(line, f"{count:.2f}", f"{count * PRICES[line] * 1000:.4f}")
    table.add_row("[bold]together", "", f"[bold]{metered.dollars_per_thousand():.3f}")
    console.print(table)
    by_function = ", ".join(f"{function} {units:.0f}" for function, units in metered.writes_by_function.items())
    console.print(f"Write units by function: {by_function}")


def main(console: Console) -> int:
    measured = measure(console)
    for name, metered in measured.items():
        show(name, metered, console)
    return int(any(each.dollars_per_thousand() > JOURNEYS[name][1] for name, each in measured.items()))
