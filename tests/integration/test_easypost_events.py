"""What EasyPost's webhook tells of parcels: only from EasyPost, and in our words."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from aftersales.applications.consignment import Movement
from aftersales.carriers.easypost_events import EasyPostEvent, check_signature, sighting
from aftersales.carriers.gateway import Sighting
from aftersales.errors import BadSignature, InvalidRequest
from tests.integration.easypost_server import NOW, tracker

SECRET = "红杉 café: what only we and EasyPost know"
CODE = "9400100208303109500001"

Json = dict[str, Any]


def event(kind: str = "tracker.updated", result: object = None) -> Json:
    return {
        "id": "evt_1",
        "object": "Event",
        "mode": "production",
        "description": kind,
        "previous_attributes": {"status": "pre_transit"},
        "created_at": NOW,
        "updated_at": NOW,
        "pending_urls": ["https://api.example.com/v1/webhooks/easypost/redwood"],
        "completed_urls": [],
        "status": "pending",
        "user_id": "user_1",
        "result": result,
    }


def told(document: Json) -> Sighting | None:
    return sighting(EasyPostEvent.model_validate(document))


def parcel(status: str, *scans: tuple[str, str]) -> Json:
    return tracker("trk_1", CODE, "USPS", status, scans)


# --- from EasyPost alone ---

BODY = json.dumps(event(result=parcel("in_transit")), ensure_ascii=False).encode()


def signed(body: bytes, secret: str = SECRET) -> str:
    return f"hmac-sha256-hex={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def test_a_signature_by_easyposts_manual_is_good() -> None:
    """The example of EasyPost's libraries: an accent is taken apart before it is part of a key."""
    body, secret = b'{"description":"tracker.updated"}', "s\u00e9cret"
    check_signature(secret, body, signed(body, "se\u0301cret"))
    with pytest.raises(BadSignature):
        check_signature(secret, body, signed(body, secret))


FORGED: dict[str, Callable[[], tuple[str | None, bytes, str | None]]] = {
    "another body": lambda: (SECRET, BODY.replace(b"in_transit", b"delivered"), signed(BODY)),
    "the same document, written otherwise": lambda: (SECRET, BODY.replace(b", ", b","), signed(BODY)),
    "another secret": lambda: (SECRET, BODY, signed(BODY, "somebody else's")),
    "no signature": lambda: (SECRET, BODY, None),
    "an empty one": lambda: (SECRET, BODY, ""),
    "the digest alone": lambda: (SECRET, BODY, signed(BODY).removeprefix("hmac-sha256-hex=")),
    "nothing that could be one": lambda: (SECRET, BODY, "签名"),
    "a store without a secret": lambda: (None, BODY, signed(BODY, "")),
    "a secret that is empty": lambda: ("", BODY, signed(BODY, "")),
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_not_easyposts_is_refused(forged: str) -> None:
    with pytest.raises(BadSignature):
        check_signature(*FORGED[forged]())


def test_what_is_signed_and_no_json_is_no_event() -> None:
    body = "包裹".encode("gb18030")
    with pytest.raises(InvalidRequest):
        check_signature("plain", body, signed(body, "plain"))


# --- in our words ---

WORDS: dict[str, Movement | None] = {
    "unknown": None,
    "pre_transit": "announced",
    "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "available_for_pickup": "out_for_delivery",
    "delivered": "delivered",
    "return_to_sender": "returned",
    "failure": "failed",
    "cancelled": "failed",
    "error": None,
    "a status that EasyPost invents": None,
}


@pytest.mark.parametrize("kind", ["tracker.created", "tracker.updated"])
@pytest.mark.parametrize("status", WORDS)
def test_each_status_has_our_word(kind: str, status: str) -> None:
    seen = told(event(kind, parcel(status)))
    assert seen == Sighting(
        tracker_id="trk_1",
        carrier="USPS",
        tracking_number=CODE,
        movement=WORDS[status],
        at=datetime(2026, 3, 9, 2, 30, tzinfo=UTC),
    )


def test_all_our_words_are_used() -> None:
    assert set(WORDS.values()) == {None, *get_args(Movement)}


def test_it_was_there_when_the_carrier_saw_it() -> None:
    scans = [
        ("pre_transit", "2026-03-05T17:00:00Z"),
        ("in_transit", "2026-03-06T21:40:00-08:00"),
        ("delivered", "2026-03-08T11:05:00-08:00"),
        ("unknown", "2026-03-08T23:00:00-08:00"),
    ]
    seen = told(event(result=parcel("delivered", *scans)))
    assert seen
    assert (seen.movement, seen.at) == ("delivered", datetime(2026, 3, 8, 19, 5, tzinfo=UTC))


def test_of_several_scans_the_last_counts_in_whatever_order_they_come() -> None:
    scans = [("in_transit", "2026-03-07T09:00:00Z"), ("in_transit", "2026-03-06T09:00:00Z")]
    seen = told(event(result=parcel("in_transit", *scans)))
    assert seen
    assert seen.at == datetime(2026, 3, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["batch.updated", "shipment.invoice.created", "refund.successful", "ping"])
@pytest.mark.parametrize("result", [None, {"id": "batch_1", "object": "Batch"}], ids=["nothing", "an object"])
def test_events_about_other_things_are_passed_over(kind: str, result: Json | None) -> None:
    assert told(event(kind, result)) is None


@pytest.mark.parametrize(
    "result", [None, {}, {"id": "trk_1", "object": "Tracker"}], ids=["nothing", "an empty one", "half a tracker"]
)
def test_what_is_no_tracker_is_refused(result: Json | None) -> None:
    with pytest.raises(InvalidRequest):
        told(event(result=result))
