"""Our measures in EasyPost's: ounces and inches, to one decimal, and never less than there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.carriers.easypost_terms import Rate, parcel
from aftersales.carriers.gateway import Package
from aftersales.money import Money


@pytest.mark.parametrize(
    ("package", "theirs"),
    [
        (Package(grams=1), {"weight": "0.1"}),
        (Package(grams=454), {"weight": "16.1"}),
        (Package(grams=30_000), {"weight": "1058.3"}),
        (
            Package(grams=250, millimetres=(254, 255, 1)),
            {"weight": "8.9", "length": "10.0", "width": "10.1", "height": "0.1"},
        ),
    ],
    ids=["a letter", "a pound and a little", "thirty kilograms", "with its sides"],
)
def test_a_parcel_in_ounces_and_inches(package: Package, theirs: dict[str, str]) -> None:
    assert parcel(package) == theirs


@given(st.integers(1, 100_000))
def test_the_weight_is_never_below_what_it_is_and_less_than_three_grams_above(grams: int) -> None:
    declared = float(parcel(Package(grams=grams))["weight"]) * 28.349523125
    assert grams - 0.001 <= declared < grams + 2.9


@pytest.mark.parametrize(
    ("rate", "currency", "cost"),
    [("8.20", "USD", 820), ("8.205", "usd", 821), ("1240", "JPY", 1240), ("0.00", "EUR", 0)],
)
def test_a_price_is_minor_units(rate: str, currency: str, cost: int) -> None:
    offered = Rate.model_validate({"id": "rate_1", "carrier": "USPS", "rate": rate, "currency": currency})
    assert offered.cost == Money(amount=cost, currency=currency.upper())
