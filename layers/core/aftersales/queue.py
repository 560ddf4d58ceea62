"""The handler of a function behind a queue: each message for itself, so one that fails does not repeat the others."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from aftersales.background import Handler, lambda_handler
from aftersales.model import Foreign
from aftersales.telemetry import count, logger

M = TypeVar("M", bound=BaseModel)


class _Message(Foreign):
    messageId: str  # noqa: N815 SQS's name
    body: str


class _Batch(Foreign):
    Records: tuple[_Message, ...]


class Announced(Foreign):
    """An event of ours as the bus delivers it to a queue; the parts that consumers use."""

    class Detail(Foreign):
        id: str
        number: str
        sequence: int
        data: dict[str, Any] = {}

    detail: Detail


def queue_handler(model: type[M], work: Callable[[M], object]) -> Handler:
    """`work` gets each message's body as `model`; what raises is reported, comes back, and ends in the dead letters."""

    def handle(batch: _Batch) -> dict[str, Any]:
        failed = [message.messageId for message in batch.Records if not _done(message, model, work)]
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}

    return lambda_handler(_Batch, handle)


def _done(message: _Message, model: type[M], work: Callable[[M], object]) -> bool:
    try:
        work(model.model_validate_json(message.body))
    except Exception:  # noqa: BLE001
        # Whatever it is, the queue decides: it comes back, and after the last time an alarm tells of it.
        logger.exception("message failed", message_id=message.messageId)
        count("MessageFailed")
        return False
    return True
