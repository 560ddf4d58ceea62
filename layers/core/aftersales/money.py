"""Money is an integer of minor units with its ISO 4217 currency; no float ever holds an amount."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import Field

from aftersales.model import Model

# ISO 4217 (2024): currencies whose minor unit is not 1/100. All others have two decimals.
DECIMALS = (
    dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    )
    | dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3)
    | {"CLF": 4, "UYW": 4}
)

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Money(Model):
    """`amount` counts minor units: 1999 CNY is 19.99 yuan, 1999 JPY is 1,999 yen."""

    amount: Annotated[int, Field(ge=0, le=10**15)]
    currency: Currency


def minor_units(text: str, currency: str) -> int:
    """Turn a decimal price such as `"19.99"` into minor units, half up.

    Raises `ValueError` when the text is not a finite decimal number.
    """
    try:
        amount = Decimal(text).scaleb(DECIMALS.get(currency, 2))
        return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
    except ArithmeticError:
        raise ValueError(f"not an amount of money: {text!r}") from None


def decimal_text(money: Money) -> str:
    """`19.99 CNY`, `1999 JPY`: what a person reads in a mail."""
    return signed_text(money.amount, money.currency)


def signed_text(amount: int, currency: str) -> str:
    """The same for minor units that may be below zero: `-5.00 CNY`."""
    places = DECIMALS.get(currency, 2)
    return f"{Decimal(amount).scaleb(-places):,.{places}f} {currency}"


def share(paid: int, units: int, start: int, count: int) -> int:
    """The part of `paid` that falls to `count` of `units`, the first `start` of which were settled before.

    Cumulative floors: settling all units, in whatever portions, adds up to exactly `paid`.
    """
    return paid * (start + count) // units - paid * start // units


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` in parts as `weights` are to each other, by largest remainder; of equal remainders the first wins.

    The parts add up to `amount`. None is above its weight while `amount` is not above them all together, since a
    weight that divides evenly has no remainder.
    """
    whole = sum(weights)
    if not whole:
        return [0 for _ in weights]
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(parts)), key=lambda i: -(amount * weights[i] % whole))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return parts
