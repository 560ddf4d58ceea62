"""What a storefront tells of an order, and what it is answered."""

from typing import Annotated

from pydantic import Field, model_validator

from aftersales.model import Model
from aftersales.orders.model import OrderLine, Purchase


class OrderFacts(Purchase):
    """What a storefront tells of an order. `changed_at` orders the tellings: an older one changes nothing."""

    lines: Annotated[list[OrderLine], Field(min_length=1, max_length=250)]

    @model_validator(mode="after")
    def _lines_are_distinct(self) -> "OrderFacts":
        if len({line.line_id for line in self.lines}) != len(self.lines):
            raise ValueError("two lines have the same line_id")
        return self


class OrderSynced(Model):
    """The answer to an order: whether the telling changed anything."""

    order_number: str
    changed: bool
