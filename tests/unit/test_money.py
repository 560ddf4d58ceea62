"""Money: decimal texts in, minor units inside, parts that add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from aftersales.money import Money, decimal_text, minor_units, share, spread


@pytest.mark.parametrize(
    ("price", "currency", "amount"),
    [
        ("19.99", "CNY", 1999),
        ("19.9", "USD", 1990),
        ("1999", "EUR", 199900),
        ("1999", "JPY", 1999),
        ("150000", "VND", 150000),
        ("1.234", "KWD", 1234),
        ("0.0001", "CLF", 1),
        ("0", "CNY", 0),
    ],
)
def test_a_price_becomes_minor_units_of_its_currency(price: str, currency: str, amount: int) -> None:
    assert minor_units(price, currency) == amount


@pytest.mark.parametrize(
    ("price", "currency", "amount"),
    [("0.005", "CNY", 1), ("0.0049", "CNY", 0), ("2.675", "USD", 268), ("99.5", "JPY", 100), ("1.2345", "BHD", 1235)],
)
def test_half_a_minor_unit_is_rounded_up_as_shops_do(price: str, currency: str, amount: int) -> None:
    assert minor_units(price, currency) == amount


@pytest.mark.parametrize(
    "price", ["", "free", "19,99", "¥19.99", "NaN", "sNaN", "Infinity", "-inf", "1e999999", "1.2.3"]
)
def test_what_is_no_price_is_refused(price: str) -> None:
    with pytest.raises(ValueError, match=r"amount of money|NaN"):
        minor_units(price, "CNY")


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (1999, "CNY", "19.99 CNY"),
        (5, "USD", "0.05 USD"),
        (123456789, "JPY", "123,456,789 JPY"),
        (1234, "KWD", "1.234 KWD"),
    ],
)
def test_a_person_reads_an_amount_with_the_decimals_of_its_currency(amount: int, currency: str, text: str) -> None:
    assert decimal_text(Money(amount=amount, currency=currency)) == text


@given(amount=some.integers(0, 10**15), currency=some.sampled_from(["CNY", "JPY", "KWD", "CLF"]))
def test_what_is_read_can_be_typed_in_again(amount: int, currency: str) -> None:
    typed = decimal_text(Money(amount=amount, currency=currency)).removesuffix(f" {currency}").replace(",", "")
    assert minor_units(typed, currency) == amount


@pytest.mark.parametrize(
    "wrong", [{"amount": -1}, {"amount": 19.99}, {"amount": 10**15 + 1}, {"currency": "yuan"}, {"currency": "CN"}]
)
def test_money_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Money.model_validate({"amount": 1999, "currency": "CNY"} | wrong)


def test_three_cups_for_ten_yuan_are_paid_back_one_by_one() -> None:
    assert [share(1000, 3, settled, 1) for settled in range(3)] == [333, 333, 334]


@given(paid=some.integers(0, 10**15), portions=some.lists(some.integers(1, 500), min_size=1, max_size=20))
def test_whatever_the_portions_all_units_together_are_worth_what_was_paid(paid: int, portions: list[int]) -> None:
    settled, paid_back = 0, 0
    for portion in portions:
        paid_back += share(paid, sum(portions), settled, portion)
        settled += portion
    assert paid_back == paid


@given(paid=some.integers(0, 10**9), units=some.integers(1, 1000), data=some.data())
def test_a_portion_is_worth_its_fair_part_give_or_take_one_minor_unit(
    paid: int, units: int, data: some.DataObject
) -> None:
    settled = data.draw(some.integers(0, units - 1))
    portion = data.draw(some.integers(1, units - settled))
    assert abs(share(paid, units, settled, portion) - paid * portion / units) <= 1


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (10000, [20000, 6000, 4000], [6667, 2000, 1333]),
        (100, [1, 1, 1], [34, 33, 33]),
        (1, [5, 3, 9], [0, 0, 1]),
        (0, [5, 3], [0, 0]),
        (7, [0, 0], [0, 0]),
    ],
    ids=["by proportion", "of equals the first", "to the largest remainder", "nothing", "over nothing"],
)
def test_an_amount_is_spread_by_largest_remainder(amount: int, weights: list[int], parts: list[int]) -> None:
    assert spread(amount, weights) == parts


@given(weights=some.lists(some.integers(0, 10**12), min_size=1, max_size=30), data=some.data())
def test_parts_add_up_and_none_is_above_what_is_there(weights: list[int], data: some.DataObject) -> None:
    amount = data.draw(some.integers(0, sum(weights)))
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
