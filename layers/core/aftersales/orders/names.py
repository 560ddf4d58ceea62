"""How an order and its lines are called, and what kinds of goods there are."""

from typing import Annotated, Literal

from pydantic import Field

OrderNumber = Annotated[
    str, Field(min_length=1, max_length=64, pattern=r"^[^/\s\x00-\x1f](?:[^/\x00-\x1f]*[^/\s\x00-\x1f])?$")
]
LineId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]

Category = Literal["general", "clothing", "electronics", "perishable", "digital", "custom_made", "intimate"]
