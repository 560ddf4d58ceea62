"""File an application: the units are reserved, and the application and its first event exist, or nothing happened."""

from typing import Annotated

from pydantic import Field

from aftersales import clock, tables
from aftersales.applications import photos, store
from aftersales.applications.contact import Contact
from aftersales.applications.finding import pointing
from aftersales.applications.idempotency import Attempt
from aftersales.applications.lifecycle import TALKING, Status, Step, Type
from aftersales.applications.limits import due
from aftersales.applications.model import (
    CUSTOMER,
    MAX_PHOTOS,
    Application,
    Channel,
    Language,
    Photo,
    TimelineEvent,
)
from aftersales.applications.number import new_number
from aftersales.applications.photos import PhotoWanted, Upload
from aftersales.applications.wanted import Wanted, order_with, titled
from aftersales.errors import CurrencyMismatch, InProgress, QuantityNotAvailable
from aftersales.model import LongText, Model
from aftersales.money import Currency
from aftersales.orders import ledger, moving
from aftersales.orders.customer import key_of
from aftersales.orders.model import Order
from aftersales.tables import Cancelled, Write


class Filing(Wanted):
    """The body of `POST /applications`. `currency`, when given, must be the order's."""

    description: LongText
    contact: Contact
    channel: Channel
    language: Language
    currency: Currency | None = None
    photos: Annotated[list[PhotoWanted], Field(max_length=MAX_PHOTOS)] = []


class Filed(Model):
    """What filing came to: remembered for a repeated request, and answered with a form to send each photo."""

    number: str
    status: Status
    photos: tuple[Photo, ...]

    def answer(self) -> "FiledAnswer":
        """The forms are signed anew each time: a repetition an hour later must still be able to upload."""
        uploads = photos.uploads(self.number, self.photos)
        return FiledAnswer(number=self.number, status=self.status, uploads=uploads)


class FiledAnswer(Model):
    """The application number, and where to send each photo."""

    number: str
    status: Status
    uploads: tuple[Upload, ...]


def submit(store_id: str, filing: Filing, attempt: Attempt | None, correlation_id: str) -> Filed:
    """File it; the same `attempt` comes to the same.

    Raises `UnknownOrder`, `UnknownLine`, `UnknownVariant`, `CurrencyMismatch`, `QuantityNotAvailable`, `KeyReused`,
    `InProgress`.
    """
    if attempt and (known := attempt.answered()):
        return Filed.model_validate(known)
    order = order_with(store_id, filing)
    if filing.currency and filing.currency != order.currency:
        raise CurrencyMismatch(f"order {filing.order_number} is in {order.currency}")
    application = _application(order, filing, correlation_id)
    filed = Filed(number=application.number, status=application.status, photos=application.photos)
    try:
        tables.transact([*([attempt.record(filed.document())] if attempt else []), *_writes(application)])
    except Cancelled as cancelled:
        return _explained(cancelled, attempt)
    return filed


def _application(order: Order, filing: Filing, correlation_id: str) -> Application:
    at = clock.now()
    return Application(
        number=new_number(),
        store_id=order.store_id,
        order_number=order.order_number,
        currency=order.currency,
        type=filing.type,
        lines=titled(filing.lines, order),
        description=filing.description,
        contact=filing.contact,
        customer=key_of(order, filing.contact),
        channel=filing.channel,
        language=filing.language,
        photos=tuple(Photo(photo_id=photos.new_id(), media_type=p.media_type) for p in filing.photos),
        status=Status.SUBMITTED,
        version=1,
        filed_at=at,
        changed_at=at,
        due_at=due(Status.SUBMITTED, at),
        correlation_id=correlation_id,
    )


def _writes(application: Application) -> list[Write]:
    event = TimelineEvent(
        number=application.number,
        version=1,
        store_id=application.store_id,
        step=Step.FILED,
        at=application.filed_at,
        actor=CUSTOMER,
        status_to=Status.SUBMITTED,
        data={"type": application.type, "channel": application.channel},
        correlation_id=application.correlation_id,
    )
    writes = [*store.filing(application, event), *pointing(application)]
    if application.type in TALKING:
        return writes
    return [*writes, _reserving(application)]


def _reserving(application: Application) -> Write:
    """Of repairs the order keeps the numbers: the law counts them."""
    place, move = (application.store_id, application.order_number), ledger.reserve(application.lines)
    if application.type is Type.REPAIR:
        return moving.repairing(*place, move, application.number)
    return moving.moving(*place, move)


def _explained(cancelled: Cancelled, attempt: Attempt | None) -> Filed:
    if attempt and cancelled.refused(0):
        return Filed.model_validate(attempt.answered_meanwhile())
    if cancelled.collided:
        raise InProgress from cancelled
    raise QuantityNotAvailable from cancelled
