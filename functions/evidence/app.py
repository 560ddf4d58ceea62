"""Told by the bucket that a photo or video has arrived: it joins its application."""

from aftersales.applications.attach import attach
from aftersales.applications.photos import parse_key, stored
from aftersales.background import lambda_handler
from aftersales.model import Foreign
from aftersales.telemetry import count, logger


class _Object(Foreign):
    key: str


class _Detail(Foreign):
    object: _Object


class ObjectCreated(Foreign):
    """S3's event as EventBridge delivers it."""

    detail: _Detail


def work(event: ObjectCreated) -> None:
    number, photo_id = parse_key(event.detail.object.key)
    logger.append_keys(number=number)
    attach(number, stored(number, photo_id))
    count("EvidenceAttached")


handler = lambda_handler(ObjectCreated, work)
