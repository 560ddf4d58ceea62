"""The policy may let the customer keep the goods: then nobody waits for them."""

import pytest

from tests.integration.decisions import TEAPOT_AND_CUPS, policy_says
from tests.integration.desk import MEI, Desk

TEAPOT = {"line_id": "teapot", "quantity": 1, "condition": "damaged"}
KEPT = {"line_id": "teapot", "send_back": False}
CUPS = {"line_id": "cup", "quantity": 2, "condition": "used"}


@pytest.mark.parametrize(
    ("type_", "send_back", "status"),
    [
        ("return_refund", True, "awaiting_goods"),
        ("return_refund", False, "in_progress"),
        ("exchange", True, "awaiting_goods"),
        ("exchange", False, "in_progress"),
        ("refund_only", True, "in_progress"),
        ("resend", True, "in_progress"),
    ],
)
def test_only_what_has_to_come_back_is_waited_for(desk: Desk, type_: str, send_back: bool, status: str) -> None:
    number = desk.filed(type=type_)
    policy_says(number, "accept", {"line_id": "teapot", "send_back": send_back})
    desk.assign(number)
    assert desk.application(number).status == status


def test_what_the_customer_keeps_is_paid_back_without_an_inspection(desk: Desk) -> None:
    number = desk.filed()
    policy_says(number, "accept", KEPT)
    desk.assign(number)
    assert desk.staff(MEI, number, "refund", {}).status == 200
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_confirmation"
    assert desk.ledger().settled == 1


def test_a_person_who_accepts_leaves_the_terms_as_the_policy_set_them(desk: Desk) -> None:
    number = desk.filed()
    policy_says(number, "manual_review", KEPT)
    desk.assign(number)
    desk.staff(MEI, number, "decision", {"outcome": "accept", "message": "不必寄回。"})
    desk.assign(number, token="accepted")
    assert desk.application(number).status == "in_progress"


def test_of_two_lines_only_the_one_that_comes_back_is_inspected(desk: Desk) -> None:
    number = desk.filed(lines=TEAPOT_AND_CUPS)
    policy_says(number, "accept", {"line_id": "cup", "send_back": False})
    desk.assign(number)
    desk.staff(MEI, number, "receipt", {})
    assert desk.staff(MEI, number, "inspection", {"lines": [TEAPOT, CUPS]}).problem == "invalid-request"
    assert desk.staff(MEI, number, "inspection", {"lines": [TEAPOT]}).status == 200
    desk.staff(MEI, number, "refund", {})
    assert desk.confirm(desk.refund_id(number), amount={"amount": 9966 + 333, "currency": "CNY"}).status == 200
