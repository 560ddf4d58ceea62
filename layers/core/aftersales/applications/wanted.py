"""What is asked for of an order, and whether the order has it."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, model_validator

from aftersales.applications.lifecycle import TALKING, Type
from aftersales.applications.model import MAX_LINES, ApplicationLine, WantedLine
from aftersales.errors import QuantityNotAvailable, UnknownLine, UnknownOrder
from aftersales.model import Model
from aftersales.orders import store as orders
from aftersales.orders.model import Order
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
        return self


def order_with(store_id: str, wanted: Wanted) -> Order:
    """The order, when it has these units. Raises `UnknownOrder`, `UnknownLine`, `QuantityNotAvailable`."""
    order = orders.load(store_id, wanted.order_number)
    if order is None:
        raise UnknownOrder(f"no order {wanted.order_number}")
    for line in wanted.lines:
        if line.line_id not in order.ledger:
            raise UnknownLine(f"order {wanted.order_number} has no line {line.line_id}")
        books = order.ledger[line.line_id]
        left = books.bought if wanted.type in TALKING else books.available
        if line.quantity > left:
            raise QuantityNotAvailable(f"line {line.line_id}: {left} left", line_id=line.line_id, available=left)
    return order


def titled(lines: Iterable[WantedLine], order: Order) -> tuple[ApplicationLine, ...]:
    titles = {line.line_id: line.title for line in order.lines}
    return tuple(ApplicationLine(title=titles.get(line.line_id, ""), **dict(line)) for line in lines)
