"""What is given for trouble, and what the storefront tells of a coupon or of points."""

from typing import Any

from aftersales.identity.principal import Principal
from tests.integration.desk import MEI, Desk, yuan
from tests.integration.gateway import Answer, call, shop

SORRY = "让您久等了，送您 10 元表示歉意。"
COMPLAINT: dict[str, Any] = {"type": "complaint", "lines": [], "description": "物流晚到五天，客服无人回复。"}


def gives(desk: Desk, number: str, fen: int = 1000, who: Principal = MEI, **changes: Any) -> Answer:
    wanted = {"kind": "refund", "amount": yuan(fen), "message": SORRY} | changes
    return desk.staff(who, number, "compensation", wanted)


def credit_id(desk: Desk, number: str) -> str:
    credit = desk.application(number).credit
    assert credit
    return credit.credit_id


def tells(desk: Desk, number: str, outcome: str = "given", who: Principal | None = None, **changes: Any) -> Answer:
    path = f"/credits/{changes.pop('credit_id', None) or credit_id(desk, number)}/confirmation"
    return call(who or shop(), "POST", path, {"outcome": outcome} | changes)


def where(desk: Desk, number: str) -> tuple[str, str | None]:
    now = desk.application(number)
    return str(now.status), now.assignee
