"""Assignments a second, many at once, and how many transactions were cancelled for each that was written.

As shipped two people are drawn by their room, and one conditional increment takes it; beside it what was not built:
always the one with the most room, taken only if nobody else was given anything since the roster was read. All is on
the emulator, which does one request after the other; on AWS a cancelled transaction is paid for as well.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from aftersales.staff import capacity
from aftersales.staff.assign import assign
from aftersales.staff.model import Member
from aftersales.tables import Write
from infra.local import cloud, ministack
from tests.bench.cost import PLACE
from tests.e2e.burst import CASES, PEOPLE, THREADS, answers, at_once, file, hire, own_tables


class Measured(NamedTuple):
    """Transactions, and the cases that found nobody and wait for the sweep."""

    seconds: float
    written: int
    cancelled: int
    left: int


def burst() -> Measured:
    with own_tables(PLACE.port):
        hire()
        numbers = at_once(partial(file, index) for index in range(CASES))
        started = time.perf_counter()
        with answers() as found:
            placed = at_once(partial(assign, number) for number in numbers)
        seconds = time.perf_counter() - started
        left = sum(each.assignee is None for each in placed)
        return Measured(seconds, found.count(200), found.count(400), left)


@contextmanager
def by_compare_and_set() -> Iterator[None]:
    def most_room(people: list[Member], _: object) -> Member:
        return max(people, key=lambda member: member.free)

    def taking(member: Member, weight: int) -> Write:
        return capacity._count(member.member_id, weight, "#o = :read", read=member.open)

    with patch("aftersales.staff.assign.choose", most_room), patch.object(capacity, "taking", taking):
        yield


def measure() -> dict[str, Measured]:
    os.environ |= cloud.environment(PLACE.port)
    ministack.start(PLACE.port, PLACE.home)
    try:
        burst()  # the first requests open connections
        as_shipped = burst()
        with by_compare_and_set():
            return {"two drawn by room": as_shipped, "most room, compare and set": burst()}
    finally:
        ministack.stop(PLACE.home)


def main(console: Console) -> None:
    title = f"{CASES} cases at once for {PEOPLE} people, from {THREADS} threads"
    table = Table("who gets it", "assigned a second", "cancelled for each", "left for the sweep", title=title)
    for name, found in measure().items():
        row = f"{found.written / found.seconds:.0f}", f"{found.cancelled / found.written:.2f}", f"{found.left}"
        table.add_row(name, *row)
    console.print(table)
