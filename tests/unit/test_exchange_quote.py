"""What an exchange comes to, and that a replacement is worth on the books what the customer has in hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aftersales.applications.refund import Refund, RefundLine
from aftersales.errors import UnknownVariant
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders.model import Order, OrderLine
from tests.books import assert_order_balances, charged, paid_back
from tests.unit.builders import line, told
from tests.unit.exchanges import difference, evened_out, exchanging, replaced, returned, shipped

SIZES = [
    {"sku": "jacket-l", "title": "羽绒服 L 码", "price": 50000},
    {"sku": "jacket-kids", "title": "羽绒服 童装", "price": 30000},
    {"sku": "jacket-pro", "title": "羽绒服 登山款", "price": 80000},
]


def jackets(**more: Any) -> OrderLine:
    """Two at 500.00, of which a coupon took 50.00 off each."""
    told_of: dict[str, Any] = {
        "sku": "jacket-m",
        "title": "羽绒服 M 码",
        "quantity": 2,
        "price": 50000,
        "variants": SIZES,
    }
    return line("jacket", **told_of | {"discount": 10000, "order_discount": 10000, "paid": 90000} | more)


def bought(*lines: OrderLine, **more: Any) -> Order:
    sold = lines or (jackets(),)
    off = sum(each.order_discount for each in sold)
    return told(*sold, discounts=[{"code": "SNOW", "amount": off, "minimum": 80000}] if off else [], **more)


# --- The difference


@pytest.mark.parametrize(
    ("sku", "back", "to_pay"),
    [
        (None, 0, 0),
        ("jacket-m", 0, 0),
        ("jacket-l", 0, 0),
        ("jacket-kids", 18000, 0),
        ("jacket-pro", 0, 30000),
    ],
    ids=[
        "the same",
        "the same by name",
        "another size",
        "less: of 450.00 three fifths stay",
        "more: by the list prices",
    ],
)
def test_discounts_go_along_with_the_exchange(sku: str | None, back: int, to_pay: int) -> None:
    found = difference(bought(), exchanging(("jacket", 1, sku)))
    assert (found.total.amount, found.to_pay) == (back, to_pay)
    assert sum(item.amount for item in found.items) == back - to_pay


def test_where_no_list_price_was_told_the_variants_price_counts() -> None:
    known = bought(jackets(price=None, discount=0, order_discount=0))
    assert difference(known, exchanging(("jacket", 2, "jacket-pro"))).to_pay == 2 * 80000 - 90000
    assert difference(known, exchanging(("jacket", 2, "jacket-kids"))).total.amount == 90000 - 2 * 30000


def test_where_tax_comes_on_top_a_variants_price_has_it_inside() -> None:
    boots = [{"sku": "boots-8", "title": "Boots, size 8", "price": 10825}]
    sold = line("boots", sku="boots-7", price=10000, discount=2000, tax=660, paid=8660, variants=boots)
    known = told(sold, currency="USD", prices_include_tax=False)
    assert difference(known, exchanging(("boots", 1, "boots-8"), currency="USD")).to_pay == 0


def test_one_dearer_and_one_cheaper_are_set_against_each_other() -> None:
    scarf = line(
        "scarf", price=20000, paid=20000, variants=[{"sku": "scarf-silk", "title": "真丝围巾", "price": 45000}]
    )
    about = exchanging(("jacket", 1, "jacket-kids"), ("scarf", 1, "scarf-silk"))
    found = difference(bought(jackets(), scarf), about)
    assert (found.total.amount, found.to_pay) == (0, 25000 - 18000)


def test_once_it_was_paid_back_nothing_is_left_of_the_difference() -> None:
    for sku in ("jacket-kids", "jacket-pro"):
        found = difference(*evened_out(bought(), exchanging(("jacket", 1, sku))))
        assert (found.total.amount, found.to_pay, found.lines) == (0, 0, ())


def test_no_more_of_the_difference_is_paid_back_than_is_left_of_the_price() -> None:
    """300.00 of the 450.00 went out for a torn seam before; of the 180.00 for the kids' jacket that leaves 150.00."""
    known = bought(jackets(quantity=1, discount=5000, order_discount=5000, paid=45000))
    given = Refund(
        refund_id="r",
        purpose="compensation",
        total=Money(amount=30000, currency="CNY"),
        lines=(RefundLine(line_id="jacket", quantity=0, amount=30000),),
    )
    known = ledger.applied(known, ledger.order_refund(given))
    about = exchanging(("jacket", 1, "jacket-kids"))
    assert difference(known, about).total.amount == 15000
    assert replaced(known, about).ledger["jacket-x1"].paid == 0


def test_what_the_store_does_not_offer_any_more_has_no_price() -> None:
    with pytest.raises(UnknownVariant):
        difference(bought(), exchanging(("jacket", 1, "jacket-xxl")))


# --- The new line


@pytest.mark.parametrize(("sku", "worth"), [("jacket-l", 45000), ("jacket-kids", 27000), ("jacket-pro", 75000)])
def test_the_replacement_comes_back_at_its_own_price_and_the_first_one_never_again(sku: str, worth: int) -> None:
    known = replaced(bought(), exchanging(("jacket", 1, sku)))
    [new] = known.new_lines
    assert (new.line_id, new.sku, new.paid, new.replaces) == ("jacket-x1", sku, worth, "jacket")
    after, found = returned(known, ("jacket-x1", 1))
    assert found.total.amount == worth
    with pytest.raises(ValueError, match="below zero"):
        returned(after, ("jacket", 2))


def test_its_refund_says_list_price_and_discount() -> None:
    known = replaced(bought(), exchanging(("jacket", 1, "jacket-pro")))
    _, found = returned(known, ("jacket-x1", 1))
    assert [(item.kind, item.amount) for item in found.items] == [("price", 80000), ("order_discount", -5000)]


def test_it_can_be_exchanged_again_and_is_named_after_what_it_replaces() -> None:
    known = replaced(bought(), exchanging(("jacket", 1, "jacket-l")))
    known = replaced(known, exchanging(("jacket", 1, None)))
    known = replaced(known, exchanging(("jacket-x1", 1, "jacket-pro")))
    assert [new.line_id for new in known.new_lines] == ["jacket-x1", "jacket-x2", "jacket-x1-x1"]
    assert known.ledger["jacket-x1-x1"].paid == 75000
    assert_order_balances(known)


def test_names_stay_short_and_distinct() -> None:
    long = "j" * 60
    known = told(line(long + "-1"), line(long + "-2"))
    known = replaced(known, exchanging((long + "-1", 1, None), (long + "-2", 1, None)))
    assert [new.line_id for new in known.new_lines] == ["j" * 56 + "-x1", "j" * 56 + "-x2"]


def test_only_what_came_back_is_exchanged_and_the_rest_is_free() -> None:
    seen = [{"line_id": "jacket", "quantity": 1, "condition": state} for state in ("as_described", "missing")]
    known = replaced(bought(), exchanging(("jacket", 2, "jacket-l"), inspection=seen))
    books = known.ledger["jacket"]
    assert (books.settled, books.available, books.exchanged) == (1, 1, 45000)
    assert known.ledger["jacket-x1"].bought == 1


def test_a_gift_is_exchanged_for_a_gift() -> None:
    known = replaced(told(line("gift", quantity=2, paid=0)), exchanging(("gift", 2, None)))
    assert (known.ledger["gift-x1"].bought, known.ledger["gift-x1"].paid) == (2, 0)


# --- With the rest of the order


def test_the_discount_stays_while_the_replacement_is_kept() -> None:
    scarf = line("scarf", price=20000, paid=20000)
    known = replaced(bought(jackets(), scarf), exchanging(("jacket", 2, "jacket-l")))
    _, found = returned(known, ("scarf", 1), claw_back=True)
    assert found.total.amount == 20000


def test_a_replacement_too_cheap_for_the_minimum_costs_the_discount() -> None:
    """Kept are jackets that count for 600.00, and 800.00 was to be spent: their share of the coupon is held back."""
    scarf = line("scarf", price=20000, paid=20000)
    known = replaced(bought(jackets(), scarf), exchanging(("jacket", 2, "jacket-kids")))
    _, found = returned(known, ("scarf", 1), claw_back=True)
    assert found.total.amount == 20000 - 6000


def test_shipping_comes_back_with_the_replacement() -> None:
    known = replaced(bought(shipping=1500), exchanging(("jacket", 2, "jacket-l")))
    _, found = returned(known, ("jacket-x1", 2))
    assert (found.shipping, found.total.amount) == (1500, 91500)


def test_another_unit_that_comes_back_in_between_changes_no_sum() -> None:
    """180.00 went out for the kids' jacket that is not sent yet: the other jacket's refund is less by that, for now."""
    known, about = evened_out(bought(), exchanging(("jacket", 1, "jacket-kids")))
    known, found = returned(known, ("jacket", 1))
    known = shipped(known, about)
    assert (found.total.amount, known.ledger["jacket-x1"].paid) == (45000 - 18000, 27000)
    known, rest = returned(known, ("jacket-x1", 1))
    assert rest.total.amount == 27000 + 18000
    assert paid_back(known) == 90000


skus = some.sampled_from([None, "jacket-l", "jacket-kids", "jacket-pro"])


@given(
    price=some.integers(1, 90000),
    discount=some.integers(0, 10000),
    moves=some.lists(some.tuples(some.booleans(), skus)),
)
def test_returned_one_by_one_exchanged_or_not_it_sums_to_what_was_paid(
    price: int, discount: int, moves: list[tuple[bool, str | None]]
) -> None:
    paid = max(0, 3 * price - discount)
    taken_off = 3 * price - paid
    sold = jackets(quantity=3, price=price, discount=taken_off, order_discount=taken_off // 2, paid=paid)
    known = bought(sold, line("scarf", paid=777), shipping=1200)
    for exchange_it, sku in moves:
        available = [name for name, books in known.ledger.items() if books.available and name != "scarf"]
        if not available:
            break
        name = available[-1] if sku else available[0]
        known = replaced(known, exchanging((name, 1, sku))) if exchange_it else returned(known, (name, 1))[0]
        assert_order_balances(known)
    for name, books in list(known.ledger.items()):
        for _ in range(books.available):
            known, _ = returned(known, (name, 1))
    assert paid_back(known) == paid + 777 + 1200 + charged(known)
    assert all(books.refundable == 0 for books in known.ledger.values())
