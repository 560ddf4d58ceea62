"""Tell the storefront to pay a refund, by a signed webhook. It answers later, by confirming."""

import json
from functools import cache

import urllib3

from aftersales import clock
from aftersales.applications import store
from aftersales.applications.lifecycle import Status
from aftersales.applications.model import Application, Refund
from aftersales.messaging.standard_webhooks import signed_headers
from aftersales.stores import store as stores
from aftersales.stores.secrets import secrets_of

TIMEOUT = urllib3.Timeout(connect=3, read=10)


class NotDelivered(Exception):
    """The storefront did not take the webhook; it will be sent again under the same id."""


@cache
def _http() -> urllib3.PoolManager:
    return urllib3.PoolManager(timeout=TIMEOUT, retries=False)


def tell_storefront(number: str, refund_id: str) -> bool:
    """Send the refund; False when it is no longer wanted, as when it was confirmed. Raises `NotDelivered`."""
    application = store.load(number)
    refund = application.refund
    if application.status is not Status.REFUND_ORDERED or refund is None or refund.refund_id != refund_id:
        return False
    _post(application, json.dumps(_message(application, refund)).encode(), refund_id)
    return True


def _message(application: Application, refund: Refund) -> dict[str, object]:
    return {
        "type": "refund.ordered",
        "timestamp": clock.rfc3339(clock.now()),
        "data": {
            "refund_id": refund.refund_id,
            "number": application.number,
            "order_number": application.order_number,
            "total": refund.total.document(),
            "lines": [line.document() for line in refund.lines],
        },
    }


def _post(application: Application, body: bytes, message_id: str) -> None:
    secret = secrets_of(application.store_id).webhook_secret
    url = stores.load(application.store_id).webhook_url
    headers = signed_headers(secret, message_id, clock.now(), body)
    try:
        answer = _http().request("POST", url, body=body, headers=headers, redirect=False)
    except urllib3.exceptions.HTTPError as error:
        raise NotDelivered(type(error).__name__) from error
    if not 200 <= answer.status < 300:
        raise NotDelivered(f"the storefront answered {answer.status}")
