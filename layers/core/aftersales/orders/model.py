"""An order as the store told it, and the ledger of what after-sales has done with each of its lines."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from aftersales.model import Country, Model, Moment, ShortText
from aftersales.money import Currency
from aftersales.orders.names import Category, CustomerId, LineId, OrderNumber

MinorUnits = Annotated[int, Field(ge=0, le=10**15)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
Word = Annotated[str, Field(max_length=50)]
Name = Annotated[str, Field(max_length=100)]


class OrderLine(Model):
    """One line: `paid` is what the customer paid for all `quantity` units, after discounts and with tax.

    `discount` is what was taken off for all of them. What the law excepts from free returns can be true of goods of
    any category. `no_return_confirmed`: the customer agreed to that at the purchase (消费者购买时确认).
    """

    line_id: LineId
    title: ShortText
    sku: Name = ""
    category: Category = "general"
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    paid: MinorUnits
    discount: MinorUnits = 0
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    final_sale: bool = False
    custom_made: bool = False
    perishable: bool = False
    digital: bool = False
    no_return_confirmed: bool = False
    seller: Name = ""
    serial_number: Name | None = None
    warranty_ends_on: date | None = None


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


class OrderCustomer(Model):
    """Who ordered, by the store's own id and in its own words; `risk` is what it thinks of them."""

    customer_id: CustomerId
    tier: Word = ""
    risk: Literal["none", "watch", "blocked"] = "none"


class Purchase(Model):
    """What is known of an order as a whole. `country` is where the goods went, `season` the campaign they were sold in.

    `delivered_at` is when all of it had arrived.
    """

    currency: Currency
    placed_at: Moment
    changed_at: Moment
    delivered_at: Moment | None = None
    customer: OrderCustomer | None = None
    country: Country | None = None
    channel: Word = ""
    season: Word = ""
    payment_instrument: Word | None = None


class Order(Purchase):
    """The snapshot with its ledger by line id. Lines are never removed: an application may speak of them.

    `applications` are those that ever reserved units of it, the first one first.
    """

    store_id: str
    order_number: OrderNumber
    lines: tuple[OrderLine, ...]
    ledger: dict[str, LineLedger]
    applications: tuple[str, ...] = ()

    def line(self, line_id: str) -> OrderLine | None:
        return next((line for line in self.lines if line.line_id == line_id), None)
