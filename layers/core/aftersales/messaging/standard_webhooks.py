"""Signatures of outgoing webhooks, by the Standard Webhooks specification 1.0 (standardwebhooks.com, symmetric v1)."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from datetime import datetime


def signed_headers(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """`secret` is `whsec_` and base64. The receiver knows a repeated message by its id."""
    timestamp = str(int(at.timestamp()))
    key = b64decode(secret.removeprefix("whsec_"))
    signature = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }
