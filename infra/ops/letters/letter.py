"""One dead letter, and what it says: which event, whose, and why it was given up."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from aftersales.applications.photos import parse_key
from infra.ops.letters import words

Json = dict[str, Any]
BATCH = "DDBStreamBatchInfo"


class Letter(NamedTuple):
    """`sent_at` is when it was first sent: the queue that gives up passes that on."""

    message_id: str
    receipt: str
    body: str
    attributes: dict[str, str]
    sent_at: datetime

    @classmethod
    def of(cls, message: Json) -> "Letter":
        """A message as SQS brings it."""
        told = {name: value.get("StringValue", "") for name, value in message.get("MessageAttributes", {}).items()}
        milliseconds = int(message["Attributes"]["SentTimestamp"])
        sent_at = datetime.fromtimestamp(milliseconds / 1000, UTC)
        return cls(message["MessageId"], message["ReceiptHandle"], message["Body"], told, sent_at)

    @property
    def document(self) -> Json:
        """Empty when the body is none of ours."""
        try:
            return _object(json.loads(self.body))
        except (ValueError, RecursionError):
            return {}

    @property
    def payload(self) -> Json:
        """What the function was called with: a record of a failed call holds it, else it is the letter."""
        return _object(self.document.get("requestPayload")) or self.document

    @property
    def detail(self) -> Json:
        """What the payload tells, with or without the bus's words around it."""
        return _object(self.payload.get("detail")) or self.payload

    @property
    def number(self) -> str:
        """Of the application; empty where the letter does not say it."""
        key, number = _object(self.detail.get("object")).get("key"), self.detail.get("number")
        try:
            number = parse_key(key)[0] if isinstance(key, str) else number
        except ValueError:
            return ""
        return words.line(number) if isinstance(number, str) else ""

    @property
    def event(self) -> str:
        if batch := _object(self.document.get(BATCH)):
            count, since = (words.line(batch.get(each)) for each in ("batchSize", "approximateArrivalOfFirstRecord"))
            return f"{count} of the stream, from {since} on"
        name = self.payload.get("detail-type") or ("call back" if self.detail.get("due") else None)
        said = (name or self.detail.get("status"), f"#{sequence}" if (sequence := self.detail.get("sequence")) else "")
        return " ".join(words.line(word) for word in said if word)

    @property
    def error(self) -> str:
        """Its kind and the first line, as far as they are known: a queue that gives up does not say why."""
        answer = _object(self.document.get("responsePayload"))
        stopped = _object(self.document.get("requestContext")).get("condition") if BATCH in self.document else ""
        bus = (self.attributes.get("ERROR_CODE"), self.attributes.get("ERROR_MESSAGE"))
        said = (*bus, answer.get("errorType"), answer.get("errorMessage"), stopped)
        return ": ".join(words.line(word) for word in said if word)

    @property
    def is_understood(self) -> bool:
        """Whether it says whose it is, or what happened. Nothing is tried with one that does not."""
        return bool(self.number or self.event)


def _object(value: object) -> Json:
    """What is no object has no members."""
    return value if isinstance(value, dict) else {}
