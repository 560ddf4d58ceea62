"""A case that is overdue, the alarm that rings for it, and its end: minutes, in which other tests run."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from infra.local import cloud, stack
from infra.local.stack import Standing
from infra.local.waiting import until
from infra.ops.register import read, register_store
from infra.ops.stack import name
from tests.e2e.alarms import becomes, changes
from tests.e2e.people import Case, Customer, Shopkeeper

ALARM = "sla-breached"
ALWAYS: dict[str, Any] = {
    "time_zone": "UTC",
    "week": {
        day: [{"opens": "00:00", "closes": "00:00"}]
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    },
}
IN_A_MINUTE = {"calendars": {"always": ALWAYS}, "promises": [{"calendar": "always", "minutes": {"resolution": 1}}]}


class Overdue(NamedTuple):
    """Whose case it was, and what the alarm became."""

    customer: Customer
    case: Case
    changes: list[str]

    def steps(self) -> Counter[str]:
        return steps(self.case)


def hasty(standing: Standing) -> Shopkeeper:
    """A store that has promised to resolve everything within a minute."""
    store = read(stack.DEMO).stores[0]
    credentials = register_store(store.model_copy(update={"store_id": "hasty"}), standing.outputs)
    standing.staff("lead").put("/service/hasty", IN_A_MINUTE)
    return Shopkeeper(replace(standing, store=credentials), store_id="hasty")


def complained(keeper: Shopkeeper) -> tuple[Customer, Case]:
    """What the policy hands to a person, who has it now."""
    customer = keeper.files(keeper.sells(), type="complaint", lines=[], description="客服一直没有回复。")
    return customer, keeper.assigned(customer)


def rings_until_resolved(customer: Customer, case: Case) -> Overdue:
    standing = customer.standing
    becomes(standing, ALARM, "ALARM", lambda: sweep(standing))
    until(lambda: steps(case)["sla_breached"], "the timeline to say so")
    case.does("completion", message="非常抱歉，专员已与您联系并解决。")
    customer.sees("awaiting_confirmation")
    becomes(standing, ALARM, "OK", lambda: sweep(standing))
    return Overdue(customer, case, changes(standing, ALARM))


def steps(case: Case) -> Counter[str]:
    return Counter(event["step"] for event in case.view()["timeline"])


def sweep(standing: Standing) -> None:
    """As the scheduler does it each minute; it may do so just now."""
    functions = cloud.client("lambda", standing.place.port)
    with suppress(functions.exceptions.TooManyRequestsException):
        answer = functions.invoke(FunctionName=f"{name(stack.STAGE)}-Sweep", Payload=b"{}")
        assert "FunctionError" not in answer, answer["Payload"].read()
