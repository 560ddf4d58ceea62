"""A deployed stack as the commands of ops find it: its outputs name what this cloud has."""

import pytest

from aftersales.settings import Setting
from infra.ops import stack

STACK = "aftersales-local"
OUTPUTS = {
    "ApplicationsTable": Setting.APPLICATIONS_TABLE,
    "OrdersTable": Setting.ORDERS_TABLE,
    "StaffTable": Setting.STAFF_TABLE,
    "StoresTable": Setting.STORES_TABLE,
    "PoliciesTable": Setting.POLICIES_TABLE,
    "StateMachineArn": Setting.STATE_MACHINE_ARN,
    "EventBus": Setting.EVENT_BUS,
}


def deployed(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    """This stack, and no other. The settings are known from its outputs only."""
    found = {name: setting.read() for name, setting in OUTPUTS.items()} | more

    def outputs(stage: str) -> dict[str, str]:
        if stack.name(stage) != STACK:
            raise stack.NoSuchStack(f"there is no stack {stack.name(stage)}")
        return found

    monkeypatch.setattr(stack, "outputs", outputs)
