"""Signatures of outgoing webhooks, by the Standard Webhooks specification 1.0 (standardwebhooks.com, symmetric v1)."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from datetime import datetime


def signed_headers(secrets: tuple[str, ...], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Each of `secrets` is `whsec_` and base64: the receiver knows one, and a repeated message by its id."""
    timestamp = str(int(at.timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix("whsec_"))
    return f"v1,{b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
