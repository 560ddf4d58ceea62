"""Signed, expiring tokens by which a customer opens their own application: in a mail's link, or after tracking."""

import hashlib
from typing import TYPE_CHECKING

from aftersales.applications.number import parse_number
from aftersales.secrets import secret
from aftersales.settings import Setting

if TYPE_CHECKING:
    from itsdangerous import URLSafeTimedSerializer

VALID_SECONDS = 90 * 86400
"""A mail is looked up again weeks later; three months outlive every case."""


def customer_token(number: str) -> str:
    return _serializer().dumps(number)


def number_of(token: str) -> str | None:
    """The application that the token opens; None when it was not signed by us or has expired."""
    from itsdangerous import BadData  # noqa: PLC0415

    try:
        return parse_number(_serializer().loads(token, max_age=VALID_SECONDS))
    except (BadData, ValueError):
        return None


def _serializer() -> "URLSafeTimedSerializer":
    from itsdangerous import URLSafeTimedSerializer  # noqa: PLC0415 only who signs or checks a token loads it

    key = secret(Setting.LINK_SECRET.read())
    return URLSafeTimedSerializer(key, salt="customer", signer_kwargs={"digest_method": hashlib.sha256})
