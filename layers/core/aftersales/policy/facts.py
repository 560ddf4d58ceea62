"""Everything that a rule may test. A policy that names another fact is refused.

One application gives one set of facts for each of its lines, and one set without a line when it is about none. Amounts
are minor units of `currency`. A fact without a value is one that nobody knew: a rule that asks for it sends the
application to a person.
"""

from datetime import date
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Channel, Reason
from aftersales.model import Model
from aftersales.orders.names import Category

Days = Annotated[int, Field(ge=0)]
MinorUnits = Annotated[int, Field(ge=0)]
Rate = Annotated[int, Field(ge=0)]


class Facts(Model):
    """Days are calendar days in the store's time zone; day 1 is the day after delivery, or after the order."""

    type: Annotated[Type, Field(description="what is applied for")]
    channel: Annotated[Channel, Field(description="how it was filed")]
    reason: Annotated[Reason | None, Field(description="why, for this line")] = None
    danger: Annotated[bool, Field(description="whether the words tell of fire, injury, poison and the like")] = False
    country: Annotated[str, Field(description="where the goods went, ISO 3166-1 alpha-2")]
    currency: Annotated[str, Field(description="of every amount, ISO 4217")]

    delivered: Annotated[bool, Field(description="whether the order has arrived")] = False
    days_since_delivery: Annotated[Days | None, Field(description="from the day after delivery")] = None
    days_since_delivery_at_work: Annotated[
        Days | None,
        Field(description="the same, not counting days off just before filing: a period that would end on one goes on"),
    ] = None
    months_since_delivery: Annotated[
        Days | None, Field(description="the month that it is in since delivery; 24 until the last day of two years")
    ] = None
    days_since_order: Annotated[Days, Field(description="from the day after the order")] = 0

    category: Annotated[Category | None, Field(description="of the goods")] = None
    tags: Annotated[tuple[str, ...], Field(description="the store's own words for the goods")] = ()
    final_sale: Annotated[bool, Field(description="sold as not to be returned")] = False
    custom_made: Annotated[bool, Field(description="made for this customer")] = False
    perishable: Annotated[bool, Field(description="fresh, or soon out of date")] = False
    digital: Annotated[bool, Field(description="a download, a code, or a sealed recording or program")] = False
    periodical: Annotated[bool, Field(description="a newspaper or a magazine")] = False
    no_return_confirmed: Annotated[bool, Field(description="the customer agreed at purchase to no free return")] = False
    opened: Annotated[bool | None, Field(description="whether the customer unsealed it, or began the download")] = None
    serial_number: Annotated[str | None, Field(description="of the unit, from the order or the customer")] = None
    seller: Annotated[str, Field(description="who sells it on the store's pages")] = ""

    quantity: Annotated[int | None, Field(description="units applied for")] = None
    price_paid: Annotated[MinorUnits | None, Field(description="for these units, after discounts, with tax")] = None
    discount: Annotated[MinorUnits, Field(description="what was taken off the price of these units")] = 0
    order_total: Annotated[MinorUnits, Field(description="what was paid for all lines of the order")] = 0
    order_channel: Annotated[str, Field(description="where it was bought")] = ""
    season: Annotated[str, Field(description="the campaign it was bought in, such as double11")] = ""
    payment_instrument: Annotated[str | None, Field(description="how it was paid")] = None

    customer_tier: Annotated[str, Field(description="the store's own word for how good a customer")] = ""
    risk: Annotated[Literal["none", "watch", "blocked"], Field(description="what the store thinks of the customer")] = (
        "none"
    )
    applications_90: Annotated[int, Field(ge=0, description="earlier applications within 90 days")] = 0
    applications_365: Annotated[int, Field(ge=0, description="earlier applications within 365 days")] = 0
    application_rate_90: Annotated[Rate | None, Field(description="those in percent of the orders in 90 days")] = None
    application_rate_365: Annotated[Rate | None, Field(description="those in percent of the orders in 365 days")] = None

    evidence: Annotated[int, Field(ge=0, description="photos and videos that have arrived")] = 0
    warranty_days_left: Annotated[
        int | None, Field(description="until the warranty ends, longer by the days in repair; below 0 when over")
    ] = None
    repairs_tried: Annotated[int, Field(ge=0, description="earlier repairs of this line")] = 0
    days_in_repair: Annotated[int, Field(ge=0, description="how long those took together")] = 0


MAY_BE_MISSING = frozenset(
    name for name, field in Facts.model_fields.items() if field.default is None and not field.is_required()
)
"""Facts that may be unknown. The others have a value always."""

OF_A_CATEGORY = ("custom_made", "perishable", "digital", "periodical")
"""Facts that are true of all goods in the category of that name."""


class Line(NamedTuple):
    """What is decided on: a line's facts, and the day of delivery from which windows are counted."""

    facts: Facts
    delivered_on: date | None
