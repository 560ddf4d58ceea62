"""Behind the table's stream: everything that follows from a recorded event."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from aftersales.applications.store import event_of
from aftersales.background import lambda_handler
from aftersales.flow.publish import publish
from aftersales.telemetry import count, logger


class _Change(BaseModel):
    model_config = ConfigDict(extra="ignore")

    NewImage: dict[str, dict[str, Any]]


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore")

    dynamodb: _Change


class StreamBatch(BaseModel):
    """New timeline events in the order in which they were written."""

    model_config = ConfigDict(extra="ignore")

    Records: tuple[_Record, ...]


def work(batch: StreamBatch) -> None:
    """One that fails fails the batch: order matters, and publishing twice does no harm."""
    for record in batch.Records:
        event = event_of(record.dynamodb.NewImage)
        logger.info("publishing", event_id=event.event_id, step=event.step)
        publish(event)
        count("EventPublished")


handler = lambda_handler(StreamBatch, work)
