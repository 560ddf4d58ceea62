"""One order, and whatever may happen about it: customers, staff, the storefront, carriers and time, in any order."""

from collections.abc import Callable
from random import Random
from typing import Any

from aftersales.applications.lifecycle import FINAL, Status
from aftersales.applications.model import Application
from aftersales.applications.plan import by_itself
from aftersales.flow.timeout import ENDED_BY
from tests.integration.decisions import policy_says
from tests.integration.desk import HUA, Desk
from tests.integration.gateway import call, invoke, shop
from tests.integration.test_actions import bodies
from tests.integration.walked import assert_all_is_in_order

ORDER = "LT-8"
SIZES = [{"sku": sku, "title": sku, "price": price} for sku, price in (("S", 4000), ("M", 5000), ("L", 7500))]
BOWL = {"line_id": "bowl", "title": "青瓷碗", "sku": "M", "quantity": 3, "price": 5000, "variants": SIZES}
LINES = [
    BOWL | {"discount": 1001, "order_discount": 1001, "paid": 13999},
    {"line_id": "cup", "title": "Tasting cup", "quantity": 7, "paid": 1000},
    {"line_id": "towel", "title": "茶巾（赠品）", "quantity": 2, "paid": 0},
]
TOLD: dict[str, Any] = {
    "lines": LINES,
    "discounts": [{"code": "SPRING10", "amount": 1001, "minimum": 10000}],
    "shipping": 1200,
    "tenders": [{"kind": "card", "amount": 12000}, {"kind": "points", "amount": 4199}],
}
TYPES = ["return_refund", "return_refund", "exchange", "exchange", "refund_only", "repair", "resend", "complaint"]
CONDITIONS = ["as_described", "as_described", "used", "missing", "wrong_item"]
DUE = ["at_once", "at_once", "at_handover", "at_receipt", "after_inspection"]
WORDS = {"message": "<b>请查收</b>"}
PARCEL = {"carrier": "顺丰", "tracking_number": "SF8"}
BY_CUSTOMERS: dict[str, tuple[str, Any]] = {
    "cancel": ("cancellation", None),
    "give_information": ("information", WORDS),
    "tell_parcel": ("parcel", PARCEL),
    "answer_quote": ("quote-answer", {"accept": True}),
    "confirm": ("confirmation", None),
    "dispute": ("dispute", WORDS),
}
OUTCOMES = {
    "refunds": ("paid", "failed"),
    "charges": ("paid", "failed"),
    "credits": ("given", "failed"),
    "replacements": ("reserved", "shipped", "delivered", "failed"),
}
PASSED_ON = {"transfer", "takeover", "handover", "tasks"}
"""Who has a case moves nothing on the books."""
LEADS_NOWHERE = PASSED_ON | {
    *("claim", "information-request", "message", "compensation", "remedy", "visit", "follow-up", "notes")
}
"""Actions by which a case need not come nearer to its end."""

Move = Callable[[Application], None]


class Walk:
    """Drawn by `seed`. After each move all is in order; what is listed as possible is possible."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.draw = desk, Random(seed)
        self.numbers: list[str] = []
        self.ordered: dict[str, dict[str, Any]] = {}
        assert desk.tell_order(ORDER, **TOLD).status == 200

    def go(self, moves: int) -> None:
        anywhere: list[Move] = [self.act, self.act, self.act, self.ask_for_it, self.ask_for_it, self.wait, self.say]
        for _ in range(moves):
            if len(self.numbers) < 5 and self.draw.random() < 0.15:
                self.file()
            elif open_ := [case for case in self.cases() if case.status not in FINAL]:
                self.move(self.draw.choice(anywhere), self.draw.choice(open_))

    def end(self) -> None:
        """Every case comes to an end by some of what can be done about it."""
        for number in self.numbers:
            for _ in range(60):
                if self.desk.application(number).status in FINAL:
                    break
                self.move(self.lead_on, self.desk.application(number))
            assert self.desk.application(number).status in FINAL, self.desk.steps(number)
        assert all(books.reserved == books.ordered == 0 for books in self.desk.order(ORDER).ledger.values())

    def cases(self) -> list[Application]:
        return [self.desk.application(number) for number in self.numbers]

    def move(self, how: Move, case: Application) -> None:
        if not self.goes_on_by_itself(case):
            how(case)
        self.remember(self.desk.application(case.number))
        assert_all_is_in_order(self.desk.order(ORDER), self.cases())

    # --- What customers do

    def file(self) -> None:
        type_, books = self.draw.choice(TYPES), self.desk.order(ORDER).ledger
        name = self.draw.choice([name for name in books if books[name].available] or ["bowl"])
        line = {"line_id": name, "quantity": self.draw.randint(1, max(1, books[name].available)), "reason": "defective"}
        if type_ == "exchange" and name.startswith("bowl"):
            line["variant"] = self.draw.choice("SML")
        answer = self.desk.file(type=type_, order_number=ORDER, lines=[line])
        assert answer.status in {202, 409}, answer.body
        self.numbers += [answer.body["number"]] if answer.status == 202 else []

    def ask_for_it(self, case: Application) -> None:
        possible = [action for action in self.desk.look(case.number).body["actions"] if action in BY_CUSTOMERS]
        if possible and (action := self.draw.choice(possible)) != "cancel":
            path, body = BY_CUSTOMERS[action]
            answer = self.desk.customer(case.number, path, body)
            assert answer.status == 200, (action, answer.body)

    # --- What the desk does

    def goes_on_by_itself(self, case: Application) -> bool:
        if case.status is Status.SUBMITTED:
            policy_says(case.number, "accept", *(self.terms(line.line_id) for line in case.lines))
        elif case.status is Status.ACCEPTED:
            if by_itself(case):
                invoke("proceed", self.desk.standing(case.number))
            self.desk.assign(case.number)
        return case.status in {Status.SUBMITTED, Status.ACCEPTED}

    def terms(self, line_id: str) -> dict[str, Any]:
        fee, kept = self.draw.choice([0, 0, 15, 100]), self.draw.random() < 0.2
        return {"line_id": line_id, "restocking_fee": fee, "send_back": not kept, "refund_due": self.draw.choice(DUE)}

    def act(self, case: Application) -> None:
        """What is listed is possible, in one way or another."""
        listed = [
            action for action in self.desk.case(case.number, HUA)["actions"] if action not in PASSED_ON | {"decision"}
        ]
        self.does(case, self.draw.choice(listed))

    def does(self, case: Application, action: str) -> None:
        fitting = self.inspections(case) if action == "inspection" else bodies(self.desk, case.number)[action]
        self.draw.shuffle(fitting)
        tried = [self.desk.staff(HUA, case.number, action, fitting.pop())]
        while tried[-1].status != 200 and fitting:
            tried.append(self.desk.staff(HUA, case.number, action, fitting.pop()))
        fine = {200, 422} if action in {"compensation", "refund-confirmation"} else {200}  # more than is left
        assert tried[-1].status in fine, (action, case.type, case.status, [answer.body for answer in tried])

    def inspections(self, case: Application) -> list[dict[str, Any]]:
        [known] = bodies(self.desk, case.number)["inspection"]
        units = [line | {"quantity": 1} for line in known["lines"] for _ in range(line["quantity"])]
        return [{"lines": [unit | {"condition": self.draw.choice(CONDITIONS)} for unit in units]}]

    # --- What the storefront says, and time

    def remember(self, case: Application) -> None:
        told = {"reference": "SF-1"}
        for refund in case.refunds:
            self.ordered[f"refunds/{refund.refund_id}"] = told | {"amount": refund.total.document()}
        for charge in case.charges:
            self.ordered[f"charges/{charge.charge_id}"] = told | {"amount": charge.amount.document()}
        if case.replacement:
            self.ordered[f"replacements/{case.replacement.replacement_id}"] = told | PARCEL
        if case.credit:
            self.ordered[f"credits/{case.credit.credit_id}"] = told

    def say(self, _: Application) -> None:
        """Of anything that was ever ordered: late, again, or otherwise than before."""
        if self.ordered:
            name = self.draw.choice(sorted(self.ordered))
            told = {"outcome": self.draw.choice(OUTCOMES[name.partition("/")[0]])} | self.ordered[name]
            assert call(shop(), "POST", f"/{name}/confirmation", told).status in {200, 409}

    def wait(self, case: Application) -> None:
        self.desk.clock.moment = max(self.desk.clock.moment, case.due_at or self.desk.clock.moment)
        self.desk.time_out(case.number)

    def lead_on(self, case: Application) -> None:
        listed = [action for action in self.desk.case(case.number, HUA)["actions"] if action not in LEADS_NOWHERE]
        if case.status in ENDED_BY and (not listed or self.draw.random() < 0.5):
            return self.wait(case)
        assert listed, f"nothing leads on from {case.status}"
        return self.does(case, self.draw.choice(listed))
