"""An order as the store told it, and the ledger of what after-sales has done with each of its lines."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from aftersales.model import Country, Model, ShortText, ToldMoment
from aftersales.money import Currency, share
from aftersales.orders.address import Address
from aftersales.orders.names import SHIPPING, Category, CustomerId, LineId, OrderNumber, TenderKind, account_of

MinorUnits = Annotated[int, Field(ge=0, le=10**15)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
Word = Annotated[str, Field(max_length=50)]
Name = Annotated[str, Field(max_length=100)]
Grams = Annotated[int, Field(ge=1, le=1_000_000)]
PaymentReference = Annotated[str, Field(pattern=r"^\S+$", max_length=100)]


class Variant(Model):
    """What a line may be exchanged for; `price` is the list price of one unit, with tax."""

    sku: Annotated[str, Field(min_length=1, max_length=100)]
    title: ShortText
    price: MinorUnits


class OrderLine(Model):
    """One line: `paid` is what the customer paid for all `quantity` units, after discounts and with tax.

    `price` is the list price of one unit. For all units: `discount` is what was taken off, `order_discount` what of it
    is their share of discounts on the whole order, `tax` what was added, or is inside. What the law excepts from free
    returns can be true of goods of any category. `no_return_confirmed`: the customer agreed to that at the purchase
    (消费者购买时确认). `weight` is that of one unit, packed, in grams.
    """

    line_id: LineId
    title: ShortText
    sku: Name = ""
    category: Category = "general"
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    paid: MinorUnits
    price: MinorUnits | None = None
    discount: MinorUnits = 0
    order_discount: MinorUnits = 0
    tax: MinorUnits = 0
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    final_sale: bool = False
    custom_made: bool = False
    perishable: bool = False
    digital: bool = False
    no_return_confirmed: bool = False
    seller: Name = ""
    serial_number: Name | None = None
    warranty_ends_on: date | None = None
    weight: Grams | None = None
    variants: Annotated[tuple[Variant, ...], Field(max_length=100)] = ()

    def variant(self, sku: str) -> Variant | None:
        return next((variant for variant in self.variants if variant.sku == sku), None)

    def offers(self, sku: str | None) -> bool:
        """The same once more, or another variant."""
        return sku is None or sku == self.sku or self.variant(sku) is not None


class NewLine(OrderLine):
    """Units that the customer has in exchange for others, by application `number`. They can come back as any other.

    `paid` is what the old ones cost, and what was paid on top or given back.
    """

    replaces: LineId
    number: str


class Account(Model):
    """Minor units: paid = refundable + ordered + refunded + withheld + exchanged.

    What is withheld is paid back only when its application is disputed. What is exchanged has become a new line's.
    """

    paid: int
    refundable: int
    ordered: int = 0
    refunded: int = 0
    withheld: int = 0
    exchanged: int = 0

    @property
    def taken(self) -> int:
        """What earlier refunds have dealt with, paid or not."""
        return self.paid - self.refundable

    @classmethod
    def of(cls, paid: int) -> "Account":
        return cls(paid=paid, refundable=paid)


class LineLedger(Account):
    """Also units: bought = available + reserved + settled, where settled ones are replaced, paid back, or about to be.

    Of the goods: `in_return` are on their way, `received` here and not looked at, `received_good` as described and
    `received_damaged` not. `refused` were applied for in vain.
    """

    bought: int
    available: int
    reserved: int = 0
    settled: int = 0
    in_return: int = 0
    received: int = 0
    received_good: int = 0
    received_damaged: int = 0
    refused: int = 0

    @classmethod
    def opening(cls, line: OrderLine) -> "LineLedger":
        return cls(bought=line.quantity, available=line.quantity, paid=line.paid, refundable=line.paid)

    def worth(self, units: int) -> int:
        """What so many of the units cost, in whole minor units: all together exactly what was paid."""
        return share(self.paid, self.bought, 0, units) if self.bought else 0

    def cost(self, units: int) -> int:
        """What the next so many units cost. What is due for them may also hold what was held back on earlier ones."""
        return self.worth(self.settled + units) - self.worth(self.settled)

    def due(self, units: int) -> int:
        """What is due for the next so many units: what all units back by then are worth, less what went out before."""
        return max(0, self.worth(self.settled + units) - self.taken)


class OrderCustomer(Model):
    """Who ordered, by the store's own id and in its own words; `risk` is what it thinks of them."""

    customer_id: CustomerId
    tier: Word = ""
    risk: Literal["none", "watch", "blocked"] = "none"


class Discount(Model):
    """What one code took off the order as a whole; `minimum` is what had to be spent on goods for it."""

    code: ShortText
    amount: MinorUnits
    minimum: MinorUnits = 0


class Tender(Model):
    """What was paid by one means."""

    kind: TenderKind
    amount: MinorUnits


class Purchase(Model):
    """What is known of an order as a whole. `country` is where the goods went, `season` the campaign they were sold in.

    `delivered_at` is when all of it had arrived. `payment_reference` names the payment to the gateway that took it, as
    Stripe's PaymentIntent does. `shipping` is what was paid for sending it, with tax; `tenders` are what all of it was
    paid with, shipping too. `ship_to` is where the goods went, and come back from.
    """

    currency: Currency
    placed_at: ToldMoment
    changed_at: ToldMoment
    delivered_at: ToldMoment | None = None
    customer: OrderCustomer | None = None
    country: Country | None = None
    channel: Word = ""
    season: Word = ""
    payment_instrument: Word | None = None
    payment_reference: PaymentReference | None = None
    prices_include_tax: bool = True
    discounts: Annotated[tuple[Discount, ...], Field(max_length=20)] = ()
    shipping: MinorUnits = 0
    ship_to: Address | None = None
    tenders: Annotated[tuple[Tender, ...], Field(max_length=10)] = ()

    def opening_accounts(self) -> dict[str, Account]:
        shipping = {SHIPPING: Account.of(self.shipping)} if self.shipping else {}
        return shipping | {account_of(tender.kind): Account.of(tender.amount) for tender in self.tenders}


class Order(Purchase):
    """The snapshot with its ledger by line id. Lines are never removed: an application may speak of them.

    `new_lines` came into being by exchanges, and no telling of the store changes them. `accounts` are of money that
    belongs to no line: shipping, and beside all of it what each tender has given back. `refunds` counts how often money
    was moved, `credit` is what coupons and points given for this order are worth, in minor units; `repairs` are the
    numbers of its repairs, the first one first.
    """

    store_id: str
    order_number: OrderNumber
    lines: tuple[OrderLine, ...]
    new_lines: tuple[NewLine, ...] = ()
    ledger: dict[str, LineLedger]
    accounts: dict[str, Account] = {}
    refunds: int = 0
    credit: int = 0
    repairs: tuple[str, ...] = ()

    @property
    def all_lines(self) -> tuple[OrderLine, ...]:
        return (*self.lines, *self.new_lines)

    def line(self, line_id: str) -> OrderLine | None:
        return next((line for line in self.all_lines if line.line_id == line_id), None)
