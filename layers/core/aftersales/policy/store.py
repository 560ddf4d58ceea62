"""Policies in DynamoDB: one partition a store, and one a store and month for the decisions made in it.

Sort keys: `draft` · `counted` · `version#000003` · `effective#MOMENT#000007` · `backtest#ID` with its
`backtest#ID#policy` and `backtest#ID#000001` …; in a month's partition `decision#MOMENT#NUMBER#000002`, so that a
period is one query. Policies are kept as JSON text: nobody searches in them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from aftersales import tables
from aftersales.applications.model import TimelineEvent
from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.errors import NotFound
from aftersales.items import document_of, item
from aftersales.model import Moment
from aftersales.policy.record import DecisionRecord
from aftersales.policy.versions import Counted, Effect, Version
from aftersales.settings import Setting
from aftersales.tables import Write

TABLE = Setting.POLICIES_TABLE
KEYS = ("kept_for", "item")
TEXTS = ("policy", "floors", "differences")
LATEST = 20
"""Effects that are looked at for one that can be read, and shown as history."""


def _key(kept_for: str, name: str) -> dict[str, str]:
    return {"kept_for": kept_for, "item": name}


def text_of(document: Any) -> str:
    """As short as JSON can be. Raises `ValueError` for a number that JSON does not know."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def put(store_id: str, name: str, document: dict[str, Any]) -> Write:
    """A write of one item."""
    texts = {key: text_of(document[key]) for key in TEXTS if key in document}
    return tables.put(TABLE, document | texts | _key(store_id, name))


def put_new(store_id: str, name: str, document: dict[str, Any]) -> Write:
    """The same, refused when it is there already."""
    write = put(store_id, name, document)
    write["Put"]["ConditionExpression"] = "attribute_not_exists(kept_for)"
    return write


def replace(store_id: str, name: str, document: dict[str, Any], **known: int) -> Write:
    """The same, refused unless what is there has these values, as it was read."""
    return {"Put": put(store_id, name, document)["Put"] | _if(known)}


def delete(store_id: str, name: str, **known: int) -> Write:
    """Refused as `replace` is."""
    return {"Delete": {"TableName": TABLE.read(), "Key": item(_key(store_id, name))} | _if(known)}


def _if(known: dict[str, int]) -> dict[str, Any]:
    return {
        "ConditionExpression": " AND ".join(f"{name} = :{name}" for name in known),
        "ExpressionAttributeValues": item({f":{name}": value for name, value in known.items()}),
    }


def get(store_id: str, name: str) -> dict[str, Any]:
    """Raises `NotFound`."""
    return _read(_load(store_id, name))


def _load(kept_for: str, name: str) -> dict[str, Any]:
    found = tables.load(TABLE, _key(kept_for, name))
    if found is None:
        raise NotFound(f"{kept_for} has no such {name.partition('#')[0]}")
    return found


def _read(document: dict[str, Any]) -> dict[str, Any]:
    texts = {key: json.loads(document[key]) for key in TEXTS if key in document}
    return {key: value for key, value in (document | texts).items() if key not in KEYS}


def version(store_id: str, number: int) -> Version:
    """Raises `NotFound`."""
    return Version.model_validate(get(store_id, version_key(number)) | {"store_id": store_id})


def version_key(number: int) -> str:
    return f"version#{number:06d}"


def counted(store_id: str) -> Counted:
    found = tables.load(TABLE, _key(store_id, "counted"))
    return Counted.model_validate(_read(found)) if found else Counted()


def effect_key(effect: Effect) -> str:
    return f"effective#{rfc3339(effect.effective_from)}#{effect.sequence:06d}"


def effects(store_id: str, until: Moment | None = None) -> list[Effect]:
    """What is in force, and what was before it: the latest first; with `until` as it was to be seen at that moment."""
    last = f"effective#{rfc3339(until)}#~" if until else "effective#~"
    found = client("dynamodb").query(
        TableName=TABLE.read(),
        KeyConditionExpression="kept_for = :s AND #i BETWEEN :first AND :last",
        ExpressionAttributeNames={"#i": "item"},
        ExpressionAttributeValues=item({":s": store_id, ":first": "effective#", ":last": last}),
        ScanIndexForward=False,
        ConsistentRead=True,
        Limit=LATEST,
    )
    return [Effect.model_validate(_read(document_of(stored))) for stored in found["Items"]]


# --- records of decisions


def _month(store_id: str, moment: Moment) -> str:
    return f"{store_id}#{rfc3339(moment)[:7]}"


def recording(record: DecisionRecord) -> Write:
    """The write that keeps the record."""
    name = f"decision#{rfc3339(record.decided_at)}#{record.number}#{record.sequence:06d}"
    return tables.put(TABLE, record.document() | _key(_month(record.store_id, record.decided_at), name))


def records(timeline: Iterable[TimelineEvent]) -> Iterator[DecisionRecord]:
    """Of every step on it to which the policy's decision led: its event says when that was."""
    for event in timeline:
        if moment := event.data.get("decided_at"):
            name = f"decision#{moment}#{event.number}#{event.version:06d}"
            yield _record(_load(f"{event.store_id}#{moment[:7]}", name))


def _record(document: dict[str, Any]) -> DecisionRecord:
    return DecisionRecord.model_validate({k: v for k, v in document.items() if k not in KEYS})


class Page(NamedTuple):
    """Some decisions in their order; `last` is the key of the last one if there may be more in that month."""

    records: tuple[DecisionRecord, ...]
    last: str | None


def decided(store_id: str, since: Moment, until: Moment, after: str | None, limit: int) -> Page:
    """Decisions from `since` to `until`, of the month of `since` only, going on after the key `after`."""
    month = _month(store_id, since)
    found = client("dynamodb").query(
        TableName=TABLE.read(),
        KeyConditionExpression="kept_for = :m AND #i BETWEEN :since AND :until",
        ExpressionAttributeNames={"#i": "item"},
        ExpressionAttributeValues=item(
            {":m": month, ":since": f"decision#{rfc3339(since)}", ":until": f"decision#{rfc3339(until)}#~"}
        ),
        Limit=limit,
        **({"ExclusiveStartKey": item(_key(month, after))} if after else {}),
    )
    read = tuple(_record(document_of(stored)) for stored in found["Items"])
    return Page(read, document_of(found["LastEvaluatedKey"])["item"] if "LastEvaluatedKey" in found else None)
