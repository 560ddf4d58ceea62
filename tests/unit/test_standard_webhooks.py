"""Our signatures, checked by the library that receivers use."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from aftersales.messaging.standard_webhooks import signed_headers

SECRET = "whsec_" + b64encode(b"a secret of thirty-two bytes ...").decode()
BODY = json.dumps({"type": "refund.ordered", "data": {"title": "紫砂壶"}}, ensure_ascii=False).encode()


def now() -> datetime:
    return datetime.now(UTC)


def test_the_receivers_library_accepts_what_we_sign() -> None:
    headers = signed_headers((SECRET,), "7K3M-9QXT-2VWH-5NRR.6", now(), BODY)
    assert Webhook(SECRET).verify(BODY, headers) == json.loads(BODY)


def test_a_changed_body_is_noticed() -> None:
    headers = signed_headers((SECRET,), "7K3M-9QXT-2VWH-5NRR.6", now(), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY.replace(b"ordered", b"ignored"), headers)


def test_another_id_is_noticed() -> None:
    headers = signed_headers((SECRET,), "7K3M-9QXT-2VWH-5NRR.6", now(), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY, headers | {"webhook-id": "7K3M-9QXT-2VWH-5NRR.7"})


def test_another_stores_secret_does_not_fit() -> None:
    headers = signed_headers((SECRET,), "7K3M-9QXT-2VWH-5NRR.6", now(), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + b64encode(b"the secret of the harbour store!").decode()).verify(BODY, headers)


def test_an_old_message_played_again_is_noticed() -> None:
    headers = signed_headers((SECRET,), "7K3M-9QXT-2VWH-5NRR.6", now() - timedelta(hours=1), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY, headers)


def test_the_id_is_the_same_whenever_it_is_sent_so_that_receivers_know_a_repetition() -> None:
    first = signed_headers((SECRET,), "7K3M-9QXT-2VWH-5NRR.6", now(), BODY)
    later = signed_headers((SECRET,), "7K3M-9QXT-2VWH-5NRR.6", now() + timedelta(minutes=9), BODY)
    assert first["webhook-id"] == later["webhook-id"] == "7K3M-9QXT-2VWH-5NRR.6"


def test_while_a_secret_is_exchanged_either_is_enough() -> None:
    new = "whsec_" + b64encode(b"the secret that comes next ......").decode()
    headers = signed_headers((new, SECRET), "7K3M-9QXT-2VWH-5NRR.6", now(), BODY)
    assert [signature[:3] for signature in headers["webhook-signature"].split(" ")] == ["v1,", "v1,"]
    for known in (SECRET, new):
        assert Webhook(known).verify(BODY, headers) == json.loads(BODY)
