"""Start the state machine for an application, once, or again where it stands."""

import json

from botocore.exceptions import ClientError

from aftersales.applications import store as applications
from aftersales.applications.lifecycle import FINAL, Status
from aftersales.applications.model import Application
from aftersales.aws import client
from aftersales.flow.standing import standing
from aftersales.settings import Setting


def start(number: str) -> None:
    """The execution is named by the application, or by its appeal: a second start is harmless."""
    application = applications.load(number)
    _start(_name(application), application)


def _name(application: Application) -> str:
    """The execution that ended with the rejection may not have come to its end yet, so an appeal has its own."""
    return f"{application.number}-appeal" if application.appealed_at else application.number


def resume(number: str) -> str | None:
    """Give an unfinished application a running execution again; names it, or None when none was needed.

    Executions after the first are named `NUMBER-2`, `NUMBER-3`, … (`NUMBER-appeal-2`, …): two people resuming at once
    try the same name, and one finds it running.
    """
    application = applications.load(number)
    first = name = _name(application)
    attempt = 1
    while is_unfinished(application):
        if _start(name, application):
            return name
        if _is_running(name):
            return None
        attempt += 1
        name = f"{first}-{attempt}"
    return None


def is_unfinished(application: Application) -> bool:
    """Whether the state machine has work left: until it is final, and after a resolution until the call is planned."""
    if application.status is Status.RESOLVED:
        return application.follow_up_at is None
    return application.status not in FINAL


def _start(name: str, application: Application) -> bool:
    """False when an execution of that name exists."""
    try:
        client("stepfunctions").start_execution(
            stateMachineArn=Setting.STATE_MACHINE_ARN.read(),
            name=name,
            input=json.dumps(standing(application).document()),
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ExecutionAlreadyExists":
            raise
        return False
    return True


def _is_running(name: str) -> bool:
    machine = Setting.STATE_MACHINE_ARN.read()
    arn = f"{machine.replace(':stateMachine:', ':execution:')}:{name}"
    status: str = client("stepfunctions").describe_execution(executionArn=arn)["status"]
    return status == "RUNNING"
