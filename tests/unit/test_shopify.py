"""Shopify's order webhook, read into our terms. Bodies are as its documentation shows them, cut to what matters."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from aftersales.errors import InvalidRequest
from aftersales.orders.facts import OrderFacts
from aftersales.orders.shopify import ShopifyOrder

TEAPOT: dict[str, Any] = {
    "id": 14100000000001,
    "title": "紫砂壶 Zisha teapot",
    "sku": "ZS-01",
    "quantity": 2,
    "price": "149.50",
    "total_discount": "0.00",
    "discount_allocations": [],
    "tax_lines": [],
}


def parcel(shipment_status: str | None, updated_at: str, status: str = "success") -> dict[str, Any]:
    return {"id": 1, "status": status, "shipment_status": shipment_status, "updated_at": updated_at}


def told(*lines: dict[str, Any], **changes: Any) -> OrderFacts:
    body: dict[str, Any] = {
        "id": 820982911946154508,
        "name": "#1001",
        "currency": "CNY",
        "created_at": "2026-02-20T10:15:00+08:00",
        "updated_at": "2026-03-01T14:00:00+08:00",
        "taxes_included": True,
        "line_items": lines or (TEAPOT,),
        "fulfillments": [],
    }
    return ShopifyOrder.model_validate_json(json.dumps(body | changes)).facts()


def paid(*lines: dict[str, Any], **changes: Any) -> list[int]:
    return [line.paid for line in told(*lines, **changes).lines]


def test_a_line_paid_its_price_times_its_units() -> None:
    assert paid(TEAPOT) == [29900]


def test_yen_have_no_decimals() -> None:
    assert paid(TEAPOT | {"price": "14950"}, currency="JPY") == [29900]


def test_discounts_are_taken_off_the_line_they_were_given_on() -> None:
    sale = TEAPOT | {"discount_allocations": [{"amount": "20.00"}, {"amount": "9.90"}]}
    assert paid(sale, TEAPOT | {"id": 2}) == [29900 - 2990, 29900]


TAXED = TEAPOT | {
    "tax_lines": [{"price": "26.91", "rate": 0.09, "title": "VAT"}, {"price": "3.00", "rate": 0.01, "title": "City"}]
}


def test_taxes_on_top_of_the_price_were_paid_too() -> None:
    assert paid(TAXED, taxes_included=False) == [29900 + 2691 + 300]


def test_taxes_inside_the_price_are_not_counted_twice() -> None:
    assert paid(TAXED, taxes_included=True) == [29900]


def test_a_gift_cost_nothing() -> None:
    assert paid(TEAPOT | {"discount_allocations": [{"amount": "299.00"}]}) == [0]


def test_a_line_that_was_edited_away_is_left_out() -> None:
    assert [line.line_id for line in told(TEAPOT, TEAPOT | {"id": 2, "quantity": 0}).lines] == ["14100000000001"]


@pytest.mark.parametrize(
    "line",
    [
        TEAPOT | {"price": "free"},
        TEAPOT | {"price": "1e999999"},
        TEAPOT | {"discount_allocations": [{"amount": "300.00"}]},
        TEAPOT | {"discount_allocations": [{"amount": "?"}]},
    ],
    ids=["no number", "beyond all numbers", "less than nothing", "discount is no number"],
)
def test_a_price_that_cannot_be_is_refused(line: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest, match="#1001"):
        told(line)


def test_an_order_without_any_line_left_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        told(TEAPOT | {"quantity": 0})


def test_fields_that_shopify_adds_are_passed_over() -> None:
    newer = TEAPOT | {"attributed_staffs": [], "vendor": None}
    assert told(newer, customer={"email": "li.na@mail.example"}, estimated_taxes=False) == told(TEAPOT)


def test_the_customer_types_the_order_number_without_the_sign() -> None:
    body = {"id": 1, "name": "#1001", "currency": "CNY", "created_at": "2026-03-01T00:00:00Z"}
    order = ShopifyOrder.model_validate_json(
        json.dumps(body | {"updated_at": "2026-03-01T00:00:00Z", "line_items": [TEAPOT]})
    )
    assert order.order_number == "1001"


def test_a_title_longer_than_ours_is_cut() -> None:
    assert len(told(TEAPOT | {"title": "壶" * 255}).lines[0].title) == 200


def test_a_long_article_number_does_not_lose_the_order() -> None:
    assert told(TEAPOT | {"sku": "ZS-" + "0" * 200}).lines[0].sku.startswith("ZS-000")


def test_a_line_without_an_article_number_is_fine() -> None:
    assert told(TEAPOT | {"sku": None}).lines[0].sku == ""


SHIPPED, BILLED = {"country_code": "SG", "zip": "018956"}, {"country_code": "CN"}
AT_LARGE: list[tuple[str, dict[str, Any], str, object]] = [
    ("a customer with an account", {"customer": {"id": 7712905822422}}, "customer.customer_id", "7712905822422"),
    ("nothing more is known of them", {"customer": {"id": 1, "email": "li.na@mail.example"}}, "customer.risk", "none"),
    ("a guest", {"customer": None}, "customer", None),
    ("a customer without an id", {"customer": {"email": "li.na@mail.example"}}, "customer", None),
    ("where it was sent", {"shipping_address": SHIPPED, "billing_address": BILLED}, "country", "SG"),
    ("nothing was sent", {"shipping_address": None, "billing_address": BILLED}, "country", "CN"),
    ("sent to an unknown place", {"shipping_address": {"city": "?"}, "billing_address": BILLED}, "country", "CN"),
    ("no address", {}, "country", None),
    ("sold on the web", {"source_name": "web"}, "channel", "web"),
    ("sold by an app with a long name", {"source_name": "x" * 80}, "channel", "x" * 50),
    ("sold somewhere", {"source_name": None}, "channel", ""),
    ("paid with two", {"payment_gateway_names": ["alipay", "gift_card"]}, "payment_instrument", "alipay"),
    ("paid by a gateway with a long name", {"payment_gateway_names": ["y" * 80]}, "payment_instrument", "y" * 50),
    ("nothing to pay", {"payment_gateway_names": []}, "payment_instrument", None),
    ("no campaign is told", {}, "season", ""),
]
OF_A_LINE: list[tuple[str, dict[str, Any], str, object]] = [
    ("a discount in two parts", {"discount_allocations": [{"amount": "20.00"}, {"amount": "9.90"}]}, "discount", 2990),
    ("no discount", {}, "discount", 0),
    ("who sells it", {"vendor": "灯笼茶器"}, "seller", "灯笼茶器"),
    ("a seller with a long name", {"vendor": "z" * 200}, "seller", "z" * 100),
    ("no seller", {"vendor": None}, "seller", ""),
    ("what Shopify does not say", {}, "final_sale", False),
]


def at(facts: object, path: str) -> object:
    for name in path.split("."):
        facts = getattr(facts, name)
    return facts


@pytest.mark.parametrize(("said", "path", "known"), [row[1:] for row in AT_LARGE], ids=[row[0] for row in AT_LARGE])
def test_what_rules_test_is_read_of_an_order(said: dict[str, Any], path: str, known: object) -> None:
    assert at(told(**said), path) == known


@pytest.mark.parametrize(("said", "path", "known"), [row[1:] for row in OF_A_LINE], ids=[row[0] for row in OF_A_LINE])
def test_what_rules_test_is_read_of_a_line(said: dict[str, Any], path: str, known: object) -> None:
    assert at(told(TEAPOT | said).lines[0], path) == known


def test_what_was_taken_off_is_known_before_anything_is_paid() -> None:
    sale = TEAPOT | {"discount_allocations": [{"amount": "20.00"}]}
    [line] = told(sale, financial_status="pending").lines
    assert (line.paid, line.discount) == (0, 2000)


MONDAY, WEDNESDAY = "2026-03-02T11:00:00+08:00", "2026-03-04T09:30:00+08:00"
ARRIVED = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("parcels", "delivered_at"),
    [
        ([], None),
        ([parcel(None, MONDAY)], None),
        ([parcel("in_transit", MONDAY)], None),
        ([parcel("delivered", MONDAY)], ARRIVED),
        ([parcel("delivered", MONDAY), parcel("in_transit", WEDNESDAY)], None),
        ([parcel("delivered", WEDNESDAY), parcel("delivered", MONDAY)], datetime(2026, 3, 4, 1, 30, tzinfo=UTC)),
        (
            [parcel("in_transit", WEDNESDAY, "cancelled"), parcel("delivered", MONDAY)],
            ARRIVED,
        ),
        ([parcel(None, WEDNESDAY, "failure"), parcel("delivered", MONDAY)], ARRIVED),
        ([parcel("delivered", MONDAY, "cancelled")], None),
    ],
    ids=[
        "not sent",
        "sent, not tracked",
        "on its way",
        "arrived",
        "one of two arrived",
        "both arrived, the later one counts",
        "a cancelled parcel does not matter",
        "a parcel that could not be made does not matter",
        "only a cancelled parcel",
    ],
)
def test_the_order_is_delivered_when_its_last_parcel_is(
    parcels: list[dict[str, Any]], delivered_at: datetime | None
) -> None:
    assert told(fulfillments=parcels).delivered_at == delivered_at


def test_an_order_of_which_a_part_was_not_sent_yet_is_not_delivered() -> None:
    arrived = [parcel("delivered", MONDAY)]
    assert told(fulfillments=arrived, fulfillment_status="partial").delivered_at is None


def test_moments_are_kept_with_their_zone() -> None:
    facts = told()
    assert facts.placed_at == datetime(2026, 2, 20, 2, 15, tzinfo=UTC)
    assert facts.changed_at == datetime(2026, 3, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "state",
    [
        {"financial_status": "pending"},
        {"financial_status": "partially_paid"},
        {"cancelled_at": "2026-03-01T09:00:00+08:00"},
    ],
)
def test_an_order_that_is_not_paid_or_was_cancelled_has_nothing_to_pay_back(state: dict[str, str]) -> None:
    assert paid(TEAPOT, financial_status="paid") == [29900]
    assert paid(TEAPOT, **({"financial_status": "paid"} | state)) == [0]


COUPON: dict[str, Any] = {"type": "discount_code", "allocation_method": "across", "code": "WELCOME20"}
SALE: dict[str, Any] = {"type": "automatic", "allocation_method": "each", "title": "Spring sale"}


def test_a_discount_on_the_whole_order_is_told_from_one_on_a_line() -> None:
    allocated = [
        {"amount": "20.00", "discount_application_index": 0},
        {"amount": "9.50", "discount_application_index": 1},
    ]
    facts = told(TEAPOT | {"discount_allocations": allocated}, discount_applications=[COUPON, SALE])
    [line] = facts.lines
    assert (line.price, line.discount, line.order_discount, line.paid) == (14950, 2950, 2000, 29900 - 2950)
    assert [(each.code, each.amount, each.minimum) for each in facts.discounts] == [("WELCOME20", 2000, 0)]


def test_one_coupon_over_two_lines_is_one_discount() -> None:
    allocated = {"discount_allocations": [{"amount": "10.00", "discount_application_index": 0}]}
    facts = told(TEAPOT | allocated, TEAPOT | {"id": 2} | allocated, discount_applications=[COUPON])
    assert [(each.code, each.amount) for each in facts.discounts] == [("WELCOME20", 2000)]


POST: dict[str, Any] = {
    "price": "12.00",
    "discount_allocations": [{"amount": "2.00", "discount_application_index": 0}],
    "tax_lines": [{"price": "1.30"}],
}


@pytest.mark.parametrize(("included", "shipping"), [(True, 1000), (False, 1130)])
def test_shipping_is_what_was_paid_for_it(included: bool, shipping: int) -> None:
    assert told(shipping_lines=[POST], taxes_included=included).shipping == shipping


def test_before_it_is_paid_there_is_no_price_and_no_shipping_to_pay_back() -> None:
    facts = told(TEAPOT, financial_status="pending", shipping_lines=[POST])
    assert (facts.shipping, facts.lines[0].paid, facts.lines[0].price) == (0, 0, None)


def test_tax_on_top_is_told_beside_the_price() -> None:
    facts = told(TAXED, taxes_included=False)
    assert (facts.prices_include_tax, facts.lines[0].tax) == (False, 2991)
