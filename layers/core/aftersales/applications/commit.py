"""Write a change with all that belongs to it: one transaction, so nothing is ever half done."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from aftersales import clock, tables
from aftersales.applications import store as applications
from aftersales.applications.change import Change, take
from aftersales.applications.holding import held
from aftersales.applications.lifecycle import Step, Type
from aftersales.applications.model import Actor, Application
from aftersales.errors import Outdated
from aftersales.orders import ledger
from aftersales.orders.moving import moving, repairing
from aftersales.staff import capacity
from aftersales.tables import Cancelled, Write

T = TypeVar("T")
OUTDATED_ATTEMPTS = 5
MOVING_THEIR_OWN = frozenset(
    {Step.REFUND_ORDERED, Step.REFUND_FAILED, Step.REFUNDED, Step.REPLACEMENT_SHIPPED, Step.CHARGED}
)
"""Steps that bring their move on the ledger with them, since it stays when the application ends."""


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
    writes = [*more, *applications.changing(change), *_units_moved(change)]
    freed = _person_freed(change)
    try:
        _transact([*writes, *freed], own=len(more))
    except Cancelled as cancelled:
        if not freed or cancelled.all_refused() != [len(writes)]:
            raise
        _transact(writes, own=len(more))  # nobody of that name was ever on the roster: their cases still end


def _transact(writes: list[Write], own: int) -> None:
    """`own` is the place of the application's own write."""
    try:
        tables.transact(writes)
    except Cancelled as cancelled:
        if cancelled.refused(own) or cancelled.collided:
            raise Outdated from cancelled
        raise


def _person_freed(change: Change) -> list[Write]:
    return [capacity.giving_back(change.freed, change.before.needs.weight)] if change.freed else []


def _units_moved(change: Change) -> list[Write]:
    """What it holds after the step and not before, and the other way round. Of repairs the order keeps the number."""
    if change.event.step in MOVING_THEIR_OWN:
        return []
    move = ledger.difference(held(change.before), held(change.after))
    place = change.before.store_id, change.before.order_number
    if change.after.type is Type.REPAIR is not change.before.type:
        return [repairing(*place, move, change.after.number)]
    return [moving(*place, move)] if move else []


def until_written(attempt: Callable[[], T]) -> T:
    """Run `attempt`, which reads and then writes, again while someone else is faster. For steps of the system."""
    for _ in range(OUTDATED_ATTEMPTS - 1):
        with suppress(Outdated):
            return attempt()
    return attempt()
