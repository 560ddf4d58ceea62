"""Only Shopify knows the secret: what is not signed with it is not from Shopify."""

import hashlib
import hmac
from base64 import b64encode

import pytest

from aftersales.errors import BadSignature
from aftersales.orders.shopify import check_signature

SECRET = "shpss_灯笼"
BODY = '{"name":"#1001","note":"请轻放"}'.encode()


def signed(secret: str, body: bytes) -> str:
    return b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def test_what_shopify_signed_is_taken() -> None:
    check_signature(SECRET, BODY, signed(SECRET, BODY))


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "签名",
        "é" * 44,
        "\x00",
        signed("another secret", BODY),
        signed(SECRET, BODY + b" "),
        signed(SECRET, BODY).lower(),
        signed(SECRET, BODY)[:-1],
        signed(SECRET, BODY) + "=",
    ],
)
def test_anything_else_is_refused(signature: str) -> None:
    with pytest.raises(BadSignature):
        check_signature(SECRET, BODY, signature)


def test_a_known_answer() -> None:
    """Worked out with openssl: printf '{}' | openssl dgst -sha256 -hmac hush -binary | base64"""
    check_signature("hush", b"{}", "UFwgrGBPZilFtmKh8TqcovA78LGYb1BdWu9I4Q2oyRg=")
