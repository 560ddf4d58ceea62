"""How an order, its lines and its customer are called, and what kinds of goods there are."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

OrderNumber = Annotated[
    str, Field(min_length=1, max_length=64, pattern=r"^[^/\s\x00-\x1f](?:[^/\x00-\x1f]*[^/\s\x00-\x1f])?$")
]
LineId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]

CustomerId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]

Category = Literal[
    "general",
    "clothing",
    "electronics",
    "appliance",
    "perishable",
    "digital",
    "periodical",
    "custom_made",
    "intimate",
]
"""Kinds of goods: `appliance` is for the household, `periodical` a newspaper or a magazine."""

TenderKind = Literal["card", "wallet", "bank", "cash", "points", "store_credit", "gift_card"]
"""What an order is paid with; an order has at most one of each."""

ACCOUNT = "~"
"""How the name of an account of an order begins, as no line's id does."""

SHIPPING = f"{ACCOUNT}shipping"


def account_of(tender: str) -> str:
    return ACCOUNT + tender
