"""What all stores share: reading a document, and writing several things at once or not at all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from random import uniform
from time import sleep
from typing import Any, TypeVar

from botocore.exceptions import ClientError

from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.items import AttributeValue, document_of, item
from aftersales.settings import Setting

T = TypeVar("T")
Write = dict[str, Any]
"""One entry of `TransactWriteItems`."""

Key = dict[str, str]

MOST_KEYS = 100
"""What one `BatchGetItem` takes."""

COLLISION_ATTEMPTS = 7
PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


class Cancelled(Exception):
    """The transaction changed nothing. `codes` has DynamoDB's word for each write, in the order given."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes

    def refused(self, index: int) -> bool:
        """Whether the condition of write `index` did not hold."""
        return self.codes[index] == "ConditionalCheckFailed"

    def all_refused(self) -> list[int]:
        """The writes whose conditions did not hold."""
        return [index for index in range(len(self.codes)) if self.refused(index)]

    @property
    def collided(self) -> bool:
        """Whether it may go well another time: another transaction had an item, or the table was overrun."""
        return not PASSING.isdisjoint(self.codes)


def load(table: Setting, key: Key) -> dict[str, Any] | None:
    """The document at `key`, read consistently; None when there is none."""
    found = client("dynamodb").get_item(TableName=table.read(), Key=item(key), ConsistentRead=True)
    return document_of(found["Item"]) if "Item" in found else None


def load_all(table: Setting, keys: Sequence[Key], names: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """The documents at `keys` that are there, in no order; only their fields `names`, if any are named.

    Read eventually consistently.
    """
    for start in range(0, len(keys), MOST_KEYS):
        wanted = [item(key) for key in keys[start : start + MOST_KEYS]]
        while wanted:
            found = client("dynamodb").batch_get_item(RequestItems={table.read(): _asked(wanted, names)})
            yield from (document_of(stored) for stored in found["Responses"][table.read()])
            wanted = found["UnprocessedKeys"].get(table.read(), {}).get("Keys", [])


def _asked(keys: list[dict[str, AttributeValue]], names: Sequence[str]) -> dict[str, Any]:
    if not names:
        return {"Keys": keys}
    placeholders = {f"#{index}": name for index, name in enumerate(names)}
    return {"Keys": keys, "ProjectionExpression": ", ".join(placeholders), "ExpressionAttributeNames": placeholders}


def moments(table: Setting, customer: Key, name: str, since: datetime, until: datetime) -> list[datetime]:
    """By the index `customer`: the moments called `name` from `since` to `until`, both included, the earliest first.

    Read eventually consistently, as every index is.
    """
    [(owner, key)] = customer.items()
    pages = (
        client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=table.read(),
            IndexName="customer",
            KeyConditionExpression="#o = :o AND #m BETWEEN :s AND :u",
            ExpressionAttributeNames={"#o": owner, "#m": name},
            ExpressionAttributeValues=item({":o": key, ":s": rfc3339(since), ":u": rfc3339(until)}),
        )
    )
    return [datetime.fromisoformat(stored[name]["S"]) for page in pages for stored in page["Items"]]


def put(table: Setting, document: dict[str, Any], condition: str | None = None) -> Write:
    write: Write = {"TableName": table.read(), "Item": item(document)}
    return {"Put": write | ({"ConditionExpression": condition} if condition else {})}


def transact(writes: list[Write]) -> None:
    """All of `writes` or none; a collision with another transaction is tried again for about a second.

    Raises `Cancelled` when a condition does not hold or the collisions do not end.
    """
    for attempt in range(COLLISION_ATTEMPTS):
        try:
            _transact(writes)
        except Cancelled as cancelled:
            if not cancelled.collided or attempt == COLLISION_ATTEMPTS - 1:
                raise
        else:
            return
        sleep(uniform(0, 0.02 * 2**attempt))  # noqa: S311 no secret


def _transact(writes: list[Write]) -> None:
    """The SDK adds a token, so its own retry after a lost answer does not write twice."""
    try:
        client("dynamodb").transact_write_items(TransactItems=writes)
    except ClientError as error:
        if error.response["Error"]["Code"] != "TransactionCanceledException":
            raise
        reasons = error.response.get("CancellationReasons", [])
        raise Cancelled([reason.get("Code", "None") for reason in reasons]) from error


def put_once(table: Setting, document: dict[str, Any], condition: str, **values: Any) -> bool:
    """Put unless `condition` fails, in which `values` stand by their names; tells whether it was put."""
    put: Write = {"TableName": table.read(), "Item": item(document), "ConditionExpression": condition}
    put |= {"ExpressionAttributeValues": item({f":{name}": value for name, value in values.items()})} if values else {}
    return if_it_holds(lambda: client("dynamodb").put_item(**put)) is not None


def if_it_holds(write: Callable[[], T]) -> T | None:
    """None when the condition of `write` did not hold."""
    try:
        return write()
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return None
