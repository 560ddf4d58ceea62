"""The samples in `events/` tell one case from order to follow-up: each is given to its function, in that order."""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.settings import Setting
from tests.conftest import Clock
from tests.integration import cloud
from tests.integration.backstage import SHOPIFY_SECRET
from tests.integration.desk import Desk
from tests.integration.gateway import invoke, staff
from tests.integration.payments import STRIPE_SECRET, signature
from tests.integration.shopfront import Shopfront, shopfront

SAMPLES = Path(__file__).parents[2] / "events"
NUMBER, PHOTO = "7K3M-9QXT-2VWH-5NRR", "9f2c41d07ab35e68"
LI_NA = staff("li.na")


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def give(name: str) -> Any:
    """To the function that its name begins with."""
    known = [folder.name for folder in (SAMPLES.parent / "functions").iterdir()]
    return invoke(next(f for f in known if name == f or name.startswith(f"{f}-")), sample(name))


def answered(name: str) -> tuple[int, dict[str, Any]]:
    answer = give(name)
    return answer["statusCode"], json.loads(answer["body"])


@pytest.fixture
def lantern(desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shopfront]:
    """The store of the samples at their time; what is drawn at random comes out as it does there."""
    clock.moment = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    monkeypatch.setattr("aftersales.applications.submit.new_number", lambda: NUMBER)
    monkeypatch.setattr("aftersales.applications.photos.new_id", lambda: PHOTO)
    desk.hire("li.na", languages=["zh-CN"])
    desk.leaves("mei")
    with shopfront() as shop:
        desk.register_store("lantern", {"zh-CN": "山雀灯具"}, "Asia/Shanghai", webhook_url=shop.url)
        yield shop


def test_one_case_from_its_order_to_the_call_back(desk: Desk, lantern: Shopfront) -> None:
    # The store tells of the order, the customer files, a photo arrives, and the stream tells of both.
    assert answered("storefront-put-order") == (200, {"order_number": "1001", "changed": True})
    status, filed = answered("submission")
    assert (status, filed["number"]) == (202, NUMBER)
    client("s3").put_object(
        Bucket=Setting.PHOTOS_BUCKET.read(), Key=f"applications/{NUMBER}/{PHOTO}", Body=b"...", ContentType="image/jpeg"
    )
    give("evidence")
    assert give("publisher") is None
    assert [event["name"] for event in cloud.heard()] == ["application.filed", "application.evidence_attached"]

    # The policy accepts, the customer is told, somebody gets it, and the goods are waited for.
    assert give("review")["status"] == "accepted"
    assert give("proceed") == {"number": NUMBER, "status": "accepted", "assigned": False}  # for a person
    assert give("parcels") == {"batchItemFailures": []}  # the store has its customers buy the label
    assert give("notification") == {"batchItemFailures": []}
    assert len(cloud.mails()) == 1
    assert give("assignment") == {"batchItemFailures": []}
    assert give("waiting") is None
    status, found = answered("tracking-find")
    assert (status, found["application"]["status"]) == (200, "awaiting_goods")
    assert answered("tracking-look") == (200, found["application"])

    # The goods come back and are looked at; the refund is ordered, told, and paid.
    desk.customer(NUMBER, "parcel", {"carrier": "顺丰速运", "tracking_number": "SF1"})
    desk.staff(LI_NA, NUMBER, "receipt", {})
    [line] = desk.application(NUMBER).lines
    condition = {"line_id": line.line_id, "quantity": line.quantity, "condition": "damaged"}
    desk.staff(LI_NA, NUMBER, "inspection", {"lines": [condition]})
    assert give("webhooks") == {"batchItemFailures": []}
    assert answered("remedy-refund")[0] == 200
    assert give("resolution") == {"batchItemFailures": []}
    assert [told.headers["webhook-id"] for told in lantern.told] == [f"{NUMBER}.7.goods", desk.refund_id(NUMBER)]
    assert answered("storefront-refund-confirmation")[1]["status"] == "awaiting_confirmation"
    assert desk.customer(NUMBER, "confirmation").status == 200

    # The wait for the goods is long over; the customer is asked, and called back.
    assert give("waiting-time-out")["status"] == "resolved"
    assert give("survey_invitation")["status"] == "resolved"
    assert answered("survey-answer")[0] == 201
    give("followup-plan")
    give("followup-due")
    assert desk.work(LI_NA) == [NUMBER]
    assert answered("casework-work") == (200, {"items": []})  # of the backlog


def test_a_policy_from_its_draft_to_its_publication(desk: Desk, clock: Clock) -> None:
    status, draft = answered("policy-draft")
    assert (status, draft["revision"]) == (200, 1)
    assert [finding for finding in draft["findings"] if finding["severity"] == "error"] == []
    status, published = answered("policy-publication")
    assert (status, published["in_force"]) == (201, "lantern@1")
    assert give("backtest") is None  # one that there is not any more


def test_shopifys_order_is_read_when_it_is_signed_with_our_secret(desk: Desk) -> None:
    event = sample("storefront-shopify-order")
    digest = hmac.digest(SHOPIFY_SECRET.encode(), event["body"].encode(), hashlib.sha256)
    event["headers"]["X-Shopify-Hmac-Sha256"] = b64encode(digest).decode()
    answer = invoke("storefront", event)
    assert (answer["statusCode"], json.loads(answer["body"])["changed"]) == (200, True)


def test_stripes_event_is_read_when_it_is_signed_now_with_the_stores_secret(desk: Desk) -> None:
    desk.changes_secret("lantern", stripe_webhook_secret=STRIPE_SECRET)
    assert answered("payments-stripe")[0] == 401  # the sample is old
    event = sample("payments-stripe")
    event["headers"]["Stripe-Signature"] = signature(event["body"])
    answer = invoke("payments", event)
    assert (answer["statusCode"], json.loads(answer["body"])) == (200, {"outcome": "unknown"})


def test_easyposts_event_is_read_when_it_is_signed_with_the_stores_secret(desk: Desk) -> None:
    desk.changes_secret("lantern", easypost_webhook_secret="easypost-sample-secret")
    assert answered("carriers") == (200, {"outcome": "ignored"})


def test_a_sample_token_opens_nothing(desk: Desk) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        give("authorizer")


def test_every_sample_belongs_to_a_function() -> None:
    functions = {folder.name for folder in (SAMPLES.parent / "functions").iterdir() if (folder / "app.py").exists()}
    samples = {path.stem.partition("-")[0] for path in SAMPLES.glob("*.json")}
    assert samples == functions
