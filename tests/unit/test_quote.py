"""What a refund comes to: whatever the order of returns, all of them together are what was paid."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aftersales.applications.refund import Quote, Refund
from aftersales.orders import ledger
from aftersales.orders.model import Account, Order, OrderLine
from aftersales.orders.names import SHIPPING
from aftersales.resolution.claim import Claim, Claimed
from aftersales.resolution.quote import quote
from tests.books import assert_order_balances, paid_back
from tests.unit.builders import line, told

THREE_CUPS_FOR_TEN_YUAN = line("cup", quantity=3, paid=1000)


def claim(*units: tuple[str, int], **terms: Any) -> Claim:
    return Claim(tuple(Claimed(line_id, quantity, **terms) for line_id, quantity in units))


def ordered(known: Order, wanted: Claim, **how: Any) -> tuple[Order, Refund]:
    """The order once this refund was ordered, its units having been applied for."""
    refund = Refund(refund_id="r", **dict(quote(known, wanted, **how)))
    units = {unit.line_id: unit.quantity for unit in wanted.units}
    reserved = {name: Counter(available=-count, reserved=count) for name, count in units.items()}
    return ledger.applied(ledger.applied(known, reserved), ledger.order_refund(refund)), refund


def paid(known: Order, wanted: Claim, **how: Any) -> tuple[Order, Refund]:
    after, refund = ordered(known, wanted, **how)
    return ledger.applied(after, ledger.confirm_refund(refund)), refund


def amounts(found: Quote) -> dict[str, int]:
    return {each.line_id: each.amount for each in found.lines}


# --- One by one


def test_one_by_one_the_last_cup_takes_what_is_left() -> None:
    known, totals = told(THREE_CUPS_FOR_TEN_YUAN), []
    for _ in range(3):
        known, refund = paid(known, claim(("cup", 1)))
        totals.append(refund.total.amount)
    assert totals == [333, 333, 334]


@some.composite
def sold(draw: some.DrawFn) -> list[OrderLine]:
    """Lines with list price, discounts and tax that add up to what was paid."""
    lines = []
    for name in ("teapot", "cup", "tray")[: draw(some.integers(1, 3))]:
        price, quantity = draw(some.integers(0, 500_000)), draw(some.integers(1, 6))
        discount = draw(some.integers(0, price * quantity))
        tax = draw(some.integers(0, price * quantity))
        more = {"price": price, "discount": discount, "order_discount": draw(some.integers(0, discount)), "tax": tax}
        lines.append(line(name, quantity=quantity, paid=price * quantity - discount + tax, **more))
    return lines


@some.composite
def orders(draw: some.DrawFn) -> Order:
    """In currencies with no, two and three decimals; with a coupon, shipping, and several means of payment."""
    lines, shipping = draw(sold()), draw(some.integers(0, 3000))
    coupon = sum(each.order_discount for each in lines)
    whole = sum(each.paid for each in lines) + shipping
    points = draw(some.integers(0, whole))
    return told(
        *lines,
        currency=draw(some.sampled_from(["JPY", "CNY", "KWD"])),
        prices_include_tax=False,
        shipping=shipping,
        discounts=[{"code": "SPRING", "amount": coupon, "minimum": draw(some.integers(0, 2 * whole))}],
        tenders=[{"kind": "card", "amount": whole - points}, {"kind": "points", "amount": points}],
    )


@some.composite
def portions(draw: some.DrawFn, known: Order) -> list[Claim]:
    """Every unit, in any order and any split into applications."""
    units = [each.line_id for each in known.lines for _ in range(each.quantity)]
    shuffled, claims = draw(some.permutations(units)), []
    while shuffled:
        size = draw(some.integers(1, len(shuffled)))
        part, shuffled = shuffled[:size], shuffled[size:]
        counted = {line_id: part.count(line_id) for line_id in dict.fromkeys(part)}
        claims.append(claim(*counted.items(), stores_fault=draw(some.booleans())))
    return claims


@given(known=orders(), data=some.data())
def test_all_units_together_are_worth_what_was_paid(known: Order, data: some.DataObject) -> None:
    """Also when the store begins or ceases to hold discounts back between two refunds."""
    whole = sum(each.paid for each in known.lines) + known.shipping
    for each in data.draw(portions(known)):
        known, refund = paid(known, each, claw_back=data.draw(some.booleans()))
        assert refund.total.amount == sum(item.amount for item in refund.items)
        assert refund.total.amount == sum(part.amount for part in refund.tenders)
        assert_order_balances(known)
    assert paid_back(known) == whole


@given(known=orders(), claw_back=some.booleans(), data=some.data())
def test_whatever_fails_in_between_nothing_is_lost(known: Order, claw_back: bool, data: some.DataObject) -> None:
    """Several refunds are open at once; some fail, and are ordered again in another order."""
    whole, open_ = sum(each.paid for each in known.lines) + known.shipping, []
    for each in data.draw(portions(known)):
        known, refund = ordered(known, each, claw_back=claw_back)
        open_.append((each, refund))
    failed = [each for each in open_ if data.draw(some.booleans())]
    for _, refund in failed:
        known = released(ledger.applied(known, ledger.fail_refund(refund)), refund)
    for each, _ in data.draw(some.permutations(failed)):
        known, _ = ordered(known, each, claw_back=claw_back)
    books = [*known.ledger.values(), known.accounts.get(SHIPPING, Account.of(0))]
    assert sum(each.refundable for each in books) == 0
    assert sum(each.ordered for each in books) == whole


def released(known: Order, refund: Refund) -> Order:
    free = {each.line_id: Counter(reserved=-each.quantity, available=each.quantity) for each in refund.lines}
    return ledger.applied(known, free)


@given(known=orders(), fee=some.integers(0, 100), part=some.fractions(0, 1), data=some.data())
def test_what_was_withheld_never_comes_back(known: Order, fee: int, part: Any, data: some.DataObject) -> None:
    whole, kept = sum(each.paid for each in known.lines) + known.shipping, 0
    for each in data.draw(portions(known)):
        with_fee = claim(*((unit.line_id, unit.quantity) for unit in each.units), fee=fee)
        due = quote(known, with_fee).total.amount
        known, refund = paid(known, with_fee, amount=int(due * part))
        kept += sum(refund.withheld.values())
    assert paid_back(known) + kept == whole


# --- Less than all


def test_several_failed_refunds_in_an_unlucky_order_end_on_the_fen() -> None:
    """Two fen for four cups are due as 0, 1, 0, 1. When both that were 1 fail, the next two take them."""
    known, open_ = told(line("cup", quantity=4, paid=2)), []
    for _ in range(4):
        known, refund = ordered(known, claim(("cup", 1)))
        open_.append(refund)
    assert [refund.total.amount for refund in open_] == [0, 1, 0, 1]
    for refund in (open_[1], open_[3]):
        known = released(ledger.applied(known, ledger.fail_refund(refund)), refund)
    for _ in range(2):
        known, _ = ordered(known, claim(("cup", 1)))
    assert (known.ledger["cup"].ordered, known.ledger["cup"].refundable) == (2, 0)


def test_a_smaller_amount_is_spread_over_the_lines_by_their_price() -> None:
    known = told(line("teapot", paid=3000), line("cup", paid=1000))
    found = quote(known, claim(("teapot", 1), ("cup", 1)), amount=1000)
    assert amounts(found) == {"teapot": 750, "cup": 250}
    assert found.withheld == {"teapot": 2250, "cup": 750}


def test_parts_of_an_amount_add_up_to_it_whatever_the_prices() -> None:
    known = told(line("teapot", paid=101), line("cup", paid=33), line("tray", paid=7))
    all_of_it = claim(("teapot", 1), ("cup", 1), ("tray", 1))
    assert [sum(amounts(quote(known, all_of_it, amount=amount)).values()) for amount in range(142)] == list(range(142))


def test_more_than_is_due_is_refused() -> None:
    with pytest.raises(ValueError, match="333 is due"):
        quote(told(THREE_CUPS_FOR_TEN_YUAN), claim(("cup", 1)), amount=334)


def test_of_samples_that_cost_nothing_but_the_shipping_all_have_to_be_back() -> None:
    samples, totals = told(line("sample", quantity=2, paid=0), shipping=1200), []
    for _ in range(2):
        samples, refund = paid(samples, claim(("sample", 1)))
        totals.append(refund.total.amount)
    assert totals == [0, 1200]


def test_what_was_held_back_is_due_when_the_store_holds_discounts_back_no_more() -> None:
    teapot = line("teapot", price=20000, discount=2000, order_discount=2000, paid=18000)
    cups = line("cups", price=10000, discount=1000, order_discount=1000, paid=9000)
    known = told(teapot, cups, discounts=[{"code": "SPRING", "amount": 3000, "minimum": 25000}])
    known, first = paid(known, claim(("teapot", 1)), claw_back=True)
    known, then = paid(known, claim(("cups", 1)))
    assert (first.total.amount, then.total.amount) == (17000, 10000)


def test_a_fee_is_of_what_the_units_cost_not_of_what_was_held_back_on_others() -> None:
    cups = line("cup", quantity=2, price=10000, discount=4000, order_discount=4000, paid=16000)
    known = told(cups, line("pot", paid=10000), discounts=[{"code": "SPRING", "amount": 4000, "minimum": 25000}])
    known, first = paid(known, claim(("cup", 1)), claw_back=True)
    then = quote(known, claim(("cup", 1), fee=15), claw_back=True)
    assert (first.total.amount, then.total.amount) == (6000, 10000 - 1200)


def test_a_gift_is_worth_nothing_back() -> None:
    gift = told(line("gift", paid=0))
    assert amounts(quote(gift, claim(("gift", 1)))) == amounts(quote(gift, claim(("gift", 1)), amount=0)) == {"gift": 0}


def test_more_than_all_of_it_cannot_be_taken_off() -> None:
    found = quote(told(THREE_CUPS_FOR_TEN_YUAN), claim(("cup", 1), fee=100), return_freight=1500)
    assert found.total.amount == 0
    assert [(item.kind, item.amount) for item in found.items] == [("paid", 333), ("restocking_fee", -333)]
