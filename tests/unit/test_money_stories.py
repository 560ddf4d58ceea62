"""Stories about money. Every amount is worked out by hand, and docs/money.md tells the same ones."""

from pathlib import Path
from typing import Any

import pytest

from aftersales.applications.model import Application
from aftersales.applications.refund import Quote, Refund
from aftersales.applications.words import REFUND_ITEM
from aftersales.money import Money, decimal_text
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.resolution.claim import claim_of
from aftersales.resolution.quote import quote
from tests.books import paid_back
from tests.unit.builders import application, line, told
from tests.unit.exchanges import difference, exchanging, replaced, returned

PAGE = Path(__file__).parents[2] / "docs" / "money.md"

LANTERNS = [
    {"sku": "lantern-red", "title": "山雀露营灯 红", "price": 12900},
    {"sku": "lantern-small", "title": "山雀露营灯 mini", "price": 8600},
    {"sku": "lantern-twin", "title": "山雀露营灯 双灯", "price": 15900},
]
LANTERN = line(
    "lantern",
    title="山雀露营灯",
    quantity=2,
    price=12900,
    discount=2000,
    order_discount=2000,
    paid=23800,
    variants=LANTERNS,
)
WITH_SHIPPING = told(LANTERN, shipping=1200, discounts=[{"code": "WELCOME20", "amount": 2000}])
TEA_SET = told(
    line("teapot", price=20000, discount=2000, order_discount=2000, paid=18000),
    line("cups", price=6000, discount=600, order_discount=600, paid=5400),
    line("tray", price=4000, discount=400, order_discount=400, paid=3600),
    discounts=[{"code": "SPRING", "amount": 3000, "minimum": 25000}],
)
"""300.00 yuan of goods, 30.00 off for whoever buys for 250.00 or more."""


def returning(*units: tuple[str, int], reason: str = "changed_mind", **more: Any) -> Application:
    lines = [{"line_id": line_id, "quantity": quantity, "reason": reason} for line_id, quantity in units]
    return application(**{"lines": lines} | more)


def on_terms(line_id: str, **terms: Any) -> dict[str, Any]:
    decided = {"line_id": line_id, "outcome": "accept"} | terms
    return {"outcome": "accept", "reasons": [], "policy": "lantern@3", "lines": [decided]}


def worked_out(known: Order, about: Application, **how: Any) -> Quote:
    return quote(known, claim_of(about), **how)


def paid(known: Order, about: Application, **how: Any) -> Order:
    """The order after this refund."""
    refund = Refund(refund_id="r", **dict(worked_out(known, about, **how)))
    for move in (ledger.reserve(about.lines), ledger.order_refund(refund), ledger.confirm_refund(refund)):
        known = ledger.applied(known, move)
    return known


def items(found: Quote) -> list[tuple[str, int]]:
    return [(item.kind, item.amount) for item in found.items]


def on_the_page(title: str, *found: Quote) -> None:
    """The page tells this story with these numbers."""
    section = PAGE.read_text(encoding="utf-8").partition(f"### {title}\n")[2].partition("\n#")[0]
    assert section, f"docs/money.md has no story {title!r}"
    assert [row for row in section.splitlines() if row.startswith("|")] == table(*found)


def table(*found: Quote) -> list[str]:
    return ["| | |", "| --- | ---: |", *(row for each in found for row in _rows(each))]


def _rows(found: Quote) -> list[str]:
    names = REFUND_ITEM["en"]
    rows = [f"| {names[item.kind]} | {_text(item.amount, found.total.currency)} |" for item in found.items]
    tenders = [f"| of it to {part.kind} | {_text(part.amount, found.total.currency)} |" for part in found.tenders]
    to_pay = f"| **to pay** | **{_text(found.to_pay, found.total.currency)}** |"
    total = to_pay if found.to_pay else f"| **paid back** | **{decimal_text(found.total)}** |"
    return [*rows, total, *tenders]


def _text(amount: int, currency: str) -> str:
    return ("−" if amount < 0 else "") + decimal_text(Money(amount=abs(amount), currency=currency))


def test_one_of_two_lanterns_comes_back_with_its_share_of_the_coupon() -> None:
    found = worked_out(WITH_SHIPPING, returning(("lantern", 1)))
    assert items(found) == [("price", 12900), ("order_discount", -1000)]
    assert found.total.document() == {"amount": 11900, "currency": "CNY"}
    on_the_page("One of two comes back", found)


def test_both_come_back_and_so_does_what_sending_them_cost() -> None:
    found = worked_out(WITH_SHIPPING, returning(("lantern", 2)))
    assert items(found) == [("price", 25800), ("order_discount", -2000), ("shipping", 1200)]
    assert found.total.amount == 25000
    on_the_page("Everything comes back", found)


def test_one_is_broken_and_its_half_of_the_shipping_was_for_nothing() -> None:
    found = worked_out(WITH_SHIPPING, returning(("lantern", 1), reason="damaged_in_transit"))
    assert items(found) == [("price", 12900), ("order_discount", -1000), ("shipping", 600)]
    assert found.total.amount == 12500
    on_the_page("One is broken", found)


def test_three_cups_for_ten_yuan_come_back_one_by_one() -> None:
    known, found = told(line("cup", quantity=3, price=350, discount=50, paid=1000)), []
    for _ in range(3):
        found.append(worked_out(known, returning(("cup", 1))))
        known = paid(known, returning(("cup", 1)))
    assert [each.total.amount for each in found] == [333, 333, 334]
    assert items(found[0]) == [("price", 350), ("line_discount", -16), ("rounding", -1)]
    assert known.ledger["cup"].refunded == 1000
    on_the_page("One by one", *found)


def test_opened_earphones_cost_fifteen_percent_rounded_for_the_customer() -> None:
    """15 % of 299.90 is 44.985: the fee is 44.98."""
    known = told(line("earphones", price=29990, paid=29990))
    found = worked_out(known, returning(("earphones", 1), decision=on_terms("earphones", restocking_fee=15)))
    assert items(found) == [("price", 29990), ("restocking_fee", -4498)]
    assert found.total.amount == 25492
    on_the_page("A restocking fee", found)


def test_a_coupon_goes_when_what_is_kept_no_longer_earns_it() -> None:
    """Cups and tray alone would have cost 100.00: of 270.00, that is what the store keeps."""
    found = worked_out(TEA_SET, returning(("teapot", 1)), claw_back=True)
    assert items(found) == [("price", 20000), ("order_discount", -2000), ("coupon", -1000)]
    assert found.total.amount == 17000
    on_the_page("A coupon whose minimum no longer holds", found)


def test_what_was_held_back_of_the_coupon_comes_with_the_rest_of_the_order() -> None:
    known = paid(TEA_SET, returning(("teapot", 1)), claw_back=True)
    found = worked_out(known, returning(("cups", 1), ("tray", 1)), claw_back=True)
    assert [item for item in items(found) if item[0] == "coupon"] == [("coupon", 1000)]
    assert found.total.amount == 27000 - 17000
    assert [(each.line_id, each.quantity, each.amount) for each in found.lines][2] == ("teapot", 0, 1000)
    on_the_page("And then the rest comes back", found)


def test_tax_on_top_of_the_price_comes_back_with_the_goods() -> None:
    known = told(line("kettle", quantity=2, price=4000, tax=660, paid=8660), currency="USD", prices_include_tax=False)
    found = worked_out(known, returning(("kettle", 1)))
    assert items(found) == [("price", 4000), ("tax", 330)]
    on_the_page("Tax on top", found)


def test_two_bowls_were_announced_and_one_came() -> None:
    """The other is not paid for; once the refund is paid, it can be applied for again."""
    known = told(line("bowl", quantity=2, price=4500, paid=9000))
    seen = [{"line_id": "bowl", "quantity": 1, "condition": state} for state in ("as_described", "missing")]
    about = returning(("bowl", 2), inspection=seen)
    found = worked_out(known, about)
    assert (found.total.amount, found.not_returned) == (4500, {"bowl": 1})
    books = paid(known, about).ledger["bowl"]
    assert (books.available, books.settled, books.refundable) == (1, 1, 4500)
    on_the_page("One of two did not arrive", found)


def test_a_used_lamp_is_paid_back_less_and_the_difference_stays() -> None:
    known = told(line("lamp", quantity=2, price=11900, paid=23800))
    found = worked_out(known, returning(("lamp", 1)), amount=8100)
    assert items(found) == [("price", 11900), ("adjustment", -3800)]
    then = worked_out(paid(known, returning(("lamp", 1)), amount=8100), returning(("lamp", 1)))
    assert then.total.amount == 11900
    on_the_page("Used more than needed", found)


def test_points_and_gift_card_come_back_as_they_were_spent() -> None:
    """A third of 300.00: of 66.666… to the card the fen goes where the remainder is largest."""
    tenders = [{"kind": "card", "amount": 20000}, {"kind": "points", "amount": 6000}]
    known = told(
        line("tent", quantity=3, price=10000, paid=30000), tenders=[*tenders, {"kind": "gift_card", "amount": 4000}]
    )
    found = worked_out(known, returning(("tent", 1)))
    assert [(part.kind, part.amount) for part in found.tenders] == [
        ("card", 6667),
        ("points", 2000),
        ("gift_card", 1333),
    ]
    on_the_page("Paid with card, points and a gift card", found)


def test_who_bears_the_way_back_has_it_taken_off() -> None:
    about = returning(("lantern", 1), decision=on_terms("lantern", return_freight="customer"))
    assert claim_of(about).customer_pays_return
    found = worked_out(WITH_SHIPPING, about, return_freight=1200)
    assert items(found) == [("price", 12900), ("order_discount", -1000), ("return_freight", -1200)]
    assert found.total.amount == 10700
    on_the_page("The store paid the carrier", found)


# --- Exchanges


def test_a_smaller_lantern_is_worth_two_thirds_and_the_rest_is_paid_back() -> None:
    found = difference(WITH_SHIPPING, exchanging(("lantern", 1, "lantern-small")))
    assert items(found) == [("price", 12900), ("order_discount", -1000), ("replacement", -7933)]
    assert (found.total.amount, found.to_pay) == (3967, 0)
    on_the_page("An exchange for less", found)


def test_the_smaller_lantern_comes_back_as_well() -> None:
    known = replaced(WITH_SHIPPING, exchanging(("lantern", 1, "lantern-small")))
    known, found = returned(known, ("lantern-x1", 1))
    assert found.total.amount == 7933
    assert paid_back(known) == 11900
    on_the_page("And the small one comes back as well", found)


def test_a_dearer_lantern_costs_the_difference_of_the_list_prices() -> None:
    found = difference(WITH_SHIPPING, exchanging(("lantern", 1, "lantern-twin")))
    assert items(found) == [("price", 12900), ("order_discount", -1000), ("replacement", -14900)]
    assert (found.total.amount, found.to_pay) == (0, 3000)
    on_the_page("An exchange for more", found)


def test_everything_comes_back_after_an_exchange_for_more() -> None:
    known = replaced(WITH_SHIPPING, exchanging(("lantern", 1, "lantern-twin")))
    known, first = returned(known, ("lantern-x1", 1))
    known, then = returned(known, ("lantern", 1))
    assert (first.total.amount, then.total.amount) == (14900, 13100)
    assert paid_back(known) == 23800 + 1200 + 3000
    on_the_page("And then everything comes back", first, then)


@pytest.mark.parametrize("sku", [None, "lantern-red"])
def test_another_colour_costs_nothing_and_is_worth_the_same(sku: str | None) -> None:
    about = exchanging(("lantern", 1, sku))
    found = difference(WITH_SHIPPING, about)
    assert (found.total.amount, found.to_pay) == (0, 0)
    _, back = returned(replaced(WITH_SHIPPING, about), ("lantern-x1", 1))
    assert items(back) == [("price", 12900), ("order_discount", -1000)]


# --- And what is left of them


def test_a_store_may_leave_the_coupon_as_it_is() -> None:
    assert worked_out(TEA_SET, returning(("teapot", 1)), claw_back=False).total.amount == 18000


def test_a_fault_of_the_store_costs_no_coupon() -> None:
    found = worked_out(TEA_SET, returning(("teapot", 1), reason="defective"), claw_back=True)
    assert found.total.amount == 18000


def test_a_coupon_never_makes_a_refund_negative_and_is_never_taken_twice() -> None:
    """50.00 off for 100.00. Of the cloth's 5.24 nothing is left once the discount on the teapot is taken off."""
    known = told(
        line("teapot", price=9500, discount=4524, order_discount=4524, paid=4976),
        line("cloth", price=1000, discount=476, order_discount=476, paid=524),
        discounts=[{"code": "FIFTY", "amount": 5000, "minimum": 10000}],
    )
    assert worked_out(known, returning(("cloth", 1)), claw_back=True).total.amount == 0
    known = paid(known, returning(("cloth", 1)), claw_back=True)
    assert worked_out(known, returning(("teapot", 1)), claw_back=True).total.amount == 4976 + 524


@pytest.mark.parametrize(("currency", "paid_for_three"), [("JPY", 1000), ("KWD", 10000), ("CNY", 10)])
def test_every_currency_adds_up_in_its_own_minor_units(currency: str, paid_for_three: int) -> None:
    known, totals = told(line("beanie", quantity=3, paid=paid_for_three), currency=currency), []
    for _ in range(3):
        totals.append(worked_out(known, returning(("beanie", 1))).total.amount)
        known = paid(known, returning(("beanie", 1)))
    assert sum(totals) == paid_for_three


def test_what_the_customer_keeps_is_paid_back_whole() -> None:
    about = returning(("lantern", 1), decision=on_terms("lantern", send_back=False, return_freight="store"))
    assert worked_out(WITH_SHIPPING, about).total.amount == 11900
    assert not claim_of(about).customer_pays_return
