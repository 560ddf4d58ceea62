"""The desk at work: a tea shop, its people and customers, and the steps that bring a case to where a test begins."""

from collections.abc import Callable
from typing import Any

from aftersales.applications import store as applications
from aftersales.applications.model import Application, Decision, TimelineEvent
from aftersales.aws import client
from aftersales.identity.principal import Principal
from aftersales.items import document_of, item
from aftersales.orders import store as orders
from aftersales.orders.model import LineLedger, Order
from aftersales.settings import Setting
from tests.books import assert_order_balances
from tests.conftest import Clock, forget
from tests.integration import cloud
from tests.integration.backstage import Backstage
from tests.integration.gateway import Answer, announced, call, customer, deliver, invoke, shop, staff

MEI, TOM, HUA = staff("mei"), staff("tom"), staff("hua", "lead")


def yuan(fen: int, currency: str = "CNY") -> dict[str, Any]:
    return {"amount": fen, "currency": currency}


class Desk(Backstage):
    """One store, "lantern", in Shanghai; an order LT-1001 that arrived yesterday; Mei, Tom, and Hua who leads them."""

    def __init__(self, clock: Clock, tokens: cloud.Tokens) -> None:
        self.clock, self.tokens = clock, tokens
        self.published: dict[str, int] = {}
        self.register_store("lantern", {"zh-CN": "灯笼茶器", "en": "Lantern Tea Ware"}, "Asia/Shanghai")
        self.hire("mei", languages=["zh-CN"])
        self.hire("tom", languages=["en"])
        self.tell_order()

    # --- What customers do

    def filing(self, **changes: Any) -> dict[str, Any]:
        wanted: dict[str, Any] = {
            "order_number": "LT-1001",
            "type": "return_refund",
            "lines": [{"line_id": "teapot", "quantity": 1, "reason": "defective"}],
            "description": "壶嘴有裂纹，倒水时渗漏。",
            "contact": {"name": "李娜", "email": "li.na@mail.example", "phone": "+86 138 0013 8000"},
            "channel": "web",
            "language": "zh-CN",
        }
        return wanted | changes

    def file(self, key: str | None = None, who: Principal | None = None, **changes: Any) -> Answer:
        return call(who or shop(), "POST", "/applications", self.filing(**changes), key=key)

    def filed(self, **changes: Any) -> str:
        """The number of a new application."""
        answer = self.file(**changes)
        assert answer.status == 202, answer.body
        return str(answer.body["number"])

    def customer(self, number: str, action: str, body: object = None, **more: Any) -> Answer:
        return call(customer(number), "POST", f"/applications/{number}/{action}", body, **more)

    def look(self, number: str, who: Principal | None = None) -> Answer:
        return call(who or customer(number), "GET", f"/applications/{number}")

    # --- What staff do

    def staff(self, who: Principal, number: str, action: str, body: object = None, **more: Any) -> Answer:
        return call(who, "POST", f"/staff/applications/{number}/{action}", body, **more)

    def work(self, who: Principal, *, backlog: bool = False, **query: str) -> list[str]:
        """The numbers on the list, by due time."""
        wanted = query | ({"backlog": "true"} if backlog else {})
        listed = call(who, "GET", "/staff/work", query=wanted or None).body
        return [each["number"] for each in listed["items"]]

    def is_now(self, who: Principal, presence: str) -> None:
        """Available, busy or away, as they say themselves."""
        assert call(who, "PUT", "/staff/presence", {"presence": presence}).status == 200

    def case(self, number: str, who: Principal = MEI) -> dict[str, Any]:
        return call(who, "GET", f"/staff/applications/{number}").body

    def orders_refund(self, number: str) -> str:
        answer = self.staff(MEI, number, "refund", {})
        assert answer.status == 200, answer.body
        return self.refund_id(number)

    def confirm(self, refund_id: str, who: Principal | None = None, **changes: Any) -> Answer:
        told = {"outcome": "paid", "amount": {"amount": 9966, "currency": "CNY"}, "reference": "PAY-77"} | changes
        return call(who or shop(), "POST", f"/refunds/{refund_id}/confirmation", told)

    # --- What the cloud does by itself

    def standing(self, number: str) -> dict[str, Any]:
        now = self.application(number)
        return {"number": number, "status": str(now.status), "assigned": now.assignee is not None}

    def review(self, number: str) -> dict[str, Any]:
        told: dict[str, Any] = invoke("review", self.standing(number))
        return told

    def waits(self, number: str, token: str) -> None:
        """The state machine waits for what comes after where it stands now."""
        assert invoke("waiting", self.standing(number) | {"token": token}) is None

    def time_out(self, number: str) -> dict[str, Any]:
        """A wait for what comes after where it stands now has reached its limit."""
        return self.waited_too_long(self.standing(number))

    def waited_too_long(self, waited: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = invoke("waiting", waited)
        return told

    def assign(self, number: str, token: str = "assign") -> list[str]:
        return deliver("assignment", self.standing(number) | {"token": f"{token}-{number}"})

    def delivered(self, function: str, *bodies: object) -> None:
        assert deliver(function, *bodies) == []

    def notify(self, number: str, sequence: int) -> list[str]:
        return deliver("notification", announced(self.timeline(number)[sequence - 1].published()))

    def photo_arrives(self, number: str, photo_id: str, media_type: str = "image/png") -> None:
        """The customer's device sends it to the bucket, and the bucket tells."""
        key, bucket = f"applications/{number}/{photo_id}", Setting.PHOTOS_BUCKET.read()
        client("s3").put_object(Bucket=bucket, Key=key, Body=b"...", ContentType=media_type)
        invoke("evidence", {"source": "aws.s3", "detail": {"bucket": {"name": bucket}, "object": {"key": key}}})

    def relay(self, number: str) -> None:
        """The stream brings the events that were not brought yet."""
        new = self.timeline(number)[self.published.get(number, 0) :]
        invoke("publisher", self.stream(*new))
        self.published[number] = self.published.get(number, 0) + len(new)

    def relay_all(self) -> None:
        for number in {row["number"]["S"] for row in cloud.rows(Setting.APPLICATIONS_TABLE) if "step" in row}:
            self.relay(number)

    def stream(self, *events: TimelineEvent) -> dict[str, Any]:
        """These events as the table's stream delivers them."""
        images = [applications._event_document(event) for event in events]
        return {"Records": [{"eventName": "INSERT", "dynamodb": {"NewImage": item(image)}} for image in images]}

    # --- Cases that stand somewhere

    def accepted(self, **changes: Any) -> str:
        number = self.filed(**changes)
        assert self.review(number)["status"] == "accepted"
        return number

    def awaiting_goods(self, **changes: Any) -> str:
        number = self.accepted(**changes)
        self.assign(number)
        return number

    def in_progress(self, **changes: Any) -> str:
        """Mei is at work on a refund without a return."""
        return self.awaiting_goods(**{"type": "refund_only"} | changes)

    def inspected(self, **changes: Any) -> str:
        number = self.awaiting_goods(**changes)
        self.staff(MEI, number, "receipt", {})
        units = [
            {"line_id": line.line_id, "quantity": line.quantity, "condition": "damaged"}
            for line in self.application(number).lines
        ]
        assert self.staff(MEI, number, "inspection", {"lines": units}).status == 200
        return number

    def refund_ordered(self, **changes: Any) -> tuple[str, str]:
        """The number and the id of the refund."""
        number = self.in_progress(**changes)
        return number, self.orders_refund(number)

    def paid_back(self, *, amount: int = 9966, **changes: Any) -> str:
        """The customer has the money, and the last word."""
        number, refund_id = self.refund_ordered(**changes)
        told = {"amount": amount, "currency": "CNY"}
        assert self.confirm(refund_id, amount=told).body["status"] == "awaiting_confirmation"
        return number

    def resolved(self, **changes: Any) -> str:
        number = self.paid_back(**changes)
        assert self.customer(number, "confirmation").status == 200
        return number

    def disputed(self, **changes: Any) -> str:
        number = self.paid_back(**changes)
        assert self.customer(number, "dispute", {"message": "退款金额与约定不符。"}).status == 200
        return number

    def wanted_information(self, **changes: Any) -> str:
        number = self.in_progress(**changes)
        self.staff(MEI, number, "information-request", {"message": "请拍一张壶嘴的照片。"})
        return number

    # --- What can be seen

    def application(self, number: str) -> Application:
        return applications.load(number)

    def decision(self, number: str) -> Decision:
        decision = self.application(number).decision
        assert decision
        return decision

    def timeline(self, number: str) -> list[TimelineEvent]:
        return applications.timeline(number)

    def steps(self, number: str) -> list[str]:
        return [str(event.step) for event in self.timeline(number)]

    def refund_id(self, number: str) -> str:
        refund = self.application(number).refund
        assert refund
        return refund.refund_id

    def order(self, number: str = "LT-1001") -> Order:
        order = orders.load("lantern", number)
        assert order
        return order

    def ledger(self, line_id: str = "teapot", number: str = "LT-1001") -> LineLedger:
        return self.order(number).ledger[line_id]

    def open_cases(self, member_id: str = "mei") -> int:
        found = [row for row in cloud.rows(Setting.STAFF_TABLE) if row["member_id"]["S"] == member_id]
        return int(found[0]["open"]["N"])

    def later(self, **by: float) -> None:
        self.clock.forward(**by)

    def remember(self) -> Callable[[], None]:
        """Where everything stands at this moment; gives what brings it back there."""
        bring_back, moment, published = cloud.remember(), self.clock.moment, dict(self.published)
        answers, spent = list(self.tokens.answers), set(self.tokens.spent)

        def again() -> None:
            bring_back()
            forget()
            self.clock.moment, self.published = moment, dict(published)
            self.tokens.answers, self.tokens.spent = list(answers), set(spent)

        return again


def assert_books_balance() -> None:
    """What must always hold on every ledger."""
    for row in cloud.rows(Setting.ORDERS_TABLE):
        assert_order_balances(orders.order_of(document_of(row)))
