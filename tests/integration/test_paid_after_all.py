"""A refund failed, and a team lead has seen the money at the bank: then it is paid, in the books as well."""

from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.desk import HUA, MEI, Desk, yuan
from tests.integration.gateway import Answer

AMOUNT = 9966
LESS = {"amount": yuan(9000), "message": "壶盖有使用痕迹，扣 9.66 元。"}


@pytest.fixture
def failed(desk: Desk) -> tuple[str, str]:
    """The number and the id of a refund that the storefront has called failed."""
    number, refund_id = desk.refund_ordered()
    desk.confirm(refund_id, outcome="failed", message="bank timeout")
    return number, refund_id


def corrects(desk: Desk, number: str, refund_id: str, **changes: Any) -> Answer:
    told = {"refund_id": refund_id, "outcome": "paid", "amount": yuan(AMOUNT), "reference": "ICBC-20260311-4"}
    return desk.staff(HUA, number, "refund-confirmation", told | changes)


def test_the_case_goes_on_as_paid(desk: Desk, failed: tuple[str, str]) -> None:
    answer = corrects(desk, *failed)
    assert (answer.status, answer.body["application"]["status"]) == (200, "awaiting_confirmation")
    [refund] = desk.application(failed[0]).refunds
    assert (refund.outcome, refund.reference) == ("paid", "ICBC-20260311-4")
    books = desk.ledger()
    assert (books.refunded, books.ordered, books.settled, books.reserved, books.available) == (AMOUNT, 0, 1, 0, 2)
    assert (desk.timeline(failed[0])[-1].step, desk.timeline(failed[0])[-1].actor.id) == ("refunded", "hua")
    assert desk.open_cases() == 0


def test_what_was_taken_off_stays_taken_off(desk: Desk) -> None:
    number = desk.inspected()
    desk.staff(MEI, number, "refund", LESS)
    refund_id = desk.refund_id(number)
    desk.confirm(refund_id, outcome="failed", amount=yuan(9000))
    assert corrects(desk, number, refund_id, amount=yuan(9000)).status == 200
    assert (desk.ledger().refunded, desk.ledger().withheld) == (9000, 966)


def test_said_again_nothing_changes_and_the_storefronts_word_agrees_now(desk: Desk, failed: tuple[str, str]) -> None:
    desk.confirm(failed[1])
    corrects(desk, *failed)
    steps = desk.steps(failed[0])
    assert corrects(desk, *failed).status == 200
    assert desk.confirm(failed[1]).status == 200
    assert desk.steps(failed[0]) == steps
    assert desk.application(failed[0]).refunds[0].contradicted is None


def test_the_storefronts_own_late_word_moves_nothing(desk: Desk, failed: tuple[str, str]) -> None:
    assert desk.confirm(failed[1]).status == 409
    assert (desk.application(failed[0]).status, desk.ledger().refunded) == ("in_progress", 0)


def test_said_twice_at_once_it_is_booked_once(desk: Desk, failed: tuple[str, str]) -> None:
    with cloud.meanwhile("TransactWriteItems", lambda: corrects(desk, *failed)):
        assert corrects(desk, *failed).status == 200
    assert (desk.ledger().refunded, desk.steps(failed[0]).count("refunded")) == (AMOUNT, 1)


def test_after_another_was_ordered_somebody_has_to_look(desk: Desk, failed: tuple[str, str]) -> None:
    number, first = failed
    second = desk.orders_refund(number)
    assert corrects(desk, number, first).problem == "step-not-possible"
    assert desk.steps(number)[-1] == "refund_contradicted"
    assert desk.confirm(second).body["status"] == "awaiting_confirmation"
    assert desk.ledger().refunded == AMOUNT


def test_after_the_case_has_ended_it_moves_nothing_and_is_recorded(desk: Desk, failed: tuple[str, str]) -> None:
    number, first = failed
    desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "改为补发。"})
    assert corrects(desk, number, first).problem == "step-not-possible"
    assert (desk.steps(number)[-1], desk.ledger().available) == ("refund_contradicted", 3)


def test_money_that_went_elsewhere_meanwhile_is_not_booked_twice(desk: Desk, failed: tuple[str, str]) -> None:
    """All three teapots were paid back as compensation for the noise about it."""
    number, refund_id = failed
    other = desk.in_progress(type="complaint", lines=[{"line_id": "teapot", "quantity": 1, "reason": "late"}])
    gift = {"kind": "refund", "amount": yuan(29900), "message": "非常抱歉。"}
    assert desk.staff(HUA, other, "compensation", gift).status == 200
    desk.confirm(desk.refund_id(other), amount=yuan(29900))
    assert corrects(desk, number, refund_id).problem == "refund-too-high"
    assert (desk.application(number).status, desk.ledger().refunded) == ("in_progress", 29900)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [({"amount": yuan(AMOUNT + 1)}, "refund-too-high"), ({"amount": yuan(AMOUNT, "USD")}, "currency-mismatch")],
)
def test_it_must_be_what_was_ordered(
    desk: Desk, failed: tuple[str, str], changes: dict[str, Any], problem: str
) -> None:
    assert corrects(desk, *failed, **changes).problem == problem
    assert desk.application(failed[0]).status == "in_progress"


def test_a_compensation_is_corrected_too(desk: Desk) -> None:
    number = desk.in_progress(type="complaint", lines=[])
    desk.staff(HUA, number, "compensation", {"kind": "refund", "amount": yuan(700), "message": "抱歉。"})
    refund_id = desk.refund_id(number)
    desk.confirm(refund_id, outcome="failed", amount=yuan(700))
    answer = corrects(desk, number, refund_id, amount=yuan(700))
    assert answer.body["application"]["status"] == "awaiting_confirmation"
