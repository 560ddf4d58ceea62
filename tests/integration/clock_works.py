"""What moves clocks from outside: the bus, the minute, and the topic that leads listen to."""

import json
from typing import Any

from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.settings import Setting
from aftersales.sla import store
from aftersales.sla.summary import Summary
from tests.integration.decisions import policy_says
from tests.integration.desk import Desk
from tests.integration.gateway import announced, invoke
from tests.unit.sla.calendars import shanghai

LEADS = "leads"


def hears(desk: Desk, number: str, sequence: int = 0) -> None:
    """The queue of clocks brings the event with that number, or the latest."""
    event = desk.timeline(number)[sequence - 1]
    desk.delivered("clocks", announced(event.published()))


def for_a_person(desk: Desk, priority: str = "normal") -> str:
    """One is to decide, and nobody has it."""
    number = desk.filed()
    policy_says(number, "manual_review", priority=priority)
    hears(desk, number)
    return number


def sweep(desk: Desk, at: str | None = None) -> None:
    """The minute comes, at that time in Shanghai."""
    if at:
        desk.clock.moment = shanghai(at)
    invoke("sweep", {"source": "aws.scheduler"})


def indexed() -> dict[str, Summary]:
    """What the index of due times holds."""
    return {case.number: case for case in store.open_cases().known}


def leads_listen() -> None:
    topic = client("sns").create_topic(Name=Setting.ESCALATIONS_TOPIC.read().rpartition(":")[2])["TopicArn"]
    queue = client("sqs").create_queue(QueueName=LEADS)["QueueUrl"]
    arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)


def leads_heard() -> list[dict[str, Any]]:
    """Each with `Subject` and `Message`."""
    queue = client("sqs").get_queue_url(QueueName=LEADS)["QueueUrl"]
    found = client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(message["Body"]) for message in found]


def gauge(name: str, **of: str) -> float | None:
    """Its last value, as CloudWatch has it."""
    dimensions = [{"Name": key.title(), "Value": value} for key, value in of.items()]
    found = client("cloudwatch").get_metric_statistics(
        Namespace="aftersales",
        MetricName=name,
        Dimensions=dimensions,
        StartTime="2026-01-01T00:00:00Z",
        EndTime="2027-01-01T00:00:00Z",
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    latest = max(found, key=lambda point: rfc3339(point["Timestamp"]), default=None)
    return latest["Maximum"] if latest else None
