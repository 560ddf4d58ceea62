"""Behind the table's stream: everything that follows from a recorded event."""

from typing import Any

from aftersales.applications.lifecycle import Step
from aftersales.applications.store import event_of
from aftersales.background import lambda_handler
from aftersales.flow.publish import publish
from aftersales.model import Foreign
from aftersales.telemetry import count, logger


class _Change(Foreign):
    NewImage: dict[str, dict[str, Any]]


class _Record(Foreign):
    dynamodb: _Change


WORRYING = frozenset({Step.UNDELIVERED, Step.REFUND_CONTRADICTED})
"""Steps that an alarm tells of. Counted here, since what has happened comes by here, whoever died meanwhile."""


class StreamBatch(Foreign):
    """New timeline events in the order in which they were written."""

    Records: tuple[_Record, ...]


def work(batch: StreamBatch) -> None:
    """One that fails fails the batch: order matters, and publishing twice does no harm."""
    for record in batch.Records:
        event = event_of(record.dynamodb.NewImage)
        logger.info("publishing", event_id=event.event_id, step=event.step)
        publish(event)
        count("EventPublished")
        if event.step in WORRYING:
            count(f"Recorded_{event.step}")


handler = lambda_handler(StreamBatch, work)
