"""Applications in DynamoDB: one partition an application, with its events, its wait and its once-only records.

Sort keys: `application` · `event#000001` … · `wait` (the task token of the state machine) · `task#follow_up` ·
`task#000007` (for another department) · `sla` (where its clocks stand) · `survey` · `notice#000001` (a mail that was
claimed) · `label` (what came of asking for one). An idempotency record, a parcel that is followed, what became of a
queue's dead letters, and what an application is found by (its number is the sort key) have partitions of their own.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from aftersales import tables
from aftersales.applications.change import Change
from aftersales.applications.lifecycle import DONE, Status, Type
from aftersales.applications.model import Application, Language, Priority, TimelineEvent
from aftersales.applications.number import known_number
from aftersales.applications.other_case import OtherCase
from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.errors import NotFound
from aftersales.items import AttributeValue, document_of, item
from aftersales.settings import Setting
from aftersales.tables import Cancelled, Write

TABLE = Setting.APPLICATIONS_TABLE
BACKLOG = "backlog#"
"""Before a team: who owns what nobody of the team has yet."""

WorkKind = Literal["application", "follow_up", "task"]
"""An application to resolve, a customer to call back, or a task for a department."""

OTHERS = 10
"""How many of a customer's latest applications are looked at."""

UNFINISHED = "#i = :a AND (NOT #s IN (:r, :x, :c, :e) OR (#s = :r AND attribute_not_exists(follow_up_at)))"
ENDED = {":r": Status.RESOLVED, ":x": Status.REJECTED, ":c": Status.CANCELLED, ":e": Status.EXPIRED}


def event_key(version: int) -> str:
    return f"event#{version:06d}"


def load(number: str) -> Application:
    """Raises `NotFound`."""
    found = tables.load(TABLE, {"number": number, "item": "application"})
    if found is None:
        raise NotFound
    return _application(found)


def load_several(numbers: Sequence[str]) -> Iterator[Application]:
    """In this order, without those that are not there or cannot be read. What is new may be missing for a moment."""
    keys = [{"number": number, "item": "application"} for number in numbers]
    found = {document["number"]: document for document in tables.load_all(TABLE, keys)}
    for number in numbers:
        with suppress(KeyError, ValidationError):
            yield _application(found[number])


def load_by_event(event_id: str) -> Application:
    """The application of an event, which has named what it ordered: a refund, say. Raises `NotFound`."""
    return load(known_number(event_id.partition(".")[0]))


def _application(document: dict[str, Any]) -> Application:
    return Application.model_validate({k: v for k, v in document.items() if k not in _BOOKKEEPING})


_BOOKKEEPING = frozenset({"item", "work_owner", "work_due"})


def _document(application: Application) -> dict[str, Any]:
    document = application.document() | {"item": "application"} | _work(application)
    if not application.customer:  # filed before customers had keys; a key of an index is never empty
        del document["customer"]
    return document


def _work(application: Application) -> dict[str, str]:
    """The sparse index of work: what the desk has to do or to watch, by who has it and by when it is due."""
    due = application.look_at or (application.due_at if application.status not in DONE else None)
    return {"work_owner": owner_of(application), "work_due": rfc3339(due)} if due else {}


def owner_of(application: Application) -> str:
    """In the index of work: who has it, or the backlog of its team. What is done and comes up again is for the team."""
    have = None if application.status in DONE else application.assignee
    return have or f"{BACKLOG}{application.team}"


def _event_document(event: TimelineEvent) -> dict[str, Any]:
    return event.document() | {"item": event_key(event.version)}


def filing(application: Application, event: TimelineEvent) -> list[Write]:
    new = "attribute_not_exists(#n)"
    writes = [tables.put(TABLE, _document(application), new), tables.put(TABLE, _event_document(event), new)]
    for write in writes:
        write["Put"]["ExpressionAttributeNames"] = {"#n": "number"}
    return writes


def changing(change: Change) -> list[Write]:
    """The new state, refused unless the stored one is still the one that was read; and its event."""
    update = tables.put(TABLE, _document(change.after), "version = :read")
    update["Put"]["ExpressionAttributeValues"] = item({":read": change.before.version})
    return [update, tables.put(TABLE, _event_document(change.event))]


def load_event(number: str, version: int) -> TimelineEvent:
    """Raises `NotFound`."""
    found = tables.load(TABLE, {"number": number, "item": event_key(version)})
    if found is None:
        raise NotFound
    del found["item"]
    return TimelineEvent.model_validate(found)


def timeline(number: str) -> list[TimelineEvent]:
    """All events, the first one first."""
    pages = (
        client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=TABLE.read(),
            KeyConditionExpression="#n = :n AND begins_with(#i, :e)",
            ExpressionAttributeNames={"#n": "number", "#i": "item"},
            ExpressionAttributeValues=item({":n": number, ":e": "event#"}),
            ConsistentRead=True,
        )
    )
    return [event_of(stored) for page in pages for stored in page["Items"]]


def filed_by(customer: str, since: datetime, until: datetime) -> list[datetime]:
    """When this customer filed, from `since` to `until`, both included. What is new may be missing for a moment.

    Of an application from before customers had keys, `customer` is empty, and nothing is known.
    """
    return tables.moments(TABLE, {"customer": customer}, "filed_at", since, until) if customer else []


def numbers_of(customer: str, most: int) -> list[str]:
    """This customer's latest applications, the newest first. What is new may be missing for a moment."""
    found = client("dynamodb").query(
        TableName=TABLE.read(),
        IndexName="customer",
        KeyConditionExpression="customer = :c",
        ExpressionAttributeValues=item({":c": customer}),
        ScanIndexForward=False,
        Limit=most,
    )
    return [stored["number"]["S"] for stored in found["Items"]]


def others_of(application: Application) -> list[OtherCase]:
    """The same customer's latest other applications, the newest first. What is new may be missing for a moment."""
    if not application.customer:
        return []
    numbers = numbers_of(application.customer, OTHERS)
    keys = [{"number": number, "item": "application"} for number in numbers if number != application.number]
    others = [_other(document) for document in tables.load_all(TABLE, keys, OtherCase._fields)]
    return sorted(others, key=lambda other: other.filed_at, reverse=True)


def _other(document: dict[str, Any]) -> OtherCase:
    told = {"type": Type(document["type"]), "status": Status(document["status"])}
    return OtherCase(**document | told | {"filed_at": datetime.fromisoformat(document["filed_at"])})


class OwnedWork(NamedTuple):
    """An item in the index of work."""

    number: str
    item: str
    type: Type
    due_at: datetime
    status: Status | None = None
    priority: Priority | None = None
    language: Language | None = None

    @property
    def kind(self) -> WorkKind:
        if self.item == "application":
            return "application"
        return "task" if self.task_id else "follow_up"

    @property
    def task_id(self) -> str | None:
        """Of a task for a department."""
        task = self.item.partition("#")[2]
        return str(int(task)) if task.isdecimal() else None


def owned_by(owner: str, most: int | None = None) -> list[OwnedWork]:
    """What `owner` has, what should end first on top, `most` rows at most. What is new may be missing for a moment."""
    pages = (
        client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=TABLE.read(),
            IndexName="work",
            KeyConditionExpression="work_owner = :o",
            ExpressionAttributeValues=item({":o": owner}),
            PaginationConfig={"MaxItems": most},
        )
    )
    return [_owned(document_of(stored)) for page in pages for stored in page["Items"]]


def _owned(document: dict[str, Any]) -> OwnedWork:
    return OwnedWork(
        number=document["number"],
        item=document["item"],
        type=Type(document["type"]),
        due_at=datetime.fromisoformat(document["work_due"]),
        status=Status(document["status"]) if "status" in document else None,
        priority=document.get("priority"),
        language=document.get("language"),
    )


def reown(number: str, item_key: str, was: str, owner: str) -> None:
    """In the index of work: from one owner, who is a person, to another. What changed meanwhile stays as it is."""
    change = {
        "TableName": TABLE.read(),
        "Key": item({"number": number, "item": item_key}),
        "UpdateExpression": "SET work_owner = :o REMOVE member_id",
        "ConditionExpression": "work_owner = :was",
        "ExpressionAttributeValues": item({":o": owner, ":was": was}),
    }
    with suppress(Cancelled):
        tables.transact([{"Update": change}])


def event_of(stored: dict[str, AttributeValue]) -> TimelineEvent:
    """An event from the table or from its stream."""
    document = document_of(stored)
    del document["item"]
    return TimelineEvent.model_validate(document)


def unfinished_numbers() -> Iterator[str]:
    """The number of every application that is open, or resolved without a call back planned.

    Reads the whole table: for ops, never for a request.
    """
    pages = (
        client("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=TABLE.read(),
            ProjectionExpression="#n",
            FilterExpression=UNFINISHED,
            ExpressionAttributeNames={"#n": "number", "#i": "item", "#s": "status"},
            ExpressionAttributeValues=item({":a": "application"} | ENDED),
        )
    )
    return (stored["number"]["S"] for page in pages for stored in page["Items"])
