"""A tea house whose bowls come in two sizes; it lets go of money and goods before the old ones are back."""

from typing import Any

from aftersales.applications.model import Application
from aftersales.identity.principal import Principal
from aftersales.orders.model import LineLedger, Order
from tests.integration.decisions import policy_says
from tests.integration.desk import MEI, Desk, yuan
from tests.integration.gateway import Answer, call, invoke, shop

BOWL = {
    "line_id": "bowl",
    "title": "青瓷盖碗 Gaiwan",
    "sku": "GW-S",
    "quantity": 2,
    "price": 8000,
    "paid": 16000,
    "variants": [
        {"sku": "GW-S", "title": "青瓷盖碗 小 Gaiwan, small", "price": 8000},
        {"sku": "GW-L", "title": "青瓷盖碗 大 Gaiwan, large", "price": 9500},
    ],
}
TOWEL = {"line_id": "towel", "title": "茶巾 Tea towel (gift)", "quantity": 1, "paid": 0}
PAID: dict[str, Any] = {
    "shipping": 1000,
    "tenders": [{"kind": "card", "amount": 12000}, {"kind": "points", "amount": 5000}],
}


class Teahouse:
    """The order LT-7: two bowls for 160.00 and a gift, with 10.00 for shipping, by card and points."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        assert desk.tell_order("LT-7", lines=[BOWL, TOWEL], **PAID).status == 200

    # --- Where a case stands

    def accepted(self, type_: str, quantity: int = 2, terms: dict[str, Any] | None = None, **line: Any) -> str:
        """On `terms`, and Mei has it."""
        wanted = {"line_id": "bowl", "quantity": quantity, "reason": "wrong_size"} | line
        number = self.desk.filed(type=type_, order_number="LT-7", lines=[wanted])
        policy_says(number, "accept", {"line_id": wanted["line_id"]} | (terms or {}))
        self.desk.assign(number)
        return number

    def paid_early(self, quantity: int = 2, **line: Any) -> str:
        """The money went out, and the bowls are still with the customer."""
        number = self.accepted("return_refund", quantity, {"refund_due": "at_once"}, **line)
        refund_id = self.desk.orders_refund(number)
        refund = self.case(number).refund
        assert refund
        assert self.desk.confirm(refund_id, amount=refund.total.document()).body["status"] == "awaiting_goods"
        return number

    def replaced_early(self, quantity: int = 2, **line: Any) -> str:
        number = self.accepted("exchange", quantity, {"refund_due": "at_once"}, **line)
        self.must(number, "replacement", {})
        assert self.ships(number).body["status"] == "awaiting_goods"
        return number

    def comes_back(self, number: str, *conditions: str) -> None:
        """Mei opens the parcel; each unit is in one condition."""
        parcel = {"carrier": "顺丰", "tracking_number": "SF7"}
        assert self.desk.customer(number, "parcel", parcel).status == 200
        self.must(number, "receipt", {})
        seen = [{"line_id": "bowl", "quantity": 1, "condition": each} for each in conditions]
        self.must(number, "inspection", {"lines": seen})

    def larger_wanted(self) -> str:
        """One bowl is back, and a larger one is wanted for it: 15.00 more."""
        number = self.accepted("exchange", 1, variant="GW-L")
        self.comes_back(number, "as_described")
        return number

    def set_aside(self) -> str:
        """The store keeps a bowl for the exchange."""
        wanted = {"line_id": "bowl", "quantity": 1, "reason": "wrong_size"}
        number = self.desk.filed(type="exchange", order_number="LT-7", lines=[wanted])
        policy_says(number, "accept", {"line_id": "bowl"})
        invoke("proceed", self.desk.standing(number))
        assert self.of_replacement(number, "reserved").body["state"] == "reserved"
        self.desk.assign(number)
        return number

    def difference_asked(self) -> str:
        number = self.larger_wanted()
        self.must(number, "charge", {"message": "大号盖碗需补差价 15 元。"})
        return number

    def asked_for_goods(self, **line: Any) -> str:
        """The bowls never came, so their price is asked for."""
        number = self.paid_early(**line)
        self.desk.later(days=14)
        assert self.desk.time_out(number)["status"] == "awaiting_payment"
        return number

    # --- What is done

    def does(self, number: str, action: str, body: object) -> Answer:
        return self.desk.staff(MEI, number, action, body)

    def must(self, number: str, action: str, body: object) -> None:
        answer = self.does(number, action, body)
        assert answer.status == 200, answer.body

    def ships(self, number: str) -> Answer:
        return self.of_replacement(number, "shipped", carrier="顺丰", tracking_number="SF8")

    def of_replacement(self, number: str, outcome: str, **more: str) -> Answer:
        """The storefront tells what became of the replacement."""
        replacement = self.case(number).replacement
        assert replacement
        path = f"/replacements/{replacement.replacement_id}/confirmation"
        return call(shop(), "POST", path, {"outcome": outcome} | more)

    def hears(self, charge_id: str, amount: Any, outcome: str = "paid", who: Principal | None = None) -> Answer:
        """The storefront tells what became of a charge."""
        told = {"outcome": outcome, "amount": amount, "reference": "PAY-88"}
        return call(who or shop(), "POST", f"/charges/{charge_id}/confirmation", told)

    def pays(self, number: str, amount: int) -> Answer:
        return self.hears(self.charge_id(number), yuan(amount))

    # --- What can be seen

    def case(self, number: str) -> Application:
        return self.desk.application(number)

    def status(self, number: str) -> str:
        return str(self.case(number).status)

    def charge_id(self, number: str) -> str:
        charge = self.case(number).charge
        assert charge
        return charge.charge_id

    def asked(self, number: str) -> tuple[str, int]:
        """For what, and how much."""
        charge = self.case(number).charge
        assert charge
        return charge.purpose, charge.amount.amount

    def order(self) -> Order:
        return self.desk.order("LT-7")

    def ledger(self, line_id: str = "bowl") -> LineLedger:
        return self.desk.ledger(line_id, "LT-7")

    def everything(self, number: str) -> tuple[Application, Order]:
        """To see that nothing has moved."""
        return self.case(number), self.order()
