"""Goods that go to the customer in place of others, or once more."""

from typing import Annotated, Literal

from pydantic import Field

from aftersales.applications.consignment import Consignment
from aftersales.model import Model, Moment, Quantity
from aftersales.orders.names import LineId

Amount = Annotated[int, Field(ge=0)]

ReplacementState = Literal["wanted", "reserved", "ordered", "shipped", "delivered", "failed"]
"""Wanted: the store is to set them aside. Ordered: it is to send them. Failed: it has none."""


class ReplacementLine(Model):
    """Units that replace those of `line_id`. `worth` is what they cost all together, in minor units of the order.

    Once they were sent in exchange, `new_line_id` names the line of the order that they have become, and `exchanged` is
    what of the old ones' price became theirs.
    """

    line_id: LineId
    quantity: Quantity
    sku: str = ""
    title: str = ""
    worth: Amount = 0
    new_line_id: LineId | None = None
    exchanged: Amount = 0


class Delivery(Consignment):
    """A parcel to the customer."""

    sent_at: Moment
    delivered_at: Moment | None = None


class Replacement(Model):
    """`replacement_id` names it to the storefront: told again, it is the same goods.

    `reference` is the storefront's own name for it, as the number of its order.
    """

    replacement_id: str
    state: ReplacementState
    lines: tuple[ReplacementLine, ...]
    reference: str | None = None
