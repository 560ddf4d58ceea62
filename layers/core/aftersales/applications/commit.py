"""Write a change with all that belongs to it: one transaction, so nothing is ever half done."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from aftersales import clock, tables
from aftersales.applications import store as applications
from aftersales.applications.change import Change, take
from aftersales.applications.lifecycle import TALKING, Step
from aftersales.applications.model import Actor, Application
from aftersales.errors import Outdated
from aftersales.orders import ledger
from aftersales.orders import store as orders
from aftersales.staff import store as staff
from aftersales.tables import Cancelled, Write

T = TypeVar("T")
OUTDATED_ATTEMPTS = 5


def step(application: Application, step: Step, actor: Actor, *more: Write, **details: object) -> Application:
    """Let `step` happen now and write it, with the writes in `more`; gives the application as it stands after.

    Raises `StepNotPossible` by the lifecycle, `Outdated` when someone else was faster.
    """
    change = take(application, step, actor, clock.now(), **details)  # type: ignore[arg-type]
    commit(change, *more)
    return change.after


def commit(change: Change, *more: Write) -> None:
    """Raises `Outdated` when the application is no longer as it was read, `Cancelled` when one of `more` is refused.

    In `Cancelled.codes` the writes of `more` come first.
    """
    try:
        tables.transact([*more, *applications.changing(change), *_consequences(change)])
    except Cancelled as cancelled:
        if cancelled.refused(len(more)) or cancelled.collided:
            raise Outdated from cancelled
        raise


def _consequences(change: Change) -> list[Write]:
    """At the end of an application its person is free again, and so are its units, unless they were paid back."""
    before = change.before
    if not change.ends:
        return []
    writes: list[Write] = []
    if before.assignee:
        writes.append(staff.giving_one_back(before.assignee))
    if before.type not in TALKING and change.event.step is not Step.REFUNDED:
        writes.append(orders.moving(before.store_id, before.order_number, ledger.release(before.lines)))
    return writes


def until_written(attempt: Callable[[], T]) -> T:
    """Run `attempt`, which reads and then writes, again while someone else is faster. For steps of the system."""
    for _ in range(OUTDATED_ATTEMPTS - 1):
        with suppress(Outdated):
            return attempt()
    return attempt()
