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

    @model_validator(mode="after")
    def _amounts_add_up(self) -> "OrderFacts":
        for line in self.lines:
            self._check_line(line)
        if sum(line.order_discount for line in self.lines) != sum(discount.amount for discount in self.discounts):
            raise ValueError("the lines' order_discount must come to what the discounts took off")
        return self

    def _check_line(self, line: OrderLine) -> None:
        if line.order_discount > line.discount:
            raise ValueError(f"line {line.line_id}: order_discount is a part of discount")
        tax = 0 if self.prices_include_tax else line.tax
        if line.price is not None and line.price * line.quantity - line.discount + tax != line.paid:
            raise ValueError(f"line {line.line_id}: price times quantity, less discount, plus tax on top is not paid")

    @model_validator(mode="after")
    def _tenders_add_up(self) -> "OrderFacts":
        """Tenders that do not add up would send money back where it did not come from: refused, not guessed at."""
        if len({tender.kind for tender in self.tenders}) != len(self.tenders):
            raise ValueError("two tenders are of the same kind: add them up")
        paid = sum(line.paid for line in self.lines) + self.shipping
        if self.tenders and sum(tender.amount for tender in self.tenders) != paid:
            raise ValueError(f"the tenders must come to {paid}: what was paid for the lines and for shipping")
        return self


class OrderSynced(Model):
    """The answer to an order: whether the telling changed anything."""

    order_number: str
    changed: bool
