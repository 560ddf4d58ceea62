"""File an application: the units are reserved, and the application and its first event exist, or nothing happened."""

from typing import Annotated

from pydantic import Field, model_validator

from aftersales import clock, tables
from aftersales.applications import photos, store
from aftersales.applications.idempotency import Attempt
from aftersales.applications.lifecycle import TALKING, Status, Step, Type, due
from aftersales.applications.model import (
    CUSTOMER,
    MAX_LINES,
    MAX_PHOTOS,
    Application,
    ApplicationLine,
    Channel,
    Contact,
    Language,
    Photo,
    TimelineEvent,
)
from aftersales.applications.number import new_number
from aftersales.applications.photos import PhotoWanted, Upload
from aftersales.errors import CurrencyMismatch, InProgress, QuantityNotAvailable, UnknownLine, UnknownOrder
from aftersales.model import LongText, Model
from aftersales.money import Currency
from aftersales.orders import ledger, moving
from aftersales.orders import store as orders
from aftersales.orders.customer import key_of
from aftersales.orders.model import Order
from aftersales.orders.names import OrderNumber
from aftersales.tables import Cancelled, Write


class Filing(Model):
    """The body of `POST /applications`. `currency`, when given, must be the order's."""

    order_number: OrderNumber
    type: Type
    lines: Annotated[list[ApplicationLine], Field(max_length=MAX_LINES)] = []
    description: LongText
    contact: Contact
    channel: Channel
    language: Language
    currency: Currency | None = None
    photos: Annotated[list[PhotoWanted], Field(max_length=MAX_PHOTOS)] = []

    @model_validator(mode="after")
    def _lines_make_sense(self) -> "Filing":
        if not self.lines and self.type not in TALKING:
            raise ValueError("lines are needed for this type")
        if len({line.line_id for line in self.lines}) != len(self.lines):
            raise ValueError("two lines have the same line_id")
        return self


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

    Raises `UnknownOrder`, `UnknownLine`, `CurrencyMismatch`, `QuantityNotAvailable`, `KeyReused`, `InProgress`.
    """
    if attempt and (known := attempt.answered()):
        return Filed.model_validate(known)
    order = orders.load(store_id, filing.order_number)
    _check(filing, order)
    assert order is not None
    application = _application(order, filing, correlation_id)
    filed = Filed(number=application.number, status=application.status, photos=application.photos)
    try:
        tables.transact([*([attempt.record(filed.document())] if attempt else []), *_writes(application)])
    except Cancelled as cancelled:
        return _explained(cancelled, attempt)
    return filed


def _check(filing: Filing, order: Order | None) -> None:
    if order is None:
        raise UnknownOrder(f"no order {filing.order_number}")
    if filing.currency and filing.currency != order.currency:
        raise CurrencyMismatch(f"order {filing.order_number} is in {order.currency}")
    for line in filing.lines:
        if line.line_id not in order.ledger:
            raise UnknownLine(f"order {filing.order_number} has no line {line.line_id}")
        ledger_line = order.ledger[line.line_id]
        left = ledger_line.bought if filing.type in TALKING else ledger_line.available
        if line.quantity > left:
            raise QuantityNotAvailable(f"line {line.line_id}: {left} left", line_id=line.line_id, available=left)


def _application(order: Order, filing: Filing, correlation_id: str) -> Application:
    at = clock.now()
    return Application(
        number=new_number(),
        store_id=order.store_id,
        order_number=order.order_number,
        currency=order.currency,
        type=filing.type,
        lines=tuple(filing.lines),
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
    writes = store.filing(application, event)
    if application.type in TALKING:
        return writes
    reserved = ledger.reserve(application.lines)
    return [*writes, moving.filing(application.store_id, application.order_number, reserved, application.number)]


def _explained(cancelled: Cancelled, attempt: Attempt | None) -> Filed:
    if attempt and cancelled.refused(0):
        return Filed.model_validate(attempt.answered_meanwhile())
    if cancelled.collided:
        raise InProgress from cancelled
    raise QuantityNotAvailable from cancelled
