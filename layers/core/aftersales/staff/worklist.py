"""Lists of work by due time: of what was promised to the customer or of the status, whichever comes first."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from aftersales import clock
from aftersales.applications import store
from aftersales.applications.lifecycle import Status, Type
from aftersales.applications.model import DEFAULT_TEAM, Language, Priority
from aftersales.applications.store import BACKLOG, OwnedWork, WorkKind
from aftersales.clock import rfc3339
from aftersales.errors import Forbidden, InvalidRequest
from aftersales.identity.principal import Principal
from aftersales.model import Model, Moment
from aftersales.sla import store as sla
from aftersales.sla.clock import ClockKind
from aftersales.staff import store as staff
from aftersales.staff import tasks

PAGE = 50
MOST = 2000
"""Rows of a list that are looked at: what should have ended later than these has time."""

GOES_BY: dict[WorkKind, tuple[ClockKind, ...]] = {
    "application": ("pickup", "first_response", "next_response", "resolution", "idle", "task"),
    "follow_up": ("follow_up",),
    "task": (),
}
"""The clocks that count in lists: all that the page of a case shows."""

Place = tuple[str, str, str]


class WorkItem(Model):
    """One piece of work. `clock` is the promise that is due at `due_at`.

    Without one that is when the status should have ended, since when a person should look, or when a task should be
    done. `customer_waits`: the last word is theirs.
    """

    number: str
    kind: WorkKind
    task_id: str | None = None
    type: Type
    status: Status | None = None
    priority: Priority | None = None
    language: Language | None = None
    due_at: Moment
    clock: ClockKind | None = None
    customer_waits: Literal[True] | None = None

    @property
    def is_late(self) -> bool:
        """Something that was promised has not come in time, or a task is not done."""
        return (self.clock is not None or self.kind == "task") and self.due_at < clock.now()

    @property
    def place(self) -> Place:
        """In the order of lists."""
        return rfc3339(self.due_at), self.number, self.task_id or self.kind


class WorkList(Model):
    """By due time. `cursor` leads to the next page; absent on the last."""

    items: tuple[WorkItem, ...]
    cursor: str | None = None


def list_for(who: Principal, query: Mapping[str, str]) -> str:
    """Whose list is asked for: one's own, the backlog of a team, what a department does, or another's.

    Raises `Forbidden` for another's list, and for the backlog of a team that is not one's own, unless a lead asks;
    `InvalidRequest` for a department that there is not.
    """
    if department := query.get("department"):
        return tasks.owner_of(_known(department, tasks.DEPARTMENTS))
    if query.get("backlog") == "true" or "team" in query:
        return f"{BACKLOG}{_team_of(who, query.get('team'))}"
    owner = query.get("owner") or who.id
    if owner != who.id and not who.leads:
        raise Forbidden("a team lead sees the work of others")
    return owner


def _known(name: str, names: Sequence[str]) -> str:
    """Raises `InvalidRequest` for another."""
    if name not in names:
        raise InvalidRequest(f"there is no {name[:40]}: {', '.join(names)}")
    return name


def _team_of(who: Principal, wanted: str | None) -> str:
    """The first of one's own teams, unless another is wanted."""
    member = staff.find(who.id)
    own = member.teams if member else (DEFAULT_TEAM,)
    if wanted and wanted not in own and not who.leads:
        raise Forbidden("only who is of a team sees its backlog, and team leads")
    return wanted or next(iter(own), DEFAULT_TEAM)


def page_of(owner: str, cursor: str | None) -> WorkList:
    """Raises `InvalidRequest` for a cursor that is not ours."""
    after = _place_at(cursor) if cursor else None
    items = [each for each in work_of(owner) if after is None or each.place > after]
    more = len(items) > PAGE
    return WorkList(items=tuple(items[:PAGE]), cursor=_cursor_at(items[PAGE - 1].place) if more else None)


def _cursor_at(place: Place) -> str:
    return urlsafe_b64encode(json.dumps(place).encode()).decode()


def _place_at(cursor: str) -> Place:
    try:
        return TypeAdapter(Place).validate_json(urlsafe_b64decode(cursor))
    except (ValueError, ValidationError):
        raise InvalidRequest("the cursor cannot be read") from None


def work_of(owner: str) -> list[WorkItem]:
    """All of it, what is due first on top; of more than `MOST` rows, those that should have ended first.

    What is new may be missing for a moment, and its clocks for some seconds.
    """
    return in_order(store.owned_by(owner, MOST))


def in_order(rows: Sequence[OwnedWork]) -> list[WorkItem]:
    """By due time."""
    promised = sla.due_times({row.number for row in rows})
    items = (_work_item(row, promised.get(row.number, {})) for row in rows)
    return sorted(items, key=lambda each: each.place)


def _work_item(row: OwnedWork, promised: Mapping[ClockKind, Moment]) -> WorkItem:
    due = {promised[kind]: kind for kind in reversed(GOES_BY[row.kind]) if kind in promised}
    first = min(due if due and _is_between_us(row) else [*due, row.due_at])
    return WorkItem(
        number=row.number,
        kind=row.kind,
        task_id=row.task_id,
        type=row.type,
        status=row.status,
        priority=row.priority,
        language=row.language,
        due_at=first,
        clock=due.get(first),
        customer_waits=True if row.kind == "application" and _customer_waits(row, promised) else None,
    )


def _is_between_us(row: OwnedWork) -> bool:
    """How soon the desk looks for somebody again says nothing to people."""
    return row.status is Status.ACCEPTED and row.due_at > clock.now()


def _customer_waits(row: OwnedWork, promised: Mapping[ClockKind, Moment]) -> bool:
    """Whatever is due first."""
    return "next_response" in promised or row.status in (Status.APPEALED, Status.DISPUTED)
