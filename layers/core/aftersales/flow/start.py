"""Start the state machine for an application, once, or again where it stands."""

import json

from botocore.exceptions import ClientError

from aftersales.applications import store as applications
from aftersales.applications.lifecycle import FINAL
from aftersales.applications.model import Application
from aftersales.aws import client
from aftersales.flow.standing import standing
from aftersales.settings import Setting


def start(number: str) -> None:
    """The execution is named by the application: a second start is harmless."""
    _start(number, applications.load(number))


def resume(number: str) -> str | None:
    """Give an open application a running execution again; names it, or None when none was needed.

    Executions after the first are named `NUMBER-2`, `NUMBER-3`, …: two people resuming at once try the same name, and
    one finds it running.
    """
    application = applications.load(number)
    name, attempt = number, 1
    while application.status not in FINAL:
        if _start(name, application):
            return name
        if _is_running(name):
            return None
        attempt += 1
        name = f"{number}-{attempt}"
    return None


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
