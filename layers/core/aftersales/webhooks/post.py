"""Post a signed message to a storefront."""

import json
from functools import cache

import urllib3

from aftersales import clock
from aftersales.messaging.standard_webhooks import signed_headers
from aftersales.stores.model import Store
from aftersales.stores.secrets import secrets_of

TIMEOUT = urllib3.Timeout(connect=3, read=10)


class NotTaken(Exception):
    """The storefront did not take it, or nobody knows whether it did: tell it again, under the same id."""


@cache
def _http() -> urllib3.PoolManager:
    return urllib3.PoolManager(timeout=TIMEOUT, retries=False)


def post(store: Store, message_id: str, document: dict[str, object]) -> None:
    """By its id the storefront knows a repetition. Raises `NotTaken`."""
    body = json.dumps(document).encode()
    headers = signed_headers(secrets_of(store.store_id).signing, message_id, clock.now(), body)
    status = _status(store.webhook_url or "", body, headers)
    if not 200 <= status < 300:
        raise NotTaken(f"the storefront answered {status}")


def _status(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The answer's body is not read, for it may be long in coming."""
    try:
        answer = _http().request("POST", url, body=body, headers=headers, redirect=False, preload_content=False)
    except urllib3.exceptions.HTTPError as error:
        raise NotTaken(type(error).__name__) from error
    answer.close()
    status: int = answer.status
    return status
