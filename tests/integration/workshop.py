"""A workshop: what was bought and broke, and the steps that bring a repair to where a test begins."""

from typing import Any

from aftersales.applications.model import Application
from aftersales.identity.principal import Principal
from aftersales.orders.model import LineLedger, Order
from tests.integration.decisions import policy_says
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import Answer, call, shop

SOLD = {
    "cooker": {"title": "稻香电饭煲 Rice cooker", "category": "appliance", "quantity": 1, "paid": 39900},
    "laptop": {"title": "Heron laptop 14", "category": "electronics", "quantity": 1, "paid": 649900},
    "washer": {"title": "清泉洗衣机 Washing machine", "category": "appliance", "quantity": 1, "paid": 259900},
}
IN_ENGLISH: dict[str, Any] = {
    "language": "en",
    "contact": {"name": "Ann Miller", "email": "ann@mail.example"},
    "description": "It does not start any more.",
}

COVERED: dict[str, Any] = {"finding": "温控器损坏，保修期内免费更换。", "repairable": True, "under_warranty": True}
SPILLED: dict[str, Any] = {
    "finding": "Tea was spilled into the keyboard; it has to be replaced.",
    "repairable": True,
    "under_warranty": False,
    "price": {"amount": 89000, "currency": "CNY"},
}
HOPELESS: dict[str, Any] = {"finding": "主板烧毁，无法修复。", "repairable": False, "under_warranty": True}
DONE = {"outcome": "repaired", "message": "已修复并通过测试。"}
IN_VAIN = {"outcome": "not_repairable", "message": "更换后仍不工作，无法修复。"}
HOME = {"carrier": "顺丰", "tracking_number": "SF900", "message": "修好的商品已寄出，请签收。"}


class Workshop:
    """The order LT-9 arrived yesterday. Tom works on what is in English, Mei on the rest."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        lines = [{"line_id": line_id, **line} for line_id, line in SOLD.items()]
        assert desk.tell_order("LT-9", lines=lines).status == 200

    # --- Where a repair stands

    def filed(self, line_id: str, **changes: Any) -> str:
        lines = [{"line_id": line_id, "quantity": 1, "reason": "defective"}]
        return self.desk.filed(**{"type": "repair", "order_number": "LT-9", "lines": lines} | changes)

    def accepted(self, line_id: str, terms: dict[str, Any] | None = None, **changes: Any) -> str:
        """On `terms`, and somebody has it."""
        number = self.filed(line_id, **changes)
        policy_says(number, "accept", {"line_id": line_id} | (terms or {}))
        self.desk.assign(number)
        return number

    def received(self, line_id: str, terms: dict[str, Any] | None = None, **changes: Any) -> str:
        number = self.accepted(line_id, terms, **changes)
        self.receive(number)
        return number

    def in_repair(self, line_id: str = "cooker", **changes: Any) -> str:
        number = self.received(line_id, **changes)
        self.must(number, "diagnosis", COVERED)
        return number

    def offered(self, terms: dict[str, Any] | None = None) -> str:
        """A laptop that no warranty covers."""
        number = self.received("laptop", terms, **IN_ENGLISH)
        self.must(number, "diagnosis", SPILLED)
        return number

    def awaiting_payment(self) -> str:
        number = self.offered()
        assert self.desk.customer(number, "quote-answer", {"accept": True}).status == 200
        return number

    def at_home(self, line_id: str = "washer", **changes: Any) -> str:
        """The decision lets the customer keep it: too heavy for a parcel."""
        return self.accepted(line_id, {"send_back": False}, **changes)

    # --- What is done

    def who(self, number: str) -> Principal:
        return {"mei": MEI, "tom": TOM, "hua": HUA}[self.case(number).assignee or ""]

    def does(self, number: str, action: str, body: object) -> Answer:
        """By who works on it."""
        return self.desk.staff(self.who(number), number, action, body)

    def must(self, number: str, action: str, body: object) -> None:
        answer = self.does(number, action, body)
        assert answer.status == 200, answer.body

    def receive(self, number: str) -> None:
        parcel = {"carrier": "顺丰", "tracking_number": "SF100"}
        assert self.desk.customer(number, "parcel", parcel).status == 200
        self.must(number, "receipt", {})

    def send_home(self, number: str) -> None:
        self.must(number, "dispatch", HOME)
        self.desk.later(days=3)
        assert self.desk.customer(number, "confirmation").status == 200

    def hears(self, charge_id: str, who: Principal | None = None, **changes: Any) -> Answer:
        """The storefront tells what became of a charge."""
        told = {"outcome": "paid", "amount": {"amount": 89000, "currency": "CNY"}, "reference": "PAY-88"} | changes
        return call(who or shop(), "POST", f"/charges/{charge_id}/confirmation", told)

    # --- What can be seen

    def case(self, number: str) -> Application:
        return self.desk.application(number)

    def status(self, number: str) -> str:
        return str(self.case(number).status)

    def charge_id(self, number: str) -> str:
        charge = self.case(number).charge
        assert charge
        return charge.charge_id

    def ledger(self, line_id: str) -> LineLedger:
        return self.desk.ledger(line_id, "LT-9")

    def everything(self, number: str) -> tuple[Application, Order]:
        """To see that nothing has moved."""
        return self.case(number), self.desk.order("LT-9")
