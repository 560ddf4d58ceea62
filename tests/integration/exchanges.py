"""Lanterns that are exchanged: what customers, staff and the storefront do about them."""

from typing import Any

from tests.integration.decisions import policy_says
from tests.integration.desk import MEI, Desk
from tests.integration.gateway import Answer, call, invoke, shop

ORDER = "LT-3003"
VARIANTS = [
    {"sku": "lantern-red", "title": "山雀露营灯 红", "price": 12900},
    {"sku": "lantern-small", "title": "山雀露营灯 mini", "price": 8600},
    {"sku": "lantern-twin", "title": "山雀露营灯 双灯", "price": 15900},
]
LANTERN = {"line_id": "lantern", "title": "山雀露营灯", "sku": "lantern-green", "quantity": 2, "variants": VARIANTS}
TOLD: dict[str, Any] = {
    "lines": [LANTERN | {"price": 12900, "discount": 2000, "order_discount": 2000, "paid": 23800}],
    "discounts": [{"code": "WELCOME20", "amount": 2000, "minimum": 20000}],
    "shipping": 1200,
    "tenders": [{"kind": "wallet", "amount": 20000}, {"kind": "points", "amount": 5000}],
}
PARCEL = {"carrier": "顺丰速运", "tracking_number": "SF1390276645120"}
ON_ITS_WAY = {"outcome": "shipped", "reference": "LT-3003-X"} | PARCEL


def wanted(sku: str | None = None, quantity: int = 1) -> dict[str, Any]:
    line = {"line_id": "lantern", "quantity": quantity, "reason": "changed_mind"}
    return {"order_number": ORDER, "type": "exchange", "lines": [line | ({"variant": sku} if sku else {})]}


def agreed(desk: Desk, sku: str | None = None, quantity: int = 1, **terms: Any) -> str:
    """The policy lets it be exchanged."""
    number = desk.filed(**wanted(sku, quantity))
    policy_says(number, "accept", {"line_id": "lantern"} | terms)
    return number


def proceeds(desk: Desk, number: str) -> dict[str, Any]:
    """What the state machine is told when the desk has done what it does by itself."""
    told: dict[str, Any] = invoke("proceed", desk.standing(number))
    return told


def inspected(desk: Desk, *conditions: str, sku: str | None = None) -> str:
    """New goods were set aside, and the old ones came back."""
    number = agreed(desk, sku, len(conditions))
    proceeds(desk, number)
    desk.assign(number)
    come_back(desk, number, *conditions)
    return number


def come_back(desk: Desk, number: str, *conditions: str) -> None:
    assert desk.staff(MEI, number, "receipt", {}).status == 200
    seen = [{"line_id": "lantern", "quantity": 1, "condition": condition} for condition in conditions]
    assert desk.staff(MEI, number, "inspection", {"lines": seen}).status == 200


def sends(desk: Desk, number: str) -> Answer:
    return desk.staff(MEI, number, "replacement", {})


def replacement_id(desk: Desk, number: str) -> str:
    replacement = desk.application(number).replacement
    assert replacement
    return replacement.replacement_id


def tells(name: str, outcome: str, store_id: str = "lantern", **more: Any) -> Answer:
    """The storefront's word about a replacement."""
    parcel = ON_ITS_WAY if outcome == "shipped" else {}
    return call(shop(store_id), "POST", f"/replacements/{name}/confirmation", parcel | {"outcome": outcome} | more)


def shipped(desk: Desk, number: str) -> str:
    """Gives the name of the replacement."""
    assert sends(desk, number).status == 200
    name = replacement_id(desk, number)
    assert tells(name, "shipped").status == 200
    return name
