"""Members of staff in DynamoDB: one partition, so that the roster is one query."""

from collections.abc import Iterable

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
    return list(_members(stored for page in pages for stored in page["Items"]))


def _members(items: Iterable[dict[str, dict[str, object]]]) -> Iterable[Member]:
    for stored in items:
        document = document_of(stored)
        del document["roster"]
        yield Member.model_validate(document)
