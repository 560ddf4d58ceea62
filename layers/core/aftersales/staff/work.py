"""What a member of staff sees: the list of work, and one case whole."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from aftersales.applications import photos, store
from aftersales.applications.lifecycle import Status, Step, Type
from aftersales.applications.model import DEFAULT_TEAM, Application, Language, Priority, TimelineEvent
from aftersales.aws import client
from aftersales.errors import Forbidden, InvalidRequest, UnknownVariant
from aftersales.identity.principal import Principal
from aftersales.items import document_of, item
from aftersales.model import Model, Moment
from aftersales.policy import store as policies
from aftersales.policy.record import DecisionRecord
from aftersales.resolution.quoting import order_of, quote_now
from aftersales.settings import Setting
from aftersales.staff import store as staff
from aftersales.staff import tasks
from aftersales.staff.actions import ACTIONS, may_replace
from aftersales.staff.casework import open_tasks

PAGE = 50
POSITION = {"number", "item", "work_owner", "work_due"}


class WorkItem(Model):
    """One piece of work: an application to resolve, a customer to call back, or a task for a department."""

    number: str
    kind: Literal["application", "follow_up", "task"]
    task_id: str | None = None
    type: Type
    status: Status | None = None
    priority: Priority | None = None
    language: Language | None = None
    due_at: Moment


class WorkList(Model):
    """By due time. `cursor` leads to the next page; absent on the last."""

    items: tuple[WorkItem, ...]
    cursor: str | None = None


class CaseView(Model):
    """The application with its whole timeline, what departments do for it, what the policy saw each time it decided,
    and what is possible now.
    """

    application: Application
    timeline: tuple[TimelineEvent, ...]
    tasks: tuple[tasks.Task, ...]
    decisions: tuple[DecisionRecord, ...]
    photo_links: Annotated[dict[str, str], Field(description="photo id to a link good for five minutes")]
    actions: tuple[str, ...]


def list_for(who: Principal, query: Mapping[str, str]) -> str:
    """Whose list is asked for: one's own, the backlog of a team, what a department does, or another's.

    Raises `Forbidden` for another's list, and for the backlog of a team that is not one's own, unless a lead asks.
    """
    if department := query.get("department"):
        return tasks.owner_of(department)
    if query.get("backlog") == "true" or "team" in query:
        return f"{store.BACKLOG}{_team_of(who, query.get('team'))}"
    owner = query.get("owner", who.id)
    if owner != who.id and not who.leads:
        raise Forbidden("a team lead sees the work of others")
    return owner


def _team_of(who: Principal, wanted: str | None) -> str:
    """The first of one's own teams, unless another is wanted."""
    member = staff.find(who.id)
    own = member.teams if member else (DEFAULT_TEAM,)
    if wanted and wanted not in own and not who.leads:
        raise Forbidden("only who is of a team sees its backlog, and team leads")
    return wanted or next(iter(own), DEFAULT_TEAM)


def work_of(owner: str, cursor: str | None, limit: int = PAGE) -> WorkList:
    """Raises `InvalidRequest` for a cursor that is not ours."""
    found = client("dynamodb").query(
        TableName=Setting.APPLICATIONS_TABLE.read(),
        IndexName="work",
        KeyConditionExpression="work_owner = :o",
        ExpressionAttributeValues=item({":o": owner}),
        Limit=limit,
        **({"ExclusiveStartKey": item(_position(cursor, owner))} if cursor else {}),
    )
    following = found.get("LastEvaluatedKey")
    return WorkList(
        items=tuple(_work_item(document_of(stored)) for stored in found["Items"]),
        cursor=urlsafe_b64encode(json.dumps(document_of(following)).encode()).decode() if following else None,
    )


def _position(cursor: str, owner: str) -> dict[str, Any]:
    try:
        position: Any = json.loads(urlsafe_b64decode(cursor))
    except ValueError:
        raise InvalidRequest("the cursor cannot be read") from None
    if not _is_position(position) or position["work_owner"] != owner:
        raise InvalidRequest("the cursor does not belong to this list")
    return dict(position)


def _is_position(value: Any) -> bool:
    texts = isinstance(value, dict) and all(isinstance(text, str) and text for text in value.values())
    return texts and set(value) == POSITION


def _work_item(document: dict[str, Any]) -> WorkItem:
    kind, _, task = document["item"].partition("#")
    if kind == "task":
        kind = "task" if task.isdecimal() else "follow_up"
    return WorkItem.model_validate(
        {
            "number": document["number"],
            "kind": kind,
            "task_id": str(int(task)) if kind == "task" else None,
            "type": document["type"],
            "status": document.get("status"),
            "priority": document.get("priority"),
            "language": document.get("language"),
            "due_at": document["work_due"],
        }
    )


def case(application: Application) -> CaseView:
    timeline = store.timeline(application.number)
    return CaseView(
        application=application,
        timeline=tuple(timeline),
        tasks=tuple(tasks.of(application.number, timeline)),
        decisions=tuple(policies.records(timeline)),
        photo_links={p.photo_id: photos.link(application.number, p) for p in application.photos if p.attached_at},
        actions=_actions(application, timeline),
    )


def _actions(application: Application, timeline: list[TimelineEvent]) -> tuple[str, ...]:
    """Notes are always possible."""
    closed = _closed_by_difference(application) | ({"completion"} if open_tasks(timeline) else set())
    possible = [name for name, rule in ACTIONS.items() if name not in closed and rule(application)]
    called = any(event.step is Step.FOLLOWED_UP for event in timeline)
    call_is_due = application.follow_up_due_at is not None and not called
    return (*possible, *(["follow-up"] if call_is_due else []), "notes")


def _closed_by_difference(application: Application) -> set[str]:
    """Of an exchange: a difference is paid back, or paid, before anything is sent."""
    closed = {"refund", "charge", "replacement"}
    if application.type is not Type.EXCHANGE or application.settled or not may_replace(application):
        return set()
    try:
        difference = quote_now(application, order_of(application))
    except UnknownVariant:
        return closed
    if difference.total.amount:
        return closed - {"refund"}
    return closed - ({"charge"} if difference.to_pay else {"replacement"})
