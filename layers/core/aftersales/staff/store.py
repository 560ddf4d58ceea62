"""Members of staff in DynamoDB: one partition, so that the roster is one query."""

from collections.abc import Iterable

from aftersales.aws import client
from aftersales.items import document_of, item
from aftersales.settings import Setting
from aftersales.staff.model import Member
from aftersales.tables import Write

ROSTER = "staff"


def roster() -> list[Member]:
    pages = (
        client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=Setting.STAFF_TABLE.read(),
            KeyConditionExpression="roster = :r",
            ExpressionAttributeValues=item({":r": ROSTER}),
        )
    )
    return list(_members(stored for page in pages for stored in page["Items"]))


def _members(items: Iterable[dict[str, dict[str, object]]]) -> Iterable[Member]:
    for stored in items:
        document = document_of(stored)
        del document["roster"]
        yield Member.model_validate(document)


def taking_one(member_id: str) -> Write:
    """One more application for the member, refused at capacity."""
    return _count(member_id, 1, "#o < #c")


def giving_one_back(member_id: str) -> Write:
    return _count(member_id, -1, "#o > :none", none=0)


def _count(member_id: str, change: int, condition: str, **values: int) -> Write:
    return {
        "Update": {
            "TableName": Setting.STAFF_TABLE.read(),
            "Key": item({"roster": ROSTER, "member_id": member_id}),
            "UpdateExpression": "SET #o = #o + :change",
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {"#o": "open"} | ({"#c": "capacity"} if "#c" in condition else {}),
            "ExpressionAttributeValues": item({":change": change, **{f":{k}": v for k, v in values.items()}}),
        }
    }
