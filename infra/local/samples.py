"""Plausible things to send to the desk: a Shopify order, an application, a photo."""

import json
import secrets
import struct
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Json = dict[str, Any]
ORDER = Path("events/bodies/shopify-order.json")


def shopify_order(days_since_delivery: int = 2) -> Json:
    """The sample webhook under a new order number and for a new customer, delivered so many days ago."""
    order: Json = json.loads(ORDER.read_text(encoding="utf-8"))
    serial = secrets.randbelow(9 * 10**8) + 10**8
    delivered = (datetime.now(UTC) - timedelta(days=days_since_delivery)).isoformat(timespec="seconds")
    order |= {"id": serial, "name": f"#{serial}", "order_number": serial, "updated_at": delivered}
    order["customer"] |= {"id": serial}
    for fulfilment in order["fulfillments"]:
        fulfilment |= {"status": "success", "shipment_status": "delivered", "updated_at": delivered}
    return order


def application(order: Json, **changes: Any) -> Json:
    """An application for one unit of the order's first line."""
    line = order["line_items"][0]
    return {
        "order_number": order["name"].removeprefix("#"),
        "type": "refund_only",
        "lines": [{"line_id": str(line["id"]), "quantity": 1, "reason": "damaged_in_transit"}],
        "description": "收到时灯罩已经碎了，外箱也有凹痕，附照片。",
        "contact": {"name": "陈晓", "email": f"chen.{secrets.token_hex(4)}@example.com", "phone": "+86 138 0013 8000"},
        "channel": "web",
        "language": "zh-CN",
    } | changes


def photo(width: int = 64, height: int = 48) -> bytes:
    """A real, small PNG in one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\xd9\x7a\x2b" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
