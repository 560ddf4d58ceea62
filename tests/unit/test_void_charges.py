"""What a customer has paid for something that will not happen is void."""

from typing import Any

import pytest

from aftersales.applications.change import take
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import CUSTOMER
from tests.unit.builders import FILED_AT, NUMBER, application

DIFFERENCE: dict[str, Any] = {
    "charge_id": f"{NUMBER}.5",
    "purpose": "price_difference",
    "amount": {"amount": 4000, "currency": "CNY"},
    "outcome": "paid",
    "reference": "PAY-91",
}


def void_after(step: Step, status: str, *, to: Status | None = None, **stands: Any) -> list[bool]:
    before = application(status, **{"type": "exchange", "charges": [DIFFERENCE]} | stands)
    return [charge.void for charge in take(before, step, CUSTOMER, FILED_AT, to=to).after.charges]


@pytest.mark.parametrize(
    ("step", "status"),
    [
        (Step.REJECTED, "inspected"),
        (Step.CANCELLED, "in_progress"),
        (Step.EXPIRED, "information_wanted"),
    ],
)
def test_what_was_paid_for_an_exchange_that_never_was_is_void(step: Step, status: str) -> None:
    assert void_after(step, status) == [True]


@pytest.mark.parametrize("charge", [DIFFERENCE | {"outcome": "failed"}, DIFFERENCE | {"purpose": "goods_kept"}])
def test_what_was_not_paid_or_was_for_the_goods_is_not(charge: dict[str, Any]) -> None:
    assert void_after(Step.REJECTED, "inspected", charges=[charge]) == [False]


def test_after_the_exchange_it_stays_paid_however_the_case_ends() -> None:
    assert void_after(Step.CHARGED, "awaiting_payment", to=Status.EXPIRED, settled=True) == [False]


def test_while_the_case_goes_on_it_stays_paid() -> None:
    assert void_after(Step.REPLACEMENT_ORDERED, "inspected") == [False]
