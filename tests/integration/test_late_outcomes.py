"""A refund failed, and later it is said to be paid: it may have been paid twice, and somebody has to know."""

from collections.abc import Callable

import pytest

from tests.integration.desk import MEI, Desk
from tests.integration.gateway import shop


@pytest.fixture
def again(desk: Desk) -> tuple[str, str]:
    """The number, and the id of the refund that failed; another one is under way."""
    number, first = desk.refund_ordered()
    desk.confirm(first, outcome="failed")
    desk.orders_refund(number)
    return number, first


def test_it_is_on_the_timeline_and_moves_nothing(desk: Desk, again: tuple[str, str]) -> None:
    number, first = again
    books = desk.ledger()
    answer = desk.confirm(first, reference="PAY-76")
    assert (answer.status, answer.problem) == (409, "step-not-possible")
    told = desk.timeline(number)[-1]
    assert (told.step, told.data) == (
        "refund_contradicted",
        {"refund_id": first, "told": "paid", "reference": "PAY-76"},
    )
    assert (desk.application(number).status, desk.ledger()) == ("refund_ordered", books)


def test_customers_do_not_see_it(desk: Desk, again: tuple[str, str]) -> None:
    before = desk.look(again[0]).body
    desk.confirm(again[1])
    assert desk.look(again[0]).body == before


def test_an_alarm_counts_it(desk: Desk, again: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    desk.confirm(again[1])
    desk.relay(again[0])
    assert '"Recorded_refund_contradicted"' in capsys.readouterr().out


def test_told_again_it_is_recorded_once(desk: Desk, again: tuple[str, str]) -> None:
    number, first = again
    assert [desk.confirm(first).status for _ in range(3)] == [409, 409, 409]
    assert desk.steps(number).count("refund_contradicted") == 1


def test_that_it_failed_may_be_told_again(desk: Desk, again: tuple[str, str]) -> None:
    steps = desk.steps(again[0])
    assert desk.confirm(again[1], outcome="failed").status == 200
    assert desk.steps(again[0]) == steps


def test_the_second_refund_is_confirmed_as_ever(desk: Desk, again: tuple[str, str]) -> None:
    number, first = again
    desk.confirm(first)
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_confirmation"
    assert desk.ledger().refunded == 9966


def test_it_is_noticed_also_when_the_case_is_closed(desk: Desk, again: tuple[str, str]) -> None:
    number, first = again
    desk.confirm(desk.refund_id(number))
    desk.customer(number, "confirmation")
    desk.confirm(first)
    assert (desk.application(number).status, desk.steps(number)[-1]) == ("resolved", "refund_contradicted")
    assert desk.open_cases() == 0


def test_it_is_noticed_before_another_is_ordered(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered()
    desk.confirm(refund_id, outcome="failed")
    desk.confirm(refund_id)
    assert (desk.application(number).status, desk.steps(number)[-1]) == ("in_progress", "refund_contradicted")


def test_of_many_tries_each_is_remembered(desk: Desk) -> None:
    number, first = desk.refund_ordered()
    tried = [first]
    for _ in range(3):
        desk.confirm(tried[-1], outcome="failed")
        tried.append(desk.orders_refund(number))
    for refund_id in tried[:-1]:
        desk.confirm(refund_id)
    told = [event.data["refund_id"] for event in desk.timeline(number) if event.step == "refund_contradicted"]
    assert told == tried[:-1]


def test_that_a_paid_one_failed_is_noticed_too(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered()
    desk.confirm(refund_id)
    books = desk.ledger()
    desk.confirm(refund_id, outcome="failed", message="returned by the bank")
    assert (desk.steps(number)[-1], desk.ledger()) == ("refund_contradicted", books)
    assert "returned by the bank" not in str(desk.look(number).body)


@pytest.mark.parametrize(
    "asks",
    [
        lambda desk, first: desk.confirm(first, who=shop("harbour")),
        lambda desk, first: desk.confirm(first, amount={"amount": 1, "currency": "CNY"}),
    ],
    ids=["another storefront", "another amount"],
)
def test_what_is_refused_leaves_no_trace(
    desk: Desk, again: tuple[str, str], asks: Callable[[Desk, str], object]
) -> None:
    steps = desk.steps(again[0])
    asks(desk, again[1])
    assert desk.steps(again[0]) == steps


def test_the_person_may_go_on(desk: Desk, again: tuple[str, str]) -> None:
    number, first = again
    desk.confirm(first)
    desk.confirm(desk.refund_id(number), outcome="failed")
    assert desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "首笔退款已到账。"}).status == 200
