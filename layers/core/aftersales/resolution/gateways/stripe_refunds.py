"""Refunds at Stripe, by its own SDK.

Two things make that each is made once: Stripe knows the refund's id as idempotency key for 24 hours, and for longer
than that the refund carries it, so we look for it first.
"""

from functools import cache
from typing import Any

from stripe import DEFAULT_API_BASE, IdempotencyError, RequestsClient, StripeClient, StripeError

from aftersales.resolution.confirmation import RefundConfirmation
from aftersales.resolution.gateways import stripe_terms
from aftersales.resolution.gateways.gateway import NotReached, WantedRefund
from aftersales.resolution.gateways.stripe_terms import StripeRefund, refused
from aftersales.stores.model import Store
from aftersales.stores.secrets import secrets_of

API = DEFAULT_API_BASE
TIMEOUT = (3, 8)
"""Seconds to connect, and to wait for an answer: two calls fit into the function's time."""

PAGE = 100
NOTHING_TO_PAY = "nothing to pay"


def pay(store: Store, wanted: WantedRefund) -> RefundConfirmation | None:
    """What Stripe refuses has failed; while its answer is missing or says that it has trouble, it is asked again."""
    refund = wanted.refund
    due = stripe_terms.due(refund)
    if not due.amount:
        return stripe_terms.paid(refund, NOTHING_TO_PAY)
    if not refund.payment_reference:
        return refused(refund, "the store has not told the order's payment_reference")
    try:
        amount = stripe_terms.stripe_amount(due)
    except ValueError as error:
        return refused(refund, str(error))
    payment = stripe_terms.payment(refund.payment_reference)
    try:
        return _made(_client(_key(store)), wanted, payment, amount).told(refund)
    except StripeError as error:
        return _after(error, wanted)


def _made(client: StripeClient, wanted: WantedRefund, payment: dict[str, str], amount: int) -> StripeRefund:
    """The refund of this id: the one that is there, or a new one."""
    refund_id = wanted.refund.refund_id
    which: Any = {**payment, "limit": PAGE}
    for known in map(_ours, client.v1.refunds.list(which).auto_paging_iter()):
        if known.refund_id == refund_id:
            return known
    new: Any = {**payment, "amount": amount, "metadata": {"refund_id": refund_id, "number": wanted.number}}
    return _ours(client.v1.refunds.create(new, {"idempotency_key": refund_id}))


def _ours(theirs: Any) -> StripeRefund:
    return StripeRefund.model_validate(theirs.to_dict())


def _key(store: Store) -> str:
    key = secrets_of(store.store_id).stripe_api_key
    if key is None:
        raise NotReached(f"{store.store_id} has no stripe_api_key")
    return key


@cache
def _client(key: str) -> StripeClient:
    """It does not try again by itself: the queue does."""
    http = RequestsClient(timeout=TIMEOUT)
    return StripeClient(key, base_addresses={"api": API}, max_network_retries=0, http_client=http)


def _after(error: StripeError, wanted: WantedRefund) -> RefundConfirmation:
    """A key that came with other parameters before may have made a refund then: that is no refusal.

    Only the code leaves here: Stripe's words may quote what was sent.
    """
    if error.http_status in stripe_terms.REFUSALS and not isinstance(error, IdempotencyError):
        return refused(wanted.refund, f"Stripe: {error.code or type(error).__name__}")
    raise NotReached(f"{type(error).__name__} {error.http_status or ''}".strip()) from None
