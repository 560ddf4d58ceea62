"""Units as a storefront is told of them: by its own ids and skus, and what to do with them."""

from aftersales.applications.lifecycle import Status, Type
from aftersales.applications.model import InspectedLine
from aftersales.applications.replacement import Replacement, ReplacementLine
from aftersales.money import Money
from aftersales.orders.model import Order
from aftersales.webhooks.message import Happened

DISPOSITIONS = {"as_described": "restock", "damaged": "scrap", "used": "scrap", "wrong_item": "hold"}
"""What becomes of units in this condition. Held are goods that the store did not sell; missing ones are not here."""


def replacement_data(happened: Happened, replacement: Replacement) -> dict[str, object]:
    lines = [_line_to_send(happened, line) for line in replacement.lines]
    return {"replacement_id": replacement.replacement_id, "lines": lines}


def _line_to_send(happened: Happened, line: ReplacementLine) -> dict[str, object]:
    worth = Money(amount=line.worth, currency=happened.application.currency)
    named = {"sku": line.sku or _sku(happened.order, line.line_id), "title": line.title}
    return {
        "line_id": line.line_id,
        "quantity": line.quantity,
        **{name: text for name, text in named.items() if text},
        "worth": worth.document(),
    }


def inspected_data(happened: Happened) -> dict[str, object]:
    return {"lines": [_line_that_came(happened, line) for line in happened.application.inspection]}


def _line_that_came(happened: Happened, line: InspectedLine) -> dict[str, object]:
    told = {"sku": _sku(happened.order, line.line_id), "disposition": _disposition(happened, line)}
    return line.document() | {name: word for name, word in told.items() if word}


def _disposition(happened: Happened, line: InspectedLine) -> str | None:
    """After a rejection, and of a repair, the customer gets back what came."""
    kept = DISPOSITIONS.get(line.condition)
    goes_back = happened.application.status is Status.REJECTED or happened.application.type is Type.REPAIR
    return "return" if kept and goes_back else kept


def _sku(order: Order, line_id: str) -> str:
    sold = order.line(line_id)
    return sold.sku if sold else ""
