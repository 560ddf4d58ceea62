"""What a refund comes to and why, and how an ordered one ended."""

from typing import Annotated, Literal

from pydantic import Field

from aftersales.model import Model, Moment
from aftersales.money import Money
from aftersales.orders.names import LineId, TenderKind

ItemKind = Literal[
    "paid",
    "price",
    "line_discount",
    "order_discount",
    "tax",
    "rounding",
    "coupon",
    "restocking_fee",
    "return_freight",
    "shipping",
    "replacement",
    "compensation",
    "adjustment",
]
"""`paid` is what was paid for units whose list price is unknown. What each is for stands in `docs/money.md`."""


RefundOutcome = Literal["paid", "failed"]

RefundPurpose = Literal["return", "difference", "compensation"]
"""What is paid back: the price of units; what a cheaper replacement costs less; or a part, with the goods kept."""


class QuoteItem(Model):
    """One part of a refund, in minor units; what is taken off is below zero."""

    kind: ItemKind
    line_id: LineId | None = None
    quantity: int | None = None
    amount: int


class RefundLine(Model):
    """`amount` is in minor units of the order's currency. Without a unit: held back at an earlier refund, due now."""

    line_id: LineId
    quantity: Annotated[int, Field(ge=0, le=10_000)]
    amount: Annotated[int, Field(ge=0)]


class TenderPart(Model):
    """What goes back to one means of payment, in minor units."""

    kind: TenderKind
    amount: Annotated[int, Field(ge=0)]


class Quote(Model):
    """What a refund comes to: the items add up to the total, and so do the lines with the shipping, and the tenders.

    Amounts are in minor units. `withheld`, by line or account, will not be paid back later either. `not_returned` are
    units that did not come back, by line: nothing is paid for them, and they may be applied for again. Without tenders
    the desk was not told what the order was paid with. `to_pay` is what a dearer replacement costs the customer.
    """

    total: Money
    to_pay: int = 0
    items: tuple[QuoteItem, ...] = ()
    lines: tuple[RefundLine, ...]
    shipping: int = 0
    tenders: tuple[TenderPart, ...] = ()
    withheld: dict[str, int] = {}
    not_returned: dict[str, int] = {}


class Refund(Quote):
    """One attempt to pay back what was quoted. `refund_id` names it to the gateway: the same id is paid once.

    `payment_reference` names the payment that it was ordered against: what the store tells later does not move it.
    `undelivered_at` is when the gateway had not taken it for a day. `contradicted` is another outcome that was told
    after the first: then nobody knows without looking whether money went back. `released`, by line or account, is the
    part of it that an earlier refund of the application had withheld. `reclaimed` are units that never came, by line:
    the customer has paid for them again.
    """

    refund_id: str
    purpose: RefundPurpose = "return"
    payment_reference: str | None = None
    outcome: RefundOutcome | None = None
    reference: str | None = None
    undelivered_at: Moment | None = None
    contradicted: RefundOutcome | None = None
    released: dict[str, int] = {}
    reclaimed: dict[str, int] = {}
