"""What a member of staff sees: the list of work, and one case whole."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, Literal

from pydantic import Field

from aftersales.applications import photos, store
from aftersales.applications.holding import may_be_paid
from aftersales.applications.lifecycle import REFUNDING, Status, Step, Type, targets
from aftersales.applications.model import Application, TimelineEvent
from aftersales.aws import client
from aftersales.errors import InvalidRequest
from aftersales.items import document_of, item
from aftersales.model import Model, Moment
from aftersales.policy import store as policies
from aftersales.policy.record import DecisionRecord
from aftersales.settings import Setting

PAGE = 50
POSITION = {"number", "item", "work_owner", "work_due"}


class WorkItem(Model):
    """One piece of work: an application to resolve, or a customer to call back."""

    number: str
    kind: Literal["application", "follow_up"]
    type: Type
    status: Status | None = None
    due_at: Moment


class WorkList(Model):
    """By due time. `cursor` leads to the next page; absent on the last."""

    items: tuple[WorkItem, ...]
    cursor: str | None = None


class CaseView(Model):
    """The application with its whole timeline, what the policy saw each time it decided, and what is possible now."""

    application: Application
    timeline: tuple[TimelineEvent, ...]
    decisions: tuple[DecisionRecord, ...]
    photo_links: Annotated[dict[str, str], Field(description="photo id to a link good for five minutes")]
    actions: tuple[str, ...]


def work_of(owner: str, cursor: str | None) -> WorkList:
    """Raises `InvalidRequest` for a cursor that is not ours."""
    found = client("dynamodb").query(
        TableName=Setting.APPLICATIONS_TABLE.read(),
        IndexName="work",
        KeyConditionExpression="work_owner = :o",
        ExpressionAttributeValues=item({":o": owner}),
        Limit=PAGE,
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
    is_case = document["item"] == "application"
    return WorkItem.model_validate(
        {
            "number": document["number"],
            "kind": "application" if is_case else "follow_up",
            "type": document["type"],
            "status": document.get("status"),
            "due_at": document["work_due"],
        }
    )


ACTIONS = {
    Step.ASSIGNED: "claim",
    Step.INFORMATION_REQUESTED: "information-request",
    Step.REJECTED: "decision",
    Step.GOODS_RECEIVED: "receipt",
    Step.GOODS_INSPECTED: "inspection",
    Step.REFUND_ORDERED: "refund",
    Step.COMPLETED: "completion",
}


def case(application: Application) -> CaseView:
    timeline = store.timeline(application.number)
    return CaseView(
        application=application,
        timeline=tuple(timeline),
        decisions=tuple(policies.records(timeline)),
        photo_links={p.photo_id: photos.link(application.number, p) for p in application.photos if p.attached_at},
        actions=_actions(application),
    )


def _actions(application: Application) -> tuple[str, ...]:
    wrong = {"completion"} if application.type in REFUNDING else {"refund"}
    wrong |= set() if may_be_paid(application) else {"refund"}
    wrong |= {"claim"} if application.assignee else set()
    wrong |= {"information-request"} if application.status is Status.SUBMITTED else set()
    possible = [name for step, name in ACTIONS.items() if targets(step, application.status) and name not in wrong]
    return (*possible, "notes")
