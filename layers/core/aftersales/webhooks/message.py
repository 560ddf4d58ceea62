"""A message to a storefront, and what it is made from."""

from datetime import datetime
from typing import Literal, NamedTuple

from aftersales.applications.model import Application, TimelineEvent
from aftersales.clock import rfc3339
from aftersales.orders.model import Order
from aftersales.stores.model import Store

MessageType = Literal[
    "replacement.reserve",
    "replacement.ship",
    "replacement.release",
    "charge.ordered",
    "charge.void",
    "credit.ordered",
    "goods.inspected",
    "refund.paid",
]


class Happened(NamedTuple):
    """An event, and all that it is about, as that stands by now."""

    event: TimelineEvent
    application: Application
    order: Order
    store: Store


class Message(NamedTuple):
    """Told again, it has the same `id`. `at` is when the event happened."""

    id: str
    type: MessageType
    at: datetime
    data: dict[str, object]

    def document(self) -> dict[str, object]:
        return {"type": self.type, "timestamp": rfc3339(self.at), "data": self.data}
