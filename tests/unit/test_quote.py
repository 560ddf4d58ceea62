"""What a refund comes to, by line."""

import pytest

from aftersales.applications.model import ApplicationLine
from aftersales.orders.ledger import apply, order_refund, reserve
from aftersales.orders.model import Order
from aftersales.resolution.quote import refund_lines
from tests.unit.builders import line, order

THREE_CUPS_FOR_TEN_YUAN = line("cup", quantity=3, paid=1000)


def units(line_id: str, quantity: int) -> ApplicationLine:
    return ApplicationLine.model_validate({"line_id": line_id, "quantity": quantity, "reason": "defective"})


def after_refund_of(known: Order, *lines: ApplicationLine) -> Order:
    ledger = apply(apply(known.ledger, reserve(lines)), order_refund(refund_lines(known, lines)))
    return known.model_copy(update={"ledger": ledger})


def amounts(known: Order, *lines: ApplicationLine, amount: int | None = None) -> list[int]:
    return [part.amount for part in refund_lines(known, lines, amount)]


def test_without_an_amount_the_units_are_paid_back_whole() -> None:
    assert amounts(order(THREE_CUPS_FOR_TEN_YUAN), units("cup", 3)) == [1000]


def test_one_by_one_the_last_cup_takes_what_is_left() -> None:
    known, paid_back = order(THREE_CUPS_FOR_TEN_YUAN), []
    for _ in range(3):
        paid_back += amounts(known, units("cup", 1))
        known = after_refund_of(known, units("cup", 1))
    assert paid_back == [333, 333, 334]


def test_a_smaller_amount_is_spread_over_the_lines_by_their_price() -> None:
    known = order(line("teapot", paid=3000), line("cup", paid=1000))
    assert amounts(known, units("teapot", 1), units("cup", 1), amount=1000) == [750, 250]


def test_parts_of_an_amount_add_up_to_it_whatever_the_prices() -> None:
    known = order(line("teapot", paid=101), line("cup", paid=33), line("tray", paid=7))
    lines = units("teapot", 1), units("cup", 1), units("tray", 1)
    assert [sum(amounts(known, *lines, amount=amount)) for amount in range(142)] == list(range(142))


def test_more_than_was_paid_is_refused() -> None:
    with pytest.raises(ValueError, match="more than the units were paid for"):
        refund_lines(order(THREE_CUPS_FOR_TEN_YUAN), (units("cup", 1),), 334)


def test_a_gift_is_worth_nothing_back() -> None:
    assert amounts(order(line("gift", paid=0)), units("gift", 1)) == [0]
    assert amounts(order(line("gift", paid=0)), units("gift", 1), amount=0) == [0]


def test_what_was_paid_back_for_one_unit_is_not_offered_for_another() -> None:
    known = order(line("cup", quantity=2, paid=1000))
    short = known.ledger["cup"].model_copy(update={"refundable": 300, "refunded": 700, "available": 1, "settled": 1})
    assert amounts(known.model_copy(update={"ledger": {"cup": short}}), units("cup", 1)) == [300]
