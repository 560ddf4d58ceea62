"""Shopify tells of orders by webhook: only what its secret has signed is taken."""

import hashlib
import hmac
import json
from base64 import b64encode
from typing import Any

import pytest

from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.backstage import SHOPIFY_SECRET
from tests.integration.desk import Desk
from tests.integration.gateway import Answer, call

ORDER: dict[str, Any] = {
    "id": 820982911946154508,
    "name": "#2001",
    "currency": "CNY",
    "created_at": "2026-03-01T10:15:00+08:00",
    "updated_at": "2026-03-08T14:00:00+08:00",
    "taxes_included": True,
    "customer": {"email": "li.na@mail.example"},
    "line_items": [{"id": 14100000000001, "title": "紫砂壶", "quantity": 2, "price": "149.50", "sku": "ZS-01"}],
    "fulfillments": [{"status": "success", "shipment_status": "delivered", "updated_at": "2026-03-08T13:00:00+08:00"}],
}


def told(body: str, *, secret: str = SHOPIFY_SECRET, store: str = "lantern", header: str | None = None) -> Answer:
    signature = b64encode(hmac.digest(secret.encode(), body.encode(), hashlib.sha256)).decode()
    headers = {"X-Shopify-Hmac-Sha256": signature if header is None else header}
    return call(None, "POST", f"/webhooks/shopify/{store}/orders", body, headers=headers)


def text(**changes: Any) -> str:
    return json.dumps(ORDER | changes, ensure_ascii=False)


def test_an_order_that_shopify_signed_can_be_applied_for(desk: Desk) -> None:
    assert told(text()).body == {"order_number": "2001", "changed": True}
    lines = [{"line_id": "14100000000001", "quantity": 1, "reason": "defective"}]
    number = desk.filed(order_number="2001", lines=lines)
    assert desk.review(number)["status"] == "accepted"


def test_told_twice_it_changes_nothing(desk: Desk) -> None:
    told(text())
    assert told(text()).body["changed"] is False


def test_every_byte_is_signed(desk: Desk) -> None:
    spaced = text().replace(", ", " ,\r\n  ")
    assert told(spaced).status == 200


def test_a_wrong_signature_is_refused_and_nothing_is_read(desk: Desk) -> None:
    answer = told("not even json", secret="another")
    assert (answer.status, answer.problem) == (401, "bad-signature")
    assert len(cloud.rows(Setting.ORDERS_TABLE)) == 1


@pytest.mark.parametrize("header", ["", "签名", "é", "AAAA"])
def test_whatever_stands_in_the_header(desk: Desk, header: str) -> None:
    assert told(text(), header=header).problem == "bad-signature"


def test_an_unknown_store_looks_like_a_wrong_signature(desk: Desk) -> None:
    unknown, wrong = told(text(), store="harbour"), told(text(), secret="another")
    assert (unknown.status, unknown.body) == (wrong.status, wrong.body)


def test_one_stores_secret_signs_nothing_for_another(desk: Desk) -> None:
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    desk.changes_secret("harbour", shopify_secret="of the harbour")
    assert told(text(), store="harbour").problem == "bad-signature"


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '"order"', json.dumps(ORDER | {"line_items": []}), json.dumps(ORDER | {"currency": "yuan"})],
)
def test_a_signed_body_that_makes_no_sense_is_refused(desk: Desk, body: str) -> None:
    assert told(body).problem == "invalid-request"


def test_a_price_that_is_none_is_refused(desk: Desk) -> None:
    lines = [ORDER["line_items"][0] | {"price": "free"}]
    assert told(text(line_items=lines)).problem == "invalid-request"


def test_the_customers_address_is_not_kept(desk: Desk) -> None:
    told(text())
    assert "mail.example" not in str(cloud.rows(Setting.ORDERS_TABLE))
