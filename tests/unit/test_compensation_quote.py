"""A part of the price goes back with the goods kept: first what was withheld from this customer, then what is left."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aftersales.applications.model import Application
from aftersales.applications.refund import Refund
from aftersales.compensation.quote import compensate
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.resolution.quote import quote
from tests.books import assert_order_balances, paid_back
from tests.unit.builders import application, line, told
from tests.unit.test_quote import amounts, claim, paid

TEAPOT, CUP, TRAY = line("teapot", paid=20001), line("cup", quantity=6, paid=9999), line("tray", paid=0)


def about(*lines: str, **more: Any) -> Application:
    claimed = [{"line_id": name, "quantity": 1, "reason": "late"} for name in lines]
    return application("in_progress", **{"type": "refund_only", "lines": claimed} | more)


def given_back(known: Order, case: Application, amount: int) -> tuple[Order, Refund]:
    """The order once so much was given back, and the refund that did it."""
    quoted, released = compensate(known, case, amount)
    refund = Refund(refund_id="c", purpose="compensation", released=released, **dict(quoted))
    after = ledger.applied(known, ledger.order_refund(refund))
    assert_order_balances(after)
    return ledger.applied(after, ledger.confirm_refund(refund)), refund


def refunded(known: Order, less: int) -> tuple[Order, Application]:
    """A teapot came back, and so much was taken off."""
    wanted = claim(("teapot", 1))
    due = quote(known, wanted).total.amount
    known, refund = paid(known, wanted, amount=due - less)
    return known, about("teapot", refunds=[refund.model_copy(update={"outcome": "paid"})])


def test_it_is_spread_over_the_lines_of_the_case_by_what_is_left_of_them() -> None:
    _, refund = given_back(told(TEAPOT, CUP, TRAY), about("teapot", "cup"), 1000)
    assert amounts(refund) == {"teapot": 667, "cup": 333}
    assert [(item.kind, item.amount) for item in refund.items] == [("compensation", 1000)]
    assert [each.quantity for each in refund.lines] == [0, 0]


def test_of_a_case_about_no_line_it_is_spread_over_all_that_were_paid_for() -> None:
    _, refund = given_back(told(TEAPOT, CUP, TRAY), about(type="complaint"), 3000)
    assert amounts(refund) == {"teapot": 2000, "cup": 1000}


def test_what_was_withheld_goes_back_first() -> None:
    known, case = refunded(told(TEAPOT, CUP), less=1500)
    after, refund = given_back(known, case, 1200)
    assert (refund.released, amounts(refund)) == ({"teapot": 1200}, {"teapot": 1200})
    assert (after.ledger["teapot"].withheld, after.ledger["teapot"].refunded) == (300, 20001 - 300)
    assert after.ledger["cup"] == known.ledger["cup"]


def test_shipping_that_was_withheld_is_released_to_where_it_was() -> None:
    known = told(TEAPOT, shipping=1200)
    known, case = refunded(known, less=21201)
    after, refund = given_back(known, case, 21201)
    assert (refund.shipping, refund.released) == (1200, {"teapot": 20001, "~shipping": 1200})
    assert paid_back(after) == 21201


def test_beyond_that_it_comes_from_the_lines_of_the_case() -> None:
    known, case = refunded(told(line("teapot", quantity=2, paid=40002)), less=1500)
    _, refund = given_back(known, case, 2000)
    assert (refund.released, refund.total.amount, amounts(refund)) == ({"teapot": 1500}, 2000, {"teapot": 2000})


def test_what_was_released_once_is_not_released_again() -> None:
    known, case = refunded(told(TEAPOT, CUP), less=1500)
    known, first = given_back(known, case, 1000)
    case = case.model_copy(update={"refunds": (*case.refunds, first)})
    assert given_back(known, case, 500)[1].released == {"teapot": 500}
    with pytest.raises(ValueError, match="500 is left"):
        compensate(known, case, 501)


def test_a_release_that_failed_may_be_tried_again() -> None:
    known, case = refunded(told(TEAPOT), less=1500)
    failed = given_back(known, case, 1500)[1].model_copy(update={"outcome": "failed"})
    case = case.model_copy(update={"refunds": (*case.refunds, failed)})
    assert given_back(known, case, 1500)[1].released == {"teapot": 1500}


def test_what_another_case_withheld_is_not_for_this_one() -> None:
    known, _ = refunded(told(TEAPOT, CUP), less=1500)
    assert given_back(known, about("cup"), 100)[1].released == {}
    with pytest.raises(ValueError, match="0 is left"):
        compensate(known, about("teapot"), 1)


def test_of_what_was_exchanged_it_comes_from_what_the_customer_has_now() -> None:
    known = told(TEAPOT, line("teapot-x1", paid=18000))
    new = {"line_id": "teapot", "quantity": 1, "new_line_id": "teapot-x1"}
    replacement = {"replacement_id": "r", "state": "delivered", "lines": [new]}
    move = ledger.exchange({"teapot": 0}, {"teapot": 20001}, {})
    _, refund = given_back(ledger.applied(known, move), about("teapot", replacement=replacement), 900)
    assert amounts(refund) == {"teapot-x1": 900}


def test_it_goes_back_to_what_was_paid_with() -> None:
    tenders = [{"kind": "card", "amount": 20000}, {"kind": "points", "amount": 10000}]
    _, refund = given_back(told(TEAPOT, CUP, tenders=tenders), about("teapot"), 1000)
    assert [(part.kind, part.amount) for part in refund.tenders] == [("card", 667), ("points", 333)]


def test_units_that_come_back_later_are_worth_so_much_less() -> None:
    known, _ = given_back(told(TEAPOT), about("teapot"), 1)
    assert quote(known, claim(("teapot", 1))).total.amount == 20000


@given(taken_off=some.integers(0, 20001), gifts=some.lists(some.integers(1, 30000), max_size=6))
def test_however_often_something_is_given_no_more_goes_back_than_was_paid(taken_off: int, gifts: list[int]) -> None:
    known, case = refunded(told(TEAPOT, CUP, tenders=[{"kind": "card", "amount": 30000}]), less=taken_off)
    case = case.model_copy(update={"type": "complaint", "lines": ()})
    for gift in gifts:
        left = 30000 - paid_back(known)
        if gift > left:
            with pytest.raises(ValueError, match=f"{left} is left"):
                compensate(known, case, gift)
            continue
        known, refund = given_back(known, case, gift)
        case = case.model_copy(update={"refunds": (*case.refunds, refund.model_copy(update={"outcome": "paid"}))})
        assert_order_balances(known)
    assert paid_back(known) <= 30000
