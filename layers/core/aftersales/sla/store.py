"""Clocks in DynamoDB: in the applications table one item `sla` a case, which the index of due times is made of; in the
table of stores `service#STORE`, what a store has promised.

The index `due` holds the cases that are not over, by shard and by when the sweep has something to tell.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple

from pydantic import ValidationError

from aftersales import clock, tables
from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.items import document_of, item
from aftersales.model import Moment
from aftersales.settings import Setting
from aftersales.sla.clock import ClockKind
from aftersales.sla.summary import SHARDS, Summary
from aftersales.sla.terms import ServiceTerms

TABLE = Setting.APPLICATIONS_TABLE
NEVER = "9999"
"""Sorts behind every moment: nothing is to be told."""

KEPT_SECONDS = 60
FORGOTTEN_AFTER = 30 * 86400
"""Seconds. Longer than a message can lie in a queue: until then an older summary does not take the place of the end."""

_BOOKKEEPING = frozenset({"item", "due_shard", "due_next", "expires_at"})


def keep(summary: Summary) -> bool:
    """Unless a later one is there; tells whether it was kept. One that is over leaves the index, and is forgotten."""
    not_later = "attribute_not_exists(version) OR version <= :version"
    return tables.put_once(TABLE, _document(summary), not_later, version=summary.version)


def _document(summary: Summary) -> dict[str, Any]:
    document = summary.document() | {"item": "sla"}
    document.pop("due_next", None)
    if summary.is_over:
        return document | {"expires_at": int(clock.now().timestamp()) + FORGOTTEN_AFTER}
    return document | {"due_shard": summary.shard, "due_next": _due(summary)}


def _due(summary: Summary) -> str:
    return rfc3339(summary.due_next) if summary.due_next else NEVER


def due_times(numbers: Iterable[str]) -> dict[str, dict[ClockKind, Moment]]:
    """When the clocks of these cases are due, as far as they are known."""
    found = tables.load_all(TABLE, [{"number": number, "item": "sla"} for number in numbers], ("number", "due_at"))
    return {each["number"]: _moments(each.get("due_at", {})) for each in found}


def _moments(told: dict[ClockKind, str]) -> dict[ClockKind, Moment]:
    return {kind: datetime.fromisoformat(at) for kind, at in told.items()}


class OpenCases(NamedTuple):
    """`unread` are the numbers of those whose summary was written by other code than this: to be folded anew."""

    known: list[Summary]
    unread: list[str]


def open_cases() -> OpenCases:
    """Every case that is not over, shard by shard, the earliest due first. What is new may be missing for a moment."""
    found = OpenCases([], [])
    for document in _open():
        if summary := _summary(document):
            found.known.append(summary)
        else:
            found.unread.append(document["number"])
    return found


def _open() -> Iterator[dict[str, Any]]:
    pager = client("dynamodb").get_paginator("query")
    for shard in range(SHARDS):
        pages = pager.paginate(
            TableName=TABLE.read(),
            IndexName="due",
            KeyConditionExpression="due_shard = :s",
            ExpressionAttributeValues=item({":s": str(shard)}),
        )
        yield from (document_of(stored) for page in pages for stored in page["Items"])


def _summary(document: dict[str, Any]) -> Summary | None:
    known = {name: value for name, value in document.items() if name not in _BOOKKEEPING}
    due = document.get("due_next", NEVER)
    with suppress(ValidationError):
        return Summary.model_validate(known if due == NEVER else known | {"due_next": due})
    return None


def terms(store_id: str) -> ServiceTerms | None:
    """As they were at most a minute ago."""
    return _terms(store_id, int(monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=64)
def _terms(store_id: str, _minute: int) -> ServiceTerms | None:
    return terms_now(store_id)


def terms_now(store_id: str) -> ServiceTerms | None:
    found = tables.load(Setting.STORES_TABLE, {"entry": f"service#{store_id}"})
    return ServiceTerms.model_validate(found["terms"]) if found else None


def keep_terms(store_id: str, terms: ServiceTerms) -> None:
    document = {"entry": f"service#{store_id}", "terms": terms.document()}
    client("dynamodb").put_item(TableName=Setting.STORES_TABLE.read(), Item=item(document))
