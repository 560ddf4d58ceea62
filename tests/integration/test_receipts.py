"""Goods are received once and looked at once, also when the money went out before they came."""

import pytest

from tests.integration.decisions import policy_says
from tests.integration.desk import MEI, Desk

DAMAGED = {"line_id": "teapot", "quantity": 1, "condition": "damaged"}


def accepted_with(desk: Desk, refund_due: str, *, units: int = 1) -> str:
    """Mei has it, the policy says when the money is due, and the goods are on their way."""
    number = desk.filed(lines=[{"line_id": "teapot", "quantity": units, "reason": "defective"}])
    policy_says(number, "accept", {"line_id": "teapot", "refund_due": refund_due})
    desk.assign(number)
    desk.customer(number, "parcel", {"carrier": "顺丰速运", "tracking_number": "SF1390276645120"})
    return number


def paid_early(desk: Desk, *, units: int = 1, amount: int = 9966) -> str:
    """The money went out before the goods were here."""
    number = accepted_with(desk, "at_once", units=units)
    told = {"amount": amount, "currency": "CNY"}
    assert desk.confirm(desk.orders_refund(number), amount=told).body["status"] == "in_transit"
    return number


def test_goods_that_arrive_are_received_once(desk: Desk) -> None:
    number = desk.awaiting_goods()
    desk.staff(MEI, number, "receipt", {})
    assert desk.application(number).received_at == desk.clock.now()
    assert desk.staff(MEI, number, "receipt", {}).problem == "step-not-possible"


@pytest.mark.parametrize("outcome", ["paid", "failed"])
def test_goods_that_arrive_while_money_is_on_its_way_are_recorded_beside_it(desk: Desk, outcome: str) -> None:
    number = accepted_with(desk, "at_once")
    refund_id = desk.orders_refund(number)
    answer = desk.staff(MEI, number, "receipt", {"message": "包裹已到仓。"})
    assert (answer.status, answer.body["application"]["status"]) == (200, "refund_ordered")
    assert (desk.ledger().received, desk.ledger().in_return) == (1, 0)
    assert desk.staff(MEI, number, "receipt", {}).problem == "step-not-possible"
    assert desk.confirm(refund_id, outcome=outcome).body["status"] == "received"


def test_where_nothing_comes_back_nothing_is_received(desk: Desk) -> None:
    number, _ = desk.refund_ordered()
    assert desk.staff(MEI, number, "receipt", {}).problem == "step-not-possible"


def test_paid_before_and_all_here_it_is_for_the_customer_to_confirm(desk: Desk) -> None:
    number = paid_early(desk)
    desk.staff(MEI, number, "receipt", {})
    answer = desk.staff(MEI, number, "inspection", {"lines": [DAMAGED]})
    assert answer.body["application"]["status"] == "awaiting_confirmation"
    assert (desk.ledger().received_damaged, desk.ledger().settled, desk.open_cases()) == (1, 1, 0)


@pytest.mark.parametrize("condition", ["missing", "wrong_item"])
def test_paid_before_and_not_all_here_it_is_for_a_person(desk: Desk, condition: str) -> None:
    number = paid_early(desk, units=2, amount=19933)
    desk.staff(MEI, number, "receipt", {})
    seen = {"lines": [DAMAGED, DAMAGED | {"condition": condition}]}
    assert desk.staff(MEI, number, "inspection", seen).body["application"]["status"] == "inspected"
    assert desk.open_cases() == 1
    answer = desk.staff(MEI, number, "completion", {"message": "缺少的一件不再追究。"})
    assert answer.body["application"]["status"] == "awaiting_confirmation"
