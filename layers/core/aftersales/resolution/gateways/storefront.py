"""Tell the storefront to pay a refund, by a signed webhook. It answers later, by confirming."""

import json
from functools import cache

import urllib3

from aftersales import clock
from aftersales.applications.refund import Refund
from aftersales.messaging.standard_webhooks import signed_headers
from aftersales.resolution.confirmation import RefundConfirmation
from aftersales.resolution.gateways.gateway import NotReached, WantedRefund
from aftersales.stores.model import Store
from aftersales.stores.secrets import secrets_of

TIMEOUT = urllib3.Timeout(connect=3, read=10)


@cache
def _http() -> urllib3.PoolManager:
    return urllib3.PoolManager(timeout=TIMEOUT, retries=False)


def pay(store: Store, wanted: WantedRefund) -> RefundConfirmation | None:
    """The webhook's id is the refund's: by it the storefront knows a repetition."""
    body = json.dumps(message(wanted)).encode()
    secrets = secrets_of(store.store_id).signing
    status = _post(store.webhook_url or "", body, signed_headers(secrets, wanted.refund.refund_id, clock.now(), body))
    if not 200 <= status < 300:
        raise NotReached(f"the storefront answered {status}")
    return None


def message(wanted: WantedRefund) -> dict[str, object]:
    return {
        "type": "refund.ordered",
        "timestamp": clock.rfc3339(clock.now()),
        "data": {
            "refund_id": wanted.refund.refund_id,
            "number": wanted.number,
            "order_number": wanted.order_number,
            "total": wanted.refund.total.document(),
            "lines": [line.document() for line in wanted.refund.lines],
            **_beside_lines(wanted.refund),
        },
    }


def _beside_lines(refund: Refund) -> dict[str, object]:
    """Minor units of the total that are of no line, and what goes back to which means of payment, where it is known."""
    shipping = {"shipping": refund.shipping} if refund.shipping else {}
    return shipping | ({"tenders": [part.document() for part in refund.tenders]} if refund.tenders else {})


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status; the answer's body is not read, for it may be long in coming."""
    try:
        answer = _http().request("POST", url, body=body, headers=headers, redirect=False, preload_content=False)
    except urllib3.exceptions.HTTPError as error:
        raise NotReached(type(error).__name__) from error
    answer.close()
    status: int = answer.status
    return status
