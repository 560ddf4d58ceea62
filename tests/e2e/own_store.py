"""A store of a story's own: with terms that the law does not ask for, and a storefront that says what it heard."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from aftersales.orders import store as orders
from aftersales.orders.model import Order
from infra.local import samples, stack
from infra.local.desk import Answer
from infra.local.shop import Storefront, serve
from infra.local.stack import Standing
from infra.local.waiting import until
from infra.ops.register import read, register_store
from tests.books import assert_order_balances
from tests.e2e.people import Customer, Shopkeeper

Json = dict[str, Any]
NOBODY = "http://127.0.0.1:9/desk"

SHIRT = {
    "line_id": "shirt",
    "title": "亚麻衬衫 Linen shirt, M",
    "sku": "LINEN-M",
    "category": "clothing",
    "quantity": 2,
    "price": 15900,
    "paid": 31800,
    "variants": [
        {"sku": "LINEN-S", "title": "亚麻衬衫 Linen shirt, S", "price": 15900},
        {"sku": "SILK-M", "title": "真丝衬衫 Silk shirt, M", "price": 25900},
        {"sku": "SOLD-OUT-M", "title": "羊绒衬衫 Cashmere shirt, M", "price": 15900},
    ],
}
WASHER = {
    "line_id": "washer",
    "title": "洗衣机 Washing machine",
    "category": "appliance",
    "quantity": 1,
    "paid": 299900,
}
CARDS = [{"kind": "card", "amount": 300000}, {"kind": "points", "amount": 31700}]

GENEROUS = [
    {"_id": "missing", "type": "'refund_only'", "reason": "'missing'", "keep": "false", "due": "'at_once'"},
    {"_id": "gold", "type": "'return_refund', 'exchange'", "tier": "'gold'", "due": "'at_once'"},
    {"_id": "too_heavy_to_send", "type": "'repair'", "category": "'appliance'", "keep": "false"},
]
"""What is missing is paid back at once, gold customers have money or goods before theirs are back, and appliances are
repaired where they stand.
"""


@dataclass
class OwnStore(Shopkeeper):
    """Its customers buy two shirts for 159.00 each and a washing machine."""

    heard: dict[str, Json] = field(default_factory=dict)

    def sold(self, tier: str = "basic") -> str:
        """The number of an order that came the day before yesterday."""
        number, delivered = f"RS-{secrets.randbelow(10**9):09d}", (datetime.now(UTC) - timedelta(days=2)).isoformat()
        customer = {"customer_id": f"c-{number}", "tier": tier}
        told = {"currency": "CNY", "placed_at": delivered, "changed_at": delivered, "delivered_at": delivered}
        order = told | {"customer": customer, "lines": [SHIRT, WASHER], "tenders": CARDS}
        self.storefront.put(f"/orders/{number}", order)
        return number

    def asked(self, order_number: str, type_: str, line_id: str = "shirt", *, words: str = "", **wish: str) -> Customer:
        """Somebody who filed for one unit; `wish` says why, and in an exchange what instead; so do their words."""
        line = {"line_id": line_id, "quantity": 1, "reason": "other"} | wish
        said = {"description": words, "language": "en" if words.isascii() else "zh-CN"} if words else {}
        return self._filed(order_number, type_, [line], **said)

    def written(self, type_: str, description: str) -> Customer:
        """Somebody with words for the store, about no line."""
        return self._filed(self.sold(), type_, [], description=description)

    def _filed(self, order_number: str, type_: str, lines: list[Json], **changes: Any) -> Customer:
        usual = samples.application({"name": order_number, "line_items": [{"id": "shirt"}]})
        filing = usual | {"type": type_, "lines": lines, "description": "穿了不合适，和想要的不一样。"} | changes
        filed = self.storefront.post("/applications", filing)
        return Customer(self.standing, filed["number"], filing["contact"]["email"])

    def has_heard(self, customer: Customer, *types: str) -> list[Json]:
        """Wait until its storefront was told these, each once, and nothing else; gives the data in that order."""

        def told() -> list[tuple[str, Json]]:
            messages = [(message["type"], message["data"]) for message in list(self.heard.values())]
            return [(kind, data) for kind, data in messages if data["number"] == customer.number]

        until(lambda: sorted(kind for kind, _ in told()) == sorted(types), f"{types} to be heard; it was {told()}")
        return [data for _, data in sorted(told(), key=lambda each: types.index(each[0]))]

    def says(self, path: str, outcome: str, **more: Any) -> Answer:
        return self.storefront.call("POST", f"{path}/confirmation", {"outcome": outcome} | more)

    def books(self, order_number: str) -> Order:
        """As they are in the table, and they balance."""
        order = orders.load(self.store_id, order_number)
        assert order
        assert_order_balances(order)
        return order


@contextmanager
def opened(standing: Standing, store_id: str, *, silent: bool = False) -> Iterator[OwnStore]:
    """`silent`: nobody takes its messages, and what becomes of them is told by the test."""

    def take(body: bytes, headers: dict[str, str]) -> HTTPStatus:
        return front.take(body, headers)  # it has its secrets once the desk knows where it is

    server = serve(take, 0)
    hook = NOBODY if silent else f"http://127.0.0.1:{server.server_port}/desk"
    known = read(stack.DEMO).stores[0].model_copy(update={"store_id": store_id, "webhook_url": hook})
    own = replace(standing, store=register_store(known, standing.outputs))
    front = Storefront(stack.shop_of(own))
    store = OwnStore(own, store_id=store_id, heard=front.heard)
    publish_generous_terms(store)
    with server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield store
        server.shutdown()
        thread.join()


def publish_generous_terms(store: OwnStore) -> None:
    """The plain terms, and before all else the generous ones."""
    owner, path = store.staff("owner"), f"/policies/{store.store_id}"
    policy = owner.get(f"{path}/versions/default")["policy"] | {"name": "generous_terms", "cases": []}
    [table] = [node["content"] for node in policy["graph"]["nodes"] if node["id"] == "eligibility"]
    table["inputs"].append({"id": "tier", "name": "Tier", "field": "customer_tier"})
    table["outputs"].append({"id": "keep", "name": "Send back", "field": "send_back"})
    table["outputs"].append({"id": "due", "name": "Refund due", "field": "refund_due"})
    accepted = {"outcome": "'accept'", "because": "'within_terms'"}
    table["rules"][:0] = [accepted | rule for rule in GENEROUS]
    revision = owner.put(f"{path}/draft", {"policy": policy, "revision": 0})["revision"]
    owner.post(f"{path}/publication", {"revision": revision, "note": "generous terms"})
