"""Alarms about promises, on the real stack: they go off when a case is overdue, and quiet again when it is resolved."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from infra.local import cloud, stack
from infra.local.stack import Standing
from infra.local.waiting import until
from infra.ops.register import read, register_store
from infra.ops.stack import name
from tests.e2e.people import Case, Customer, Shopkeeper

Json = dict[str, Any]
ALWAYS = {
    "time_zone": "UTC",
    "week": {
        day: [{"opens": "00:00", "closes": "00:00"}]
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    },
}
IN_A_MINUTE = {"calendars": {"always": ALWAYS}, "promises": [{"calendar": "always", "minutes": {"resolution": 1}}]}
WHILE_IT_IS_SEEN = 200
"""Seconds: a minute until it is due, a minute that the alarm looks back, and the sweeps between."""


@pytest.fixture
def hasty(standing: Standing) -> Shopkeeper:
    """A store that has promised to resolve everything within a minute."""
    store = read(stack.DEMO).stores[0]
    credentials = register_store(store.model_copy(update={"store_id": "hasty"}), standing.outputs)
    standing.staff("lead").put("/service/hasty", IN_A_MINUTE)
    return Shopkeeper(replace(standing, store=credentials), store_id="hasty")


def complaint(keeper: Shopkeeper) -> tuple[Customer, Case]:
    """One that the policy hands to a person."""
    customer = keeper.files(keeper.sells(), type="complaint", lines=[], description="客服一直没有回复。")
    return customer, keeper.assigned(customer)


def sweep(standing: Standing) -> None:
    """As the scheduler does it each minute; it may do so just now."""
    functions = cloud.client("lambda", standing.place.port)
    with suppress(functions.exceptions.TooManyRequestsException):
        answer = functions.invoke(FunctionName=f"{name(stack.STAGE)}-Sweep", Payload=b"{}")
        assert "FunctionError" not in answer, answer["Payload"].read()


def becomes(standing: Standing, alarm: str, state: str) -> None:
    """Sweep until the alarm says so."""
    watch = cloud.client("cloudwatch", standing.place.port)
    full_name = f"{name(stack.STAGE)}-{alarm}"

    def look() -> bool:
        sweep(standing)
        [found] = watch.describe_alarms(AlarmNames=[full_name])["MetricAlarms"]
        return bool(found["StateValue"] == state)

    until(look, f"{full_name} to be {state}", WHILE_IT_IS_SEEN)


def changes(standing: Standing, alarm: str) -> list[str]:
    """`ALARM`, `OK`: what the alarm became, the first first."""
    history = cloud.client("cloudwatch", standing.place.port).describe_alarm_history(
        AlarmName=f"{name(stack.STAGE)}-{alarm}", HistoryItemType="StateUpdate", ScanBy="TimestampAscending"
    )
    return [item["HistorySummary"].rpartition(" ")[2] for item in history["AlarmHistoryItems"]]


def steps(case: Case) -> Counter[str]:
    return Counter(event["step"] for event in case.view()["timeline"])


def test_what_is_overdue_rings_until_it_is_resolved(standing: Standing, hasty: Shopkeeper) -> None:
    """Told once however often the sweep comes by, and nothing of it to the customer."""
    customer, case = complaint(hasty)
    becomes(standing, "sla-breached", "ALARM")
    until(lambda: steps(case)["sla_breached"], "the timeline to say so")
    case.does("completion", message="非常抱歉，专员已与您联系并解决。")
    customer.sees("awaiting_confirmation")
    becomes(standing, "sla-breached", "OK")
    assert changes(standing, "sla-breached")[-2:] == ["ALARM", "OK"]
    assert (steps(case)["sla_warned"], steps(case)["sla_breached"]) == (1, 1)
    assert not {"sla_warned", "sla_breached", "priority_changed", "escalated"} & set(customer.steps())
