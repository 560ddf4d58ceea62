"""What a letter of a stream does not hold but names: the records of a table's stream, which keeps them for a day."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from aftersales.aws import client
from infra.ops.letters.letter import BATCH, Letter

Json = dict[str, Any]
GONE = frozenset({"TrimmedDataAccessException", "ResourceNotFoundException"})
NAMES = ("streamArn", "shardId", "startSequenceNumber", "endSequenceNumber")
READ = ("Keys", "NewImage", "SequenceNumber")
"""Of a record: the part that functions read."""


class Gone(Exception):
    """The stream does not have all the records any more."""


class NoBatch(Exception):
    """The letter does not say which records."""


class Batch(NamedTuple):
    """`first` and `last` are sequence numbers: decimal digits."""

    stream: str
    shard: str
    first: str
    last: str

    @classmethod
    def of(cls, letter: Letter) -> "Batch":
        """Raises `NoBatch`."""
        told = letter.document.get(BATCH)
        named = [told.get(name) for name in NAMES] if isinstance(told, dict) else []
        texts = [value for value in named if isinstance(value, str)]
        if len(texts) < len(NAMES) or not all(place.isdecimal() for place in texts[2:]):
            raise NoBatch
        return cls(*texts)


def records(letter: Letter) -> list[Json]:
    """From the first to the last that the letter names, as Lambda gives them to a function.

    Raises `NoBatch`, `Gone`.
    """
    streams, batch = client("dynamodbstreams"), Batch.of(letter)
    try:
        found = list(_from_first(streams, batch))
    except streams.exceptions.ClientError as error:
        if error.response["Error"]["Code"] not in GONE:
            raise
        raise Gone from None
    last = int(batch.last)
    if not any(_place(record) == last for record in found):
        raise Gone
    return [_plain(record) for record in found if _place(record) <= last]


def _from_first(streams: Any, batch: Batch) -> Iterator[Json]:
    """Page by page, until the last is among them or nothing more comes."""
    iterator = streams.get_shard_iterator(
        StreamArn=batch.stream,
        ShardId=batch.shard,
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        SequenceNumber=batch.first,
    )["ShardIterator"]
    page: list[Json] = []
    while iterator and not (page and _place(page[-1]) >= int(batch.last)):
        answer = streams.get_records(ShardIterator=iterator)
        page, iterator = answer["Records"], answer.get("NextShardIterator")
        if not page:
            return
        yield from page


def _place(record: Json) -> int:
    return int(record["dynamodb"]["SequenceNumber"])


def _plain(record: Json) -> Json:
    change = record["dynamodb"]
    read = {name: change[name] for name in READ if name in change}
    return {"eventID": record["eventID"], "eventName": record["eventName"], "dynamodb": read}


def is_new_event(record: Json) -> bool:
    """What the trigger of the publisher lets through."""
    key: str = record["dynamodb"]["Keys"].get("item", {}).get("S", "")
    return record["eventName"] == "INSERT" and key.startswith("event#")


def is_running_backtest(record: Json) -> bool:
    """What the trigger of backtests lets through."""
    state: Json | None = record["dynamodb"].get("NewImage", {}).get("state")
    return state == {"S": "running"}
