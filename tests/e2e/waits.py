"""Limits that pass within a test."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from aftersales.clock import rfc3339
from infra.local import cloud
from infra.local.desk import Desk
from infra.local.stack import Standing


@contextmanager
def waits_of(standing: Standing, seconds: int, *states: str) -> Iterator[None]:
    """The state machine with shorter waits, as executions that start meanwhile see it."""
    client = cloud.client("stepfunctions", standing.place.port)
    machine = standing.outputs["StateMachineArn"]
    definition = client.describe_state_machine(stateMachineArn=machine)["definition"]
    shorter = json.loads(definition)
    for state in states:
        shorter["States"][state]["TimeoutSeconds"] = seconds
    client.update_state_machine(stateMachineArn=machine, definition=json.dumps(shorter))
    try:
        yield
    finally:
        client.update_state_machine(stateMachineArn=machine, definition=definition)


@contextmanager
def retries_after(standing: Standing, share: float) -> Iterator[None]:
    """What the state machine tries again, it tries after this share of the time."""
    _scale(standing, share)
    try:
        yield
    finally:
        _scale(standing, 1)


def _scale(standing: Standing, share: float) -> None:
    emulator = Desk(cloud.endpoint(standing.place.port))
    emulator.post("/_ministack/config", {"stepfunctions._SFN_WAIT_SCALE": share})


def let_it_be_due(standing: Standing, number: str) -> None:
    """Nobody waits two days in a test: the application's own due time is brought forward."""
    cloud.client("dynamodb", standing.place.port).update_item(
        TableName=standing.outputs["ApplicationsTable"],
        Key={"number": {"S": number}, "item": {"S": "application"}},
        UpdateExpression="SET due_at = :now",
        ExpressionAttributeValues={":now": {"S": rfc3339(datetime.now(UTC))}},
    )
