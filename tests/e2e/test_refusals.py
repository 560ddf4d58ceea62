"""Bad input gets a problem document with a stable type, and nothing is written."""

import json
from typing import Any

import pytest

from infra.local import samples, stack
from infra.local.desk import Answer, upload
from infra.local.stack import Standing
from infra.ops.register import read, register_person
from tests.e2e.people import Case, Shopkeeper

Json = dict[str, Any]


def refused(answer: Answer, status: int, slug: str) -> None:
    assert (answer.status, answer.body["type"]) == (status, f"urn:aftersales:problem:{slug}"), answer
    assert {"title", "status"} <= answer.body.keys()


def line(order: Json, **changes: Any) -> Json:
    return {"lines": [samples.application(order)["lines"][0] | changes]}


WRONG: dict[str, tuple[Any, int, str]] = {
    "quantity 0": (lambda order: line(order, quantity=0), 400, "invalid-request"),
    "quantity as text": (lambda order: line(order, quantity="1"), 400, "invalid-request"),
    "more than was bought": (lambda order: line(order, quantity=9000), 409, "quantity-not-available"),
    "an unknown reason": (lambda order: line(order, reason="bored"), 400, "invalid-request"),
    "a line of another order": (
        lambda _: {"lines": [{"line_id": "1", "quantity": 1, "reason": "late"}]},
        422,
        "unknown-line",
    ),
    "an unknown order": (lambda _: {"order_number": "NO-SUCH-ORDER"}, 422, "unknown-order"),
    "another currency": (lambda _: {"currency": "USD"}, 422, "currency-mismatch"),
    "no lines": (lambda _: {"lines": []}, 400, "invalid-request"),
    "an unknown type": (lambda _: {"type": "refund_twice"}, 400, "invalid-request"),
    "a language nobody speaks": (lambda _: {"language": "tlh"}, 400, "invalid-request"),
    "no contact": (lambda _: {"contact": {"name": "陈晓"}}, 400, "invalid-request"),
    "a field nobody knows": (lambda _: {"vip": True}, 400, "invalid-request"),
    "a photo of 21 MB": (
        lambda _: {"photos": [{"media_type": "image/png", "size": 21 * 2**20}]},
        400,
        "invalid-request",
    ),
    "a program as photo": (lambda _: {"photos": [{"media_type": "text/html", "size": 10}]}, 400, "invalid-request"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_application_is_refused_and_holds_no_unit(shop: Shopkeeper, wrong: str) -> None:
    changes, status, slug = WRONG[wrong]
    order = shop.sells(quantity=1)
    filing = samples.application(order)
    refused(shop.storefront.call("POST", "/applications", filing | changes(order)), status, slug)
    assert shop.storefront.call("POST", "/applications", filing).status == 202


@pytest.mark.parametrize("body", [b"{not json", b"[]", b'"text"', b"\xff\xfe"])
def test_what_is_no_json_object_is_refused(shop: Shopkeeper, body: bytes) -> None:
    refused(shop.storefront.call("POST", "/applications", body), 400, "invalid-request")


def test_an_oversized_body_is_refused(shop: Shopkeeper) -> None:
    order = samples.shopify_order() | {"note": "长" * 100_000}
    refused(shop.standing.desk.shopify("lantern", shop.standing.store.shopify_secret, order), 413, "too-large")


def test_shopify_is_believed_only_with_the_right_signature(shop: Shopkeeper) -> None:
    order = samples.shopify_order()
    refused(shop.standing.desk.shopify("lantern", "guessed", order), 401, "bad-signature")
    refused(shop.standing.desk.shopify("no-such-store", "guessed", order), 401, "bad-signature")
    refused(shop.storefront.call("POST", "/applications", samples.application(order)), 422, "unknown-order")


def test_the_same_webhook_twice_or_an_older_one_late_changes_nothing(shop: Shopkeeper) -> None:
    order = shop.sells()
    secret = shop.standing.store.shopify_secret
    again = shop.standing.desk.shopify("lantern", secret, order).ok()
    older = shop.standing.desk.shopify("lantern", secret, order | {"updated_at": "2026-01-01T08:00:00+08:00"}).ok()
    assert (again["changed"], older["changed"]) == (False, False)


def test_a_photo_that_is_too_large_or_of_another_kind_does_not_reach_the_bucket(shop: Shopkeeper) -> None:
    filing = samples.application(shop.sells(), photos=[{"media_type": "image/png", "size": 500}])
    form = shop.storefront.post("/applications", filing)["uploads"][0]
    assert upload(form, b"x" * (20 * 2**20 + 1)).status == 400
    other = form | {"fields": form["fields"] | {"Content-Type": "text/html"}}
    assert upload(other, b"<script>").status == 403


def test_a_token_opens_only_its_own_routes(standing: Standing, shop: Shopkeeper) -> None:
    customer = shop.files(shop.sells())
    agent = shop.staff("mei")
    answers = {
        "nobody": standing.desk.call("GET", customer.path),
        "forged": standing.desk.with_token("eyJhbGciOiJub25lIn0.e30.").call("GET", customer.path),
        "customer at the desk": customer.desk.call("GET", "/staff/work"),
        "storefront at the desk": shop.storefront.call("GET", "/staff/work"),
        "agent as storefront": agent.call("POST", "/applications", samples.application(shop.orders[0])),
        "agent as customer": agent.call("POST", f"{customer.path}/cancellation", {}),
    }
    found = {who: answer.status for who, answer in answers.items()}
    assert found == {
        "nobody": 401,
        "forged": 401,
        "customer at the desk": 403,
        "storefront at the desk": 403,
        "agent as storefront": 403,
        "agent as customer": 403,
    }
    assert all(answer.body["type"].startswith("urn:aftersales:problem:") for answer in answers.values())


def test_a_storefront_token_without_the_scope_is_refused(standing: Standing, shop: Shopkeeper) -> None:
    narrow = standing.storefront("aftersales/orders.write")
    assert narrow.call("POST", "/applications", samples.application(shop.sells())).status == 403


def test_anothers_application_looks_like_one_that_does_not_exist(standing: Standing, shop: Shopkeeper) -> None:
    mine, hers = shop.files(shop.sells()), shop.files(shop.sells())
    foreign = mine.desk.call("GET", hers.path)
    absent = mine.desk.call("GET", "/applications/0000-0000-0000-0000")
    guessed = standing.desk.call("POST", "/tracking", {"number": hers.number, "contact": mine.email})
    nothing = standing.desk.call("POST", "/tracking", {"number": "0000-0000-0000-0000", "contact": mine.email})
    assert foreign == absent == guessed == nothing
    refused(foreign, 404, "not-found")


def test_a_refund_cannot_be_tampered_with(shop: Shopkeeper) -> None:
    customer = shop.files(shop.sells())
    case = shop.assigned(customer)
    refused(case.tries("refund", amount={"amount": 99_999_999, "currency": "CNY"}), 422, "refund-too-high")
    refused(case.tries("refund", amount={"amount": 100, "currency": "USD"}), 422, "currency-mismatch")
    refused(case.tries("receipt"), 409, "step-not-possible")
    assert customer.view()["status"] == "in_progress"
    told = {"outcome": "paid", "amount": {"amount": 1, "currency": "CNY"}, "reference": "X"}
    refused(shop.storefront.call("POST", f"/refunds/{customer.number}.9/confirmation", told), 404, "not-found")


def test_a_body_of_another_kind_is_refused(shop: Shopkeeper) -> None:
    filing = json.dumps(samples.application(shop.sells())).encode()
    answer = shop.storefront.call("POST", "/applications", filing, **{"content-type": "text/plain"})
    assert (answer.status, answer.body["type"]) == (415, "urn:aftersales:problem:invalid-request")


def test_who_is_no_longer_a_lead_is_an_agent_only(standing: Standing, shop: Shopkeeper) -> None:
    """Tom was a lead for a while: with his new role, another's case is not his to refund."""
    tom = next(person for person in read(stack.DEMO).staff if person.username == "tom")
    for role in ("lead", "agent"):
        register_person(tom.model_copy(update={"role": role}), standing.outputs)
    case = shop.assigned(shop.files(shop.sells()))
    refused(Case(shop.staff("tom"), case.number).tries("refund"), 409, "not-yours")
