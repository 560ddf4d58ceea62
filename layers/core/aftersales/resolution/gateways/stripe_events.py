"""What Stripe tells by webhook of refunds that it had not finished when they were made."""

from typing import Literal

from pydantic import ValidationError
from stripe import SignatureVerificationError, WebhookSignature

from aftersales.applications.model import Actor
from aftersales.applications.refund import Refund
from aftersales.errors import BadSignature, InvalidRequest, NotFound
from aftersales.model import Foreign, Model
from aftersales.resolution.gateways.stripe_terms import StripeRefund
from aftersales.resolution.settle import application_of, refund_of, settle

REFUND_EVENTS = frozenset({"refund.updated", "charge.refund.updated", "refund.failed"})
TOLERANCE = 300
"""Seconds that a signature is good for."""

Heard = Literal["settled", "told_before", "contradicted", "pending", "unknown", "other"]


class StripeEvent(Foreign):
    """Stripe's event: what happened, and the object as it was then."""

    class Data(Foreign):
        object: dict[str, object]

    type: str
    data: Data


class StripeHeard(Model):
    """What came of the event: `unknown` is a refund that the desk did not order, `other` an event that it needs not."""

    outcome: Heard


def check_signature(secret: str | None, body: bytes, header: str | None) -> None:
    """By Stripe's own check: over the raw body, and not older than the tolerance. Raises `BadSignature`."""
    try:
        WebhookSignature.verify_header(body, header, secret, TOLERANCE)
    except (SignatureVerificationError, UnicodeDecodeError):
        raise BadSignature from None


def hear(store_id: str, event: StripeEvent) -> Heard:
    """Events come more than once and in any order. Raises `InvalidRequest`, `CurrencyMismatch`, `RefundTooHigh`."""
    if event.type not in REFUND_EVENTS:
        return "other"
    theirs = _refund(event)
    ours = _ours(store_id, theirs.refund_id or "")
    if ours is None:
        return "unknown"
    told = theirs.told(ours)
    return settle(ours.refund_id, Actor(kind="system", id="stripe"), told) if told else "pending"


def _refund(event: StripeEvent) -> StripeRefund:
    try:
        return StripeRefund.model_validate(event.data.object)
    except ValidationError:
        raise InvalidRequest("the event's object is no refund") from None


def _ours(store_id: str, refund_id: str) -> Refund | None:
    """What an account pays back by itself, and what another store's account says, is not for us."""
    try:
        application = application_of(refund_id)
    except NotFound:
        return None
    return refund_of(application, refund_id) if application.store_id == store_id else None
