"""A deployed stack: its outputs, and the settings that the package reads."""

import os
from typing import Any

import boto3

from aftersales.settings import Setting


class NoSuchStack(Exception):
    """The stack is not deployed where the AWS settings of this shell point to."""


def name(stage: str) -> str:
    return f"aftersales-{stage}"


def outputs(stage: str) -> dict[str, str]:
    """Raises `NoSuchStack`."""
    formation = boto3.client("cloudformation")
    try:
        stack: Any = formation.describe_stacks(StackName=name(stage))["Stacks"][0]
    except formation.exceptions.ClientError as error:
        raise NoSuchStack(f"there is no stack {name(stage)}: {error}") from None
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def become(found: dict[str, str]) -> None:
    """Let the package work on this stack from here, as its functions do there."""
    os.environ |= {
        Setting.APPLICATIONS_TABLE: found["ApplicationsTable"],
        Setting.ORDERS_TABLE: found["OrdersTable"],
        Setting.STAFF_TABLE: found["StaffTable"],
        Setting.STORES_TABLE: found["StoresTable"],
        Setting.POLICIES_TABLE: found["PoliciesTable"],
        Setting.STATE_MACHINE_ARN: found["StateMachineArn"],
        Setting.EVENT_BUS: found["EventBus"],
    }
