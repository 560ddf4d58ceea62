"""The state machine waits by task token for people and parcels; whoever moves the application wakes it.

Registering writes the token first and reads the status after; waking happens after the status was written and reads
the token after. So whichever comes second sees the other, and no wait hangs. Both may answer: the second answer finds
the token used, which is harmless.
"""

import json
from typing import Any

from botocore.exceptions import ClientError

from aftersales import tables
from aftersales.applications import store as applications
from aftersales.applications.lifecycle import FOR_A_PERSON, Step
from aftersales.applications.model import Application, TimelineEvent
from aftersales.aws import client
from aftersales.flow.standing import Standing, standing
from aftersales.items import item
from aftersales.settings import Setting

TOKEN_IS_SPENT = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


CHANGING_HANDS = frozenset({Step.ASSIGNED, Step.TAKEN_BACK, Step.HANDED_OVER})
"""Steps that end a wait though the status stays: somebody has it now, or nobody has it any more."""


class Wait(Standing):
    """What a waiting state hands over: the standing it waits to end, and its token."""

    token: str


def register(wait: Wait) -> Application:
    """Remember the token; when the wait is over already, answer it at once. Gives the application as it stands."""
    application = applications.load(wait.number)
    if not wait.is_left(application):
        _remember(wait, application.version)
        application = applications.load(wait.number)
    if wait.is_left(application):
        answer(wait.token, application)
    return application


def _remember(wait: Wait, version: int) -> None:
    document = {"number": wait.number, "item": "wait", "token": wait.token, "version": version}
    client("dynamodb").put_item(TableName=Setting.APPLICATIONS_TABLE.read(), Item=item(document))


def wake(event: TimelineEvent) -> bool:
    """Answer the wait that this event ends, if one is registered; tells whether there was one."""
    if event.status_from == event.status_to and not _changes_hands(event):
        return False
    waiting: dict[str, Any] | None = tables.load(Setting.APPLICATIONS_TABLE, {"number": event.number, "item": "wait"})
    if waiting is None or waiting["version"] >= event.version:
        return False
    return answer(waiting["token"], applications.load(event.number))


def _changes_hands(event: TimelineEvent) -> bool:
    """Where it waits for a person. What a customer or a parcel is waited for goes on being waited for, no longer."""
    return event.step in CHANGING_HANDS and event.status_to in FOR_A_PERSON


def answer(token: str, application: Application) -> bool:
    """Let the state machine go on from where the application stands; False when the token is spent."""
    try:
        client("stepfunctions").send_task_success(taskToken=token, output=json.dumps(standing(application).document()))
    except ClientError as error:
        if error.response["Error"]["Code"] not in TOKEN_IS_SPENT:
            raise
        return False
    return True
