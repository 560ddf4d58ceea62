"""What is asked for of an order, and whether the order has it."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, model_validator

from aftersales.applications.lifecycle import TALKING, Type
from aftersales.applications.model import MAX_LINES, ApplicationLine, WantedLine
from aftersales.errors import QuantityNotAvailable, UnknownLine, UnknownOrder, UnknownVariant
from aftersales.model import Model
from aftersales.orders import store as orders
from aftersales.orders.model import Order, OrderLine
from aftersales.orders.names import OrderNumber


class Wanted(Model):
    """Which units of an order it is about, and what is to be done about them."""

    order_number: OrderNumber
    type: Type
    lines: Annotated[list[WantedLine], Field(max_length=MAX_LINES)] = []

    @model_validator(mode="after")
    def _lines_make_sense(self) -> "Wanted":
        if not self.lines and self.type not in TALKING:
            raise ValueError("lines are needed for this type")
        if len({line.line_id for line in self.lines}) != len(self.lines):
            raise ValueError("two lines have the same line_id")
        if self.type is not Type.EXCHANGE and any(line.variant for line in self.lines):
            raise ValueError("a variant is for an exchange only")
        return self


def order_with(store_id: str, wanted: Wanted) -> Order:
    """The order, when it has these units.

    Raises `UnknownOrder`, `UnknownLine`, `UnknownVariant`, `QuantityNotAvailable`.
    """
    order = orders.load(store_id, wanted.order_number)
    if order is None:
        raise UnknownOrder(f"no order {wanted.order_number}")
    for line in wanted.lines:
        if line.line_id not in order.ledger:
            raise UnknownLine(f"order {wanted.order_number} has no line {line.line_id}")
        _must_offer(order, line)
        books = order.ledger[line.line_id]
        left = books.bought if wanted.type in TALKING else books.available
        if line.quantity > left:
            raise QuantityNotAvailable(f"line {line.line_id}: {left} left", line_id=line.line_id, available=left)
    return order


def _must_offer(order: Order, line: WantedLine) -> None:
    sold = order.line(line.line_id)
    if sold and not sold.offers(line.variant):
        raise UnknownVariant(f"line {line.line_id} has no variant {line.variant}")


def titled(lines: Iterable[WantedLine], order: Order) -> tuple[ApplicationLine, ...]:
    """As the order calls them. To want the variant that was bought is to want the same."""
    sold = {line.line_id: line for line in order.all_lines}
    return tuple(_titled(line, sold.get(line.line_id)) for line in lines)


def _titled(line: WantedLine, sold: OrderLine | None) -> ApplicationLine:
    same = sold is not None and line.variant == sold.sku
    variant = None if same else line.variant
    return ApplicationLine(title=sold.title if sold else "", **dict(line) | {"variant": variant})
