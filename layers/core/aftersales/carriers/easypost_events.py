"""What EasyPost tells by webhook of parcels."""

from typing import Literal

from easypost import validate_webhook
from easypost.errors import SignatureVerificationError
from pydantic import ValidationError

from aftersales.carriers.easypost_terms import EasyPostTracker
from aftersales.carriers.gateway import Sighting
from aftersales.carriers.see import see_parcel
from aftersales.errors import BadSignature, InvalidRequest
from aftersales.model import Foreign, Model

TRACKER_EVENTS = frozenset({"tracker.created", "tracker.updated"})
SIGNATURE = "X-Hmac-Signature"


Heard = Literal["taken", "known", "ignored", "other"]


class EasyPostEvent(Foreign):
    """EasyPost's event: what happened, and the object as it was then."""

    description: str
    result: dict[str, object] | None = None


class EasyPostHeard(Model):
    """What came of the event: `known`: nothing new. `ignored`: a parcel that is not ours. `other`: of no parcel."""

    outcome: Heard


def check_signature(secret: str | None, body: bytes, header: str | None) -> None:
    """By EasyPost's own check, over the raw body. Raises `BadSignature`.

    It does not say when: who has seen an event may send it again, and that must change nothing.
    """
    if not secret:
        raise BadSignature
    try:
        validate_webhook(body, {SIGNATURE: header}, secret)
    except (SignatureVerificationError, TypeError):  # what is not ASCII cannot be compared
        raise BadSignature from None
    except ValueError:
        raise InvalidRequest("the event is no JSON") from None


def hear(store_id: str, event: EasyPostEvent) -> Heard:
    """Raises `InvalidRequest`."""
    seen = sighting(event)
    return see_parcel(store_id, seen) if seen else "other"


def sighting(event: EasyPostEvent) -> Sighting | None:
    """None: an event that is about no parcel. They come more than once and in any order. Raises `InvalidRequest`."""
    if event.description not in TRACKER_EVENTS:
        return None
    try:
        return EasyPostTracker.model_validate(event.result).sighting()
    except ValidationError:
        raise InvalidRequest("the event's object is no tracker") from None
