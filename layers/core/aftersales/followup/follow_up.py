"""The call back: planned when a case is resolved, a task when its day comes, done when someone has called."""

import json
from contextlib import suppress
from datetime import timedelta

from botocore.exceptions import ClientError

from aftersales import clock, tables
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import SYSTEM, Application
from aftersales.aws import client
from aftersales.errors import StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.items import item
from aftersales.settings import Setting
from aftersales.staff import store as staff
from aftersales.staff.casework import Question
from aftersales.staff.mine import aside
from aftersales.stores import store as stores
from aftersales.tables import Cancelled, Write

TASK = "task#follow_up"
CALL_WITHIN = timedelta(days=2)


def plan(number: str) -> Application:
    """A one-off schedule, named by the application: planned again it is the same one."""
    return commit.until_written(lambda: _plan(store.load(number)))


def _plan(application: Application) -> Application:
    if application.follow_up_at or application.status is not Status.RESOLVED:
        return application
    at = clock.now() + timedelta(seconds=stores.load(application.store_id).follow_up_after)
    _schedule(application.number, f"at({at:%Y-%m-%dT%H:%M:%S})")
    return commit.step(application, Step.FOLLOW_UP_PLANNED, SYSTEM, follow_up_at=at, data={"at": clock.rfc3339(at)})


def _schedule(number: str, expression: str) -> None:
    try:
        client("scheduler").create_schedule(
            Name=f"followup-{number}",
            GroupName=Setting.FOLLOW_UP_GROUP.read(),
            ScheduleExpression=expression,
            FlexibleTimeWindow={"Mode": "OFF"},
            ActionAfterCompletion="DELETE",
            Target={
                "Arn": Setting.FOLLOW_UP_FUNCTION_ARN.read(),
                "RoleArn": Setting.FOLLOW_UP_ROLE_ARN.read(),
                "Input": json.dumps({"number": number, "due": True}),
                "RetryPolicy": {"MaximumRetryAttempts": 10, "MaximumEventAgeInSeconds": 86400},
                "DeadLetterConfig": {"Arn": Setting.FOLLOW_UP_DEAD_LETTERS_ARN.read()},
            },
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConflictException":
            raise


def fall_due(number: str) -> Application:
    """The day has come: a task for who worked on the case, or for the backlog. Fired again, it changes nothing."""
    return commit.until_written(lambda: _fall_due(store.load(number)))


def _fall_due(application: Application) -> Application:
    if application.follow_up_due_at:
        return application
    if application.assignee:
        with suppress(Cancelled):  # they have left: then it is for anybody
            return _give(application, application.assignee, staff.being_here(application.assignee))
    return _give(application, f"{store.BACKLOG}{application.team}")


def _give(application: Application, owner: str, *more: Write) -> Application:
    now = clock.now()
    task = {
        "number": application.number,
        "item": TASK,
        "type": application.type,
        "work_owner": owner,
        "work_due": clock.rfc3339(now + CALL_WITHIN),
    }
    writes = (tables.put(Setting.APPLICATIONS_TABLE, task), *more)
    return commit.step(application, Step.FOLLOW_UP_DUE, SYSTEM, *writes, follow_up_due_at=now)


def done(number: str, who: Principal, words: Question) -> Application:
    """Raises `StepNotPossible` when no call is due, or it was made already."""
    application = store.load(number)
    gone: Write = {
        "Delete": {
            "TableName": Setting.APPLICATIONS_TABLE.read(),
            "Key": item({"number": number, "item": TASK}),
            "ConditionExpression": "attribute_exists(work_due)",
        }
    }
    try:
        beside = aside(application, who)
        return commit.step(application, Step.FOLLOWED_UP, who.actor(), gone, message=words.message, **beside)
    except Cancelled as cancelled:
        raise StepNotPossible("no follow-up is due") from cancelled
