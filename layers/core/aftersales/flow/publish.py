"""The stream is the outbox: what follows from one recorded event."""

import json

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import TimelineEvent
from aftersales.aws import client
from aftersales.flow.start import start
from aftersales.flow.waits import wake
from aftersales.settings import Setting


class NotPublished(Exception):
    """The bus did not take the event; the stream brings it again."""


def publish(event: TimelineEvent) -> None:
    """Put it on the bus; start the state machine for what is new or appealed, wake the one that waits for the rest.

    All three are harmless when repeated, so an event that failed halfway is simply handled again.
    """
    _put(event)
    if event.step in (Step.FILED, Step.APPEALED):
        start(event.number)
    else:
        wake(event)


def _put(event: TimelineEvent) -> None:
    published = event.published()
    answer = client("events").put_events(
        Entries=[
            {
                "EventBusName": Setting.EVENT_BUS.read(),
                "Source": "aftersales",
                "DetailType": published["name"],
                "Detail": json.dumps(published),
                "Time": event.at,
            }
        ]
    )
    if answer["FailedEntryCount"]:
        raise NotPublished(answer["Entries"][0].get("ErrorCode", ""))
