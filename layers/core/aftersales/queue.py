"""The handler of a function behind a queue: each message for itself, so one that fails does not repeat the others."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from aftersales.background import Handler, lambda_handler
from aftersales.model import Foreign
from aftersales.telemetry import count, logger

M = TypeVar("M", bound=BaseModel)


class Delivery(Foreign):
    """A message as SQS brings it: `times` counts how often it has."""

    class Attributes(Foreign):
        ApproximateReceiveCount: int

    messageId: str  # noqa: N815 SQS's name
    receiptHandle: str  # noqa: N815
    body: str
    attributes: Attributes

    @property
    def times(self) -> int:
        return self.attributes.ApproximateReceiveCount


class _Batch(Foreign):
    Records: tuple[Delivery, ...]


Failed = Callable[[M, Delivery], object]
"""What is done about a message whose work raised, before it goes back to the queue."""


class Announced(Foreign):
    """An event of ours as the bus delivers it to a queue; the parts that consumers use."""

    class Detail(Foreign):
        id: str
        number: str
        sequence: int
        data: dict[str, Any] = {}

    detail: Detail


def queue_handler(model: type[M], work: Callable[[M], object], failed: Failed[M] | None = None) -> Handler:
    """`work` gets each message's body as `model`; what raises is reported, comes back, and ends in the dead letters."""

    def handle(batch: _Batch) -> dict[str, Any]:
        again = [delivery.messageId for delivery in batch.Records if not _done(delivery, model, work, failed)]
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in again]}

    return lambda_handler(_Batch, handle)


def _done(delivery: Delivery, model: type[M], work: Callable[[M], object], failed: Failed[M] | None) -> bool:
    try:
        _work(model.model_validate_json(delivery.body), delivery, work, failed)
    except Exception:  # noqa: BLE001
        # Whatever it is, the queue decides: it comes back, and after the last time an alarm tells of it.
        logger.exception("message failed", message_id=delivery.messageId)
        count("MessageFailed")
        return False
    return True


def _work(content: M, delivery: Delivery, work: Callable[[M], object], failed: Failed[M] | None) -> None:
    try:
        work(content)
    except Exception:
        if failed:
            failed(content, delivery)
        raise
