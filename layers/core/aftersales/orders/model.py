"""An order as the store told it, and the ledger of what after-sales has done with each of its lines."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from aftersales.model import Model, Moment, ShortText
from aftersales.money import Currency

OrderNumber = Annotated[
    str, Field(min_length=1, max_length=64, pattern=r"^[^/\s\x00-\x1f](?:[^/\x00-\x1f]*[^/\s\x00-\x1f])?$")
]
LineId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
MinorUnits = Annotated[int, Field(ge=0, le=10**15)]

Category = Literal["general", "clothing", "electronics", "perishable", "digital", "custom_made", "intimate"]


class OrderLine(Model):
    """One line: `paid` is what the customer paid for all `quantity` units, after discounts and with tax."""

    line_id: LineId
    title: ShortText
    sku: Annotated[str, Field(max_length=100)] = ""
    category: Category = "general"
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    paid: MinorUnits


class OrderFacts(Model):
    """What a storefront tells of an order. `changed_at` orders the tellings: an older one changes nothing."""

    currency: Currency
    placed_at: Moment
    changed_at: Moment
    delivered_at: Moment | None = None
    lines: Annotated[list[OrderLine], Field(min_length=1, max_length=250)]

    @model_validator(mode="after")
    def _lines_are_distinct(self) -> "OrderFacts":
        if len({line.line_id for line in self.lines}) != len(self.lines):
            raise ValueError("two lines have the same line_id")
        return self


class LineLedger(Model):
    """Units: bought = available + reserved + settled. Minor units: paid = refundable + ordered + refunded."""

    bought: int
    available: int
    reserved: int
    settled: int
    paid: int
    refundable: int
    ordered: int
    refunded: int

    @classmethod
    def opening(cls, line: OrderLine) -> "LineLedger":
        return cls(
            bought=line.quantity,
            available=line.quantity,
            reserved=0,
            settled=0,
            paid=line.paid,
            refundable=line.paid,
            ordered=0,
            refunded=0,
        )


class Order(Model):
    """The snapshot with its ledger by line id. Lines are never removed: an application may speak of them."""

    store_id: str
    order_number: OrderNumber
    currency: Currency
    placed_at: Moment
    changed_at: Moment
    delivered_at: Moment | None = None
    lines: tuple[OrderLine, ...]
    ledger: dict[str, LineLedger]

    def line(self, line_id: str) -> OrderLine | None:
        return next((line for line in self.lines if line.line_id == line_id), None)


class OrderSynced(Model):
    """The answer to an order: whether the telling changed anything."""

    order_number: str
    changed: bool
