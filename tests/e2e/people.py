"""Who uses the desk, as the tests speak of them. They know its public API and their own mailbox, nothing else."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from infra.local import neighbours, samples
from infra.local.desk import Answer, Desk
from infra.local.stack import Standing
from infra.local.waiting import until

Json = dict[str, Any]


@dataclass
class Customer:
    """One customer and one application of theirs."""

    standing: Standing
    number: str
    email: str

    @cached_property
    def desk(self) -> Desk:
        found = self.standing.desk.post("/tracking", {"number": self.number, "contact": self.email})
        return self.standing.desk.with_token(found["token"])

    @property
    def path(self) -> str:
        return f"/applications/{self.number}"

    def view(self) -> Json:
        seen: Json = self.desk.get(self.path)
        return seen

    def does(self, action: str, **body: Any) -> Json:
        view: Json = self.desk.post(f"{self.path}/{action}", body)
        return view

    def tries(self, action: str, **body: Any) -> Answer:
        return self.desk.call("POST", f"{self.path}/{action}", body)

    def confirms(self) -> None:
        """Once all was done that was to be done."""
        self.sees("awaiting_confirmation")
        assert self.does("confirmation")["status"] == "resolved"

    def sees(self, status: str) -> Json:
        """Wait until the application stands so."""

        def look() -> Json | None:
            view = self.view()
            return view if view["status"] == status else None

        return until(look, f"{self.number} to be {status}; it is {self.view()['status']}")

    def steps(self) -> list[str]:
        return [entry["step"] for entry in self.view()["timeline"]]

    def sees_step(self, step: str) -> None:
        until(lambda: step in self.steps(), f"{self.number} to have {step}; it has {self.steps()}")

    def mails(self) -> list[tuple[str, str]]:
        """Subject and text of every mail about this application, oldest first."""
        letters = neighbours.letters(self.standing.place.home)
        return [(subject, text) for to, subject, text in letters if to == self.email and self.number in subject]

    def gets_mails(self, count: int) -> list[tuple[str, str]]:
        return until(lambda: self.mails() if len(self.mails()) >= count else None, f"{count} mails to {self.email}")

    def token_in_mail(self) -> str:
        """The signed token in the link of the latest mail."""
        found = re.search(r"/(?:track|survey)/(\S+)", self.mails()[-1][1])
        assert found
        return found[1]


@dataclass
class Case:
    """One application as a member of staff works on it."""

    desk: Desk
    number: str

    @property
    def path(self) -> str:
        return f"/staff/applications/{self.number}"

    def view(self) -> Json:
        seen: Json = self.desk.get(self.path)
        return seen

    def does(self, action: str, **body: Any) -> Json:
        case: Json = self.desk.post(f"{self.path}/{action}", body)
        return case

    def tries(self, action: str, **body: Any) -> Answer:
        return self.desk.call("POST", f"{self.path}/{action}", body)

    def inspects(self, condition: str, **words: str) -> None:
        """The goods are here, all of them in one condition."""
        self.does("receipt")
        lines = self.view()["application"]["lines"]
        units = [{"line_id": line["line_id"], "quantity": line["quantity"], "condition": condition} for line in lines]
        self.does("inspection", lines=units, **words)

    def refunds(self, **body: Any) -> Json:
        """Gives the refund that was ordered."""
        refund: Json = self.does("refund", **body)["application"]["refunds"][-1]
        return refund


@dataclass
class Shopkeeper:
    """The store: its storefront, its people, and what they do most."""

    standing: Standing
    store_id: str = "lantern"
    orders: list[Json] = field(default_factory=list)

    @cached_property
    def storefront(self) -> Desk:
        return self.standing.storefront()

    def sells(self, days_since_delivery: int = 2, *, to_a_guest: bool = False, **line: Any) -> Json:
        """An order that Shopify tells the desk of; `line` changes its first line. A guest has no account."""
        order = samples.shopify_order(days_since_delivery)
        order["line_items"][0] |= line
        order |= {"customer": None} if to_a_guest else {}
        self.standing.desk.shopify(self.store_id, self.standing.store.shopify_secret, order).ok()
        self.orders.append(order)
        return order

    def files(self, order: Json, **changes: Any) -> Customer:
        filing = samples.application(order, **changes)
        filed = self.storefront.post("/applications", filing)
        return Customer(self.standing, filed["number"], filing["contact"]["email"])

    def staff(self, username: str) -> Desk:
        return self.standing.staff(username)

    def assigned(self, customer: Customer) -> Case:
        """Wait until someone has the case, and be that person."""
        lead = Case(self.staff("lead"), customer.number)
        member = until(lambda: lead.view()["application"].get("assignee"), f"{customer.number} to be assigned")
        name = next(name for name, member_id in self.standing.members.items() if member_id == member)
        return Case(self.staff(name), customer.number)
