"""An order as the store told it, and the ledger of what after-sales has done with each of its lines."""

from typing import Annotated

from pydantic import Field

from aftersales.model import Model, Moment, ShortText
from aftersales.money import Currency
from aftersales.orders.names import Category, LineId, OrderNumber

MinorUnits = Annotated[int, Field(ge=0, le=10**15)]


class OrderLine(Model):
    """One line: `paid` is what the customer paid for all `quantity` units, after discounts and with tax."""

    line_id: LineId
    title: ShortText
    sku: Annotated[str, Field(max_length=100)] = ""
    category: Category = "general"
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    paid: MinorUnits


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
