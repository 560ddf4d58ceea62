"""One step of an application: the new state and its event, worked out in memory."""

from datetime import datetime
from typing import Any, NamedTuple

from aftersales.applications.charge import voided
from aftersales.applications.lifecycle import DONE, FINAL, STAFF_ONLY, Status, Step, targets
from aftersales.applications.limits import due
from aftersales.applications.model import Actor, Application, TimelineEvent
from aftersales.errors import StepNotPossible

IN_VAIN = FINAL - {Status.RESOLVED}
"""Where nothing was done, unless it was done before: what was paid for it is void."""


class Change(NamedTuple):
    """From `before` to `after` by `event`; written whole or not at all."""

    before: Application
    after: Application
    event: TimelineEvent

    @property
    def freed(self) -> str | None:
        """Who has one case less to work on by this step."""
        before = _worked_on_by(self.before)
        return before if before != _worked_on_by(self.after) else None


def _worked_on_by(application: Application) -> str | None:
    return None if application.status in DONE else application.assignee


def take(  # noqa: PLR0913 what a step is made of
    application: Application,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    to: Status | None = None,
    message: str | None = None,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> Change:
    """Let `step` happen. `to` chooses where several statuses may follow; `changes` are fields of the application.

    Who has it from here on stands in the event's data as `assignee`, where that changes: nobody is null.

    Raises `StepNotPossible` when the lifecycle does not allow the step in this status.
    """
    status = _target(application, step, to)
    fields = {"status": status, "version": application.version + 1, "changed_at": at}
    fields |= _marks(application, status, actor, at) | changes | _in_the_end(application, status)
    event = TimelineEvent(
        number=application.number,
        version=application.version + 1,
        store_id=application.store_id,
        step=step,
        at=at,
        actor=actor,
        status_from=application.status,
        status_to=status,
        message=message,
        staff_only=step in STAFF_ONLY,
        data=(data or {}) | _handed(application, changes),
        correlation_id=application.correlation_id,
    )
    return Change(application, application.model_copy(update=fields), event)


def _handed(application: Application, changes: dict[str, Any]) -> dict[str, Any]:
    assignee = changes.get("assignee", application.assignee)
    return {} if assignee == application.assignee else {"assignee": assignee}


def _marks(application: Application, status: Status, actor: Actor, at: datetime) -> dict[str, Any]:
    """By when it is due, from the status on; and that a person has looked."""
    looked = {"look_at": None} if actor.kind == "staff" else {}
    return looked if status == application.status else looked | {"due_at": due(status, at), "overdue_at": None}


def _in_the_end(application: Application, status: Status) -> dict[str, Any]:
    """What holds wherever an application is done, by whatever step."""
    if status in DONE - FINAL:
        return {"settled": True}
    if status in IN_VAIN and not application.settled:
        return {"charges": voided(application.charges, "price_difference", "repair")}
    return {}


def _target(application: Application, step: Step, to: Status | None) -> Status:
    possible = targets(step, application.status)
    if to is None and len(possible) == 1:
        return next(iter(possible))
    if to in possible:
        return to
    raise StepNotPossible(f"{step} is not possible while the application is {application.status}")
