"""Members of staff and their teams in DynamoDB: one partition of each, so that the roster is one query."""

from typing import Any

from aftersales import clock, tables
from aftersales.aws import client
from aftersales.errors import NotFound
from aftersales.items import document_of, item
from aftersales.settings import Setting
from aftersales.staff.capacity import ROSTER
from aftersales.staff.model import Member, MemberFacts, Presence, Team

TABLE = Setting.STAFF_TABLE
TEAMS = "teams"
LEFT = "left_at"
"""Of who has left only this is kept, and what they have open still: should they come back, it is counted."""

HERE = f"attribute_exists(member_id) AND attribute_not_exists({LEFT})"


def roster() -> list[Member]:
    """Read consistently: nobody is chosen who has left."""
    return [_member(document) for document in _all(ROSTER) if LEFT not in document]


def find(member_id: str) -> Member | None:
    found = tables.load(TABLE, {"roster": ROSTER, "member_id": member_id})
    return _member(found) if found and LEFT not in found else None


def _member(document: dict[str, Any]) -> Member:
    return Member.model_validate({name: value for name, value in document.items() if name != "roster"})


def save(member_id: str, facts: MemberFacts) -> Member:
    """What leads say of them, for a new member or a known one: what they work on, and their presence, stay."""
    told = facts.document()
    names = {f"#{name}": name for name in MemberFacts.model_fields}
    said = ", ".join(f"#{name} = :{name}" for name in told)
    unsaid = ", ".join([f"#{name}" for name in MemberFacts.model_fields if name not in told] + [LEFT])
    changed = client("dynamodb").update_item(
        TableName=TABLE.read(),
        Key=item({"roster": ROSTER, "member_id": member_id}),
        UpdateExpression=f"SET #open = if_not_exists(#open, :none), {said} REMOVE {unsaid}",
        ExpressionAttributeNames={"#open": "open"} | names,
        ExpressionAttributeValues=item({":none": 0} | {f":{name}": value for name, value in told.items()}),
        ReturnValues="ALL_NEW",
    )
    return _member(document_of(changed["Attributes"]))


def present(member_id: str, presence: Presence) -> Member:
    """Raises `NotFound` for who is not on the roster."""
    changed = _change(member_id, "SET presence = :p", {}, {":p": presence})
    if changed is None:
        raise NotFound
    return _member(changed)


def remove(member_id: str) -> None:
    """From here on nothing is given to them, and nothing is known of them but what they have open."""
    facts = {f"#{name}": name for name in (*MemberFacts.model_fields, "presence")}
    now = {":now": clock.rfc3339(clock.now())}
    _change(member_id, f"SET {LEFT} = :now REMOVE {', '.join(facts)}", facts, now)


def _change(member_id: str, update: str, names: dict[str, str], values: dict[str, Any]) -> dict[str, Any] | None:
    """Their document after it; None for who is not on the roster."""
    change = {
        "TableName": TABLE.read(),
        "Key": item({"roster": ROSTER, "member_id": member_id}),
        "UpdateExpression": update,
        "ConditionExpression": HERE,
        "ExpressionAttributeValues": item(values),
        "ReturnValues": "ALL_NEW",
    } | ({"ExpressionAttributeNames": names} if names else {})
    changed = tables.if_it_holds(lambda: client("dynamodb").update_item(**change))
    return document_of(changed["Attributes"]) if changed else None


def being_here(member_id: str) -> tables.Write:
    """Refuses a transaction about who is not on the roster, or not any more."""
    key = item({"roster": ROSTER, "member_id": member_id})
    return {"ConditionCheck": {"TableName": TABLE.read(), "Key": key, "ConditionExpression": HERE}}


def teams() -> list[Team]:
    return [_team(document) for document in _all(TEAMS)]


def find_team(team_id: str) -> Team | None:
    found = tables.load(TABLE, {"roster": TEAMS, "member_id": team_id})
    return _team(found) if found else None


def save_team(team: Team) -> None:
    document = team.document()
    document["member_id"] = document.pop("team_id")
    client("dynamodb").put_item(TableName=TABLE.read(), Item=item({"roster": TEAMS} | document))


def _team(document: dict[str, Any]) -> Team:
    known = {name: value for name, value in document.items() if name not in ("roster", "member_id")}
    return Team.model_validate(known | {"team_id": document["member_id"]})


def _all(partition: str) -> list[dict[str, Any]]:
    pages = (
        client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=TABLE.read(),
            KeyConditionExpression="roster = :r",
            ExpressionAttributeValues=item({":r": partition}),
            ConsistentRead=True,
        )
    )
    return [document_of(stored) for page in pages for stored in page["Items"]]
