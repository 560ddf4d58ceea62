"""A store that is paid by Stripe, what Stripe's webhook tells it, and the refund queue's side of it."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from stripe import WebhookSignature

from aftersales.aws import client
from aftersales.resolution.gateways import stripe_refunds
from tests.integration import stripe_server
from tests.integration.cloud import before_call
from tests.integration.desk import Desk
from tests.integration.gateway import Answer, announced, call, deliver
from tests.integration.stripe_server import Stripe

API_KEY = "sk_test_lantern"
STRIPE_SECRET = "whsec_of_stripe_for_lantern"
PAYMENT = "pi_teapot"
AMOUNT = 9966


@contextmanager
def paid_by_stripe(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stripe]:
    """The store "lantern" pays back through Stripe, and its order LT-1001 was paid there."""
    with stripe_server.running() as stripe:
        monkeypatch.setattr(stripe_refunds, "API", stripe.url)
        monkeypatch.setattr(stripe_refunds, "TIMEOUT", (1, 0.3))
        stripe_refunds._client.cache_clear()
        desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", payments="stripe", webhook_url=None)
        desk.changes_secret("lantern", stripe_api_key=API_KEY, stripe_webhook_secret=STRIPE_SECRET)
        desk.tell_order(changed_at="2026-03-08T10:00:00Z", payment_reference=PAYMENT)
        yield stripe
        stripe_refunds._client.cache_clear()


def ask(desk: Desk, number: str, *, which: int = -1, times: int = 1) -> list[str]:
    """The refund queue brings the order of a refund, for so many times now; gives what will come back."""
    ordered = [event for event in desk.timeline(number) if event.step == "refund_ordered"]
    return deliver("resolution", announced(ordered[which].published()), times=times)


def event(kind: str, refund: dict[str, Any], **changes: Any) -> str:
    """Stripe's event, as its webhook sends it."""
    document = {"id": "evt_1", "object": "event", "type": kind, "data": {"object": refund | changes}}
    return json.dumps(document)


def signature(body: str, secret: str = STRIPE_SECRET, seconds_ago: int = 0) -> str:
    header: str = WebhookSignature.generate_signature_header(body, secret, int(time.time()) - seconds_ago)
    return header


def stripe_tells(kind: str, refund: dict[str, Any], store_id: str = "lantern", **changes: Any) -> Answer:
    body = event(kind, refund, **changes)
    return tell(body, signature(body), store_id)


def tell(body: str, header: str | None, store_id: str = "lantern") -> Answer:
    headers = {"Stripe-Signature": header} if header else {}
    return call(None, "POST", f"/webhooks/stripe/{store_id}", body, headers=headers)


@contextmanager
def waits() -> Iterator[list[int]]:
    """The seconds for which messages of the refund queue were hidden."""
    hidden: list[int] = []
    events, name = client("sqs").meta.events, before_call("ChangeMessageVisibility", "sqs")

    def hide(params: dict[str, Any], **_: object) -> tuple[AWSResponse, dict[str, Any]]:
        hidden.append(json.loads(params["body"])["VisibilityTimeout"])
        return AWSResponse("", 200, HTTPHeaders(), None), {}

    events.register(name, hide)
    try:
        yield hidden
    finally:
        events.unregister(name, hide)
