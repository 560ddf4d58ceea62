"""A tea shop, an order, an application: plausible ones, of which a test changes what it is about."""

from datetime import UTC, datetime
from typing import Any

from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Application, TimelineEvent
from aftersales.orders.model import LineLedger, Order, OrderLine
from aftersales.stores.model import Store

NUMBER = "7K3M-9QXT-2VWH-5NRR"
FILED_AT = datetime(2026, 3, 9, 2, 30, tzinfo=UTC)

STORE: dict[str, Any] = {
    "store_id": "lantern",
    "name": {"zh-CN": "灯笼茶器", "en": "Lantern Tea Ware"},
    "country": "CN",
    "time_zone": "Asia/Shanghai",
    "mail_from": "service@lantern.example",
    "webhook_url": "https://shop.lantern.example/aftersales",
    "page_url": "https://help.lantern.example",
}

APPLICATION: dict[str, Any] = {
    "number": NUMBER,
    "store_id": "lantern",
    "order_number": "LT-1001",
    "currency": "CNY",
    "type": "return_refund",
    "lines": [{"line_id": "teapot", "quantity": 1, "reason": "defective"}],
    "description": "壶嘴有裂纹，倒水时渗漏。",
    "contact": {"name": "李娜", "email": "li.na@mail.example", "phone": "+86 138 0013 8000"},
    "channel": "web",
    "language": "zh-CN",
    "status": "submitted",
    "version": 1,
    "filed_at": FILED_AT,
    "changed_at": FILED_AT,
    "correlation_id": "c-1",
}

IN_ENGLISH: dict[str, Any] = {
    "language": "en",
    "description": "The spout is cracked and drips.",
    "contact": {"name": "Ann Miller", "email": "ann@mail.example"},
}


def store(**changes: Any) -> Store:
    return Store.model_validate(STORE | changes)


def application(status: Status | str = Status.SUBMITTED, **changes: Any) -> Application:
    return Application.model_validate(APPLICATION | {"status": status} | changes)


def event(step: Step | str, **changes: Any) -> TimelineEvent:
    known: dict[str, Any] = {
        "number": NUMBER,
        "version": 2,
        "store_id": "lantern",
        "step": step,
        "at": FILED_AT,
        "actor": {"kind": "system"},
        "status_from": "submitted",
        "status_to": "accepted",
        "correlation_id": "c-1",
    }
    return TimelineEvent.model_validate(known | changes)


def order(*lines: OrderLine, delivered_at: datetime | None = None, **changes: Any) -> Order:
    sold = lines or (line("teapot", quantity=3, paid=29900),)
    known: dict[str, Any] = {
        "store_id": "lantern",
        "order_number": "LT-1001",
        "currency": "CNY",
        "placed_at": FILED_AT,
        "changed_at": FILED_AT,
        "delivered_at": delivered_at,
        "lines": sold,
        "ledger": {each.line_id: LineLedger.opening(each) for each in sold},
    }
    return Order.model_validate(known | changes)


def told(*lines: OrderLine, **changes: Any) -> Order:
    """As `order`, with the accounts that a telling opens."""
    known = order(*lines, **changes)
    return known.model_copy(update={"accounts": known.opening_accounts()})


def line(line_id: str, *, quantity: int = 1, paid: int = 10000, **more: Any) -> OrderLine:
    return OrderLine.model_validate({"line_id": line_id, "title": line_id, "quantity": quantity, "paid": paid} | more)
