"""Members of staff in DynamoDB: one partition, so that the roster is one query."""

from typing import Any

from aftersales import tables
from aftersales.aws import client
from aftersales.items import document_of, item
from aftersales.settings import Setting
from aftersales.staff.capacity import ROSTER
from aftersales.staff.model import Member


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
    return [_member(document_of(stored)) for page in pages for stored in page["Items"]]


def find(member_id: str) -> Member | None:
    found = tables.load(Setting.STAFF_TABLE, {"roster": ROSTER, "member_id": member_id})
    return _member(found) if found else None


def _member(document: dict[str, Any]) -> Member:
    return Member.model_validate({name: value for name, value in document.items() if name != "roster"})
