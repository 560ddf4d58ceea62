"""Store settings in DynamoDB, and which store a machine client speaks for. Both change rarely: kept for a minute."""

from functools import lru_cache
from time import monotonic

from aftersales import tables
from aftersales.aws import client
from aftersales.errors import NotFound
from aftersales.items import document_of, item
from aftersales.settings import Setting
from aftersales.stores.model import Store

KEPT_SECONDS = 60


def load(store_id: str) -> Store:
    """Raises `NotFound`."""
    return _load(store_id, _minute())


def ids() -> list[str]:
    """Of all stores. The whole table is read, which is small: a few entries for each of them."""
    pages = (
        client("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=Setting.STORES_TABLE.read(),
            ProjectionExpression="store_id",
            FilterExpression="begins_with(entry, :s)",
            ExpressionAttributeValues=item({":s": "store#"}),
        )
    )
    return [document_of(stored)["store_id"] for page in pages for stored in page["Items"]]


def store_of_client(client_id: str) -> str | None:
    """The id of the store that the Cognito client belongs to."""
    found = tables.load(Setting.STORES_TABLE, {"entry": f"client#{client_id}"})
    return found["store_id"] if found else None


def _minute() -> int:
    return int(monotonic() // KEPT_SECONDS)


@lru_cache(maxsize=64)
def _load(store_id: str, _minute: int) -> Store:
    found = tables.load(Setting.STORES_TABLE, {"entry": f"store#{store_id}"})
    if found is None:
        raise NotFound(f"the desk serves no store {store_id}")
    del found["entry"]
    return Store.model_validate(found)
