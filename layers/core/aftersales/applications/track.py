"""What a customer sees of their application, and what they may do to it."""

from typing import Annotated

from pydantic import Field

from aftersales.applications import commit, shown, store
from aftersales.applications import photos as photo_forms
from aftersales.applications.appeal import possible_until
from aftersales.applications.lifecycle import FINAL, Status, Step, Type, targets
from aftersales.applications.model import (
    CUSTOMER,
    MAX_PHOTOS,
    Application,
    ApplicationLine,
    Language,
    Parcel,
    Photo,
    TimelineEvent,
)
from aftersales.applications.number import known_number
from aftersales.applications.photos import PhotoWanted, Upload
from aftersales.applications.possible import is_to_send, may_cancel, may_dispute
from aftersales.applications.refund import QuoteItem
from aftersales.applications.repair import Visit
from aftersales.applications.replacement import Delivery
from aftersales.applications.shown import Gift, NewGoods, Offer, Payable, ReturnLabel
from aftersales.applications.words import PARTLY_ACCEPTED, REFUND_ITEM, STATUS, STEP
from aftersales.errors import NotFound, StepNotPossible, TooManyPhotos
from aftersales.model import LongText, Model, Moment, ShortText
from aftersales.money import Money


class TrackingRequest(Model):
    """The body of `POST /tracking`: the number, and the email or phone that the application was filed with."""

    number: Annotated[str, Field(max_length=40)]
    contact: Annotated[str, Field(max_length=254)]


class TimelineEntry(Model):
    """One step as the customer sees it: who, when, what, from which status to which."""

    at: Moment
    step: Step
    name: str
    by: str
    status_from: Status | None = None
    status_to: Status
    message: LongText | None = None


class RefundItem(Model):
    """One part of what is paid back, in minor units; what is taken off is below zero. Of a line, or of all."""

    name: str
    line_id: str | None = None
    quantity: int | None = None
    amount: int


class CustomerView(Model):
    """What is shown to the customer. `due_at` is by when the next step should have happened.

    `lines` are what it is about, `refused_lines` what was refused of it, `new_goods` what is sent for it. While it may
    be appealed, `appeal_until` says until when. `refund` is the last one, `paid_back` all of several. `parcel` goes to
    the store, `delivery` to the customer; `offer`, `to_pay` and `visit` stand there while they wait for the customer.
    """

    number: str
    order_number: str
    type: Type
    lines: tuple[ApplicationLine, ...]
    refused_lines: tuple[ApplicationLine, ...] = ()
    description: str
    language: Language
    status: Status
    status_name: str
    next: str
    due_at: Moment | None = None
    reasons: tuple[str, ...] = ()
    appeal_until: Moment | None = None
    refund: Money | None = None
    refund_items: tuple[RefundItem, ...] = ()
    paid_back: Money | None = None
    return_label: ReturnLabel | None = None
    parcel: Parcel | None = None
    new_goods: tuple[NewGoods, ...] = ()
    delivery: Delivery | None = None
    offer: Offer | None = None
    to_pay: Payable | None = None
    payment_returned: Money | None = None
    visit: Visit | None = None
    compensation: Gift | None = None
    photos: int
    actions: tuple[str, ...]
    timeline: tuple[TimelineEntry, ...]


class Tracked(Model):
    """The answer to a tracking request. `token` opens the customer's routes until it expires."""

    application: CustomerView
    token: str


class Uploads(Model):
    """Forms for photos, one a photo."""

    uploads: tuple[Upload, ...]


def find(request: TrackingRequest) -> Application:
    """The application of that number if the contact is its own. Raises `NotFound` alike for every other case."""
    application = store.load(known_number(request.number))
    if not application.contact.matches(request.contact):
        raise NotFound
    return application


def view(application: Application) -> CustomerView:
    refund = shown.refund_shown(application)
    return CustomerView(
        number=application.number,
        order_number=application.order_number,
        type=application.type,
        lines=application.lines,
        refused_lines=application.refused_lines,
        description=application.description,
        language=application.language,
        status=application.status,
        status_name=STATUS[application.language][application.status].name,
        next=shown.next_words(application, application.status),
        due_at=application.due_at,
        reasons=_reasons(application),
        appeal_until=possible_until(application),
        refund=refund.total if refund else None,
        refund_items=tuple(_item(item, application.language) for item in refund.items) if refund else (),
        paid_back=shown.paid_back(application),
        return_label=shown.return_label(application),
        parcel=application.parcel,
        new_goods=_new_goods(application),
        delivery=application.delivery,
        offer=shown.offer(application),
        to_pay=shown.payable(application),
        payment_returned=shown.payment_returned(application),
        visit=shown.visit(application),
        compensation=shown.gift(application),
        photos=application.photos_attached,
        actions=_actions(application),
        timeline=tuple(
            _entry(event, application.language) for event in store.timeline(application.number) if not event.staff_only
        ),
    )


def _new_goods(application: Application) -> tuple[NewGoods, ...]:
    """The order is read for the title of another variant only."""
    if not any(line.variant for line in application.lines):
        return shown.new_goods(application, None)
    from aftersales.orders import store as orders  # noqa: PLC0415 only an exchange for something else loads it

    return shown.new_goods(application, orders.load(application.store_id, application.order_number))


def _item(item: QuoteItem, language: Language) -> RefundItem:
    name = REFUND_ITEM[language][item.kind]
    return RefundItem(name=name, line_id=item.line_id, quantity=item.quantity, amount=item.amount)


def _reasons(application: Application) -> tuple[str, ...]:
    decision = application.decision
    return tuple(reason.sentence(application.language) for reason in decision.reasons) if decision else ()


WRITERS = frozenset({"customer", "staff"})
"""Whose words customers read; a storefront's are for staff."""


def _entry(event: TimelineEvent, language: Language) -> TimelineEntry:
    return TimelineEntry(
        at=event.at,
        step=event.step,
        name=_name(event, language),
        by=event.actor.kind,
        status_from=event.status_from,
        status_to=event.status_to,
        message=event.message if event.actor.kind in WRITERS else None,
    )


def _name(event: TimelineEvent, language: Language) -> str:
    partly = event.data.get("outcome") == "partly_accept"
    return PARTLY_ACCEPTED[language] if partly else STEP[language][event.step]


def _actions(application: Application) -> tuple[str, ...]:
    possible = {
        "cancel": may_cancel(application),
        "give_information": bool(targets(Step.INFORMATION_GIVEN, application.status)),
        "tell_parcel": is_to_send(application),
        "answer_quote": bool(targets(Step.QUOTE_ACCEPTED, application.status)),
        "confirm": bool(targets(Step.CONFIRMED, application.status)),
        "dispute": may_dispute(application),
        "appeal": possible_until(application) is not None,
        "add_photos": application.status not in FINAL,
    }
    return tuple(action for action, is_possible in possible.items() if is_possible)


class Information(Model):
    """The body of `POST /applications/{number}/information`."""

    message: LongText


class PhotosWanted(Model):
    """The body of `POST /applications/{number}/photos`."""

    photos: Annotated[list[PhotoWanted], Field(min_length=1, max_length=MAX_PHOTOS)]


class ParcelSent(Model):
    """The body of `POST /applications/{number}/parcel`."""

    carrier: ShortText
    tracking_number: ShortText


def cancel(number: str) -> Application:
    return commit.until_written(lambda: _cancel(store.load(number)))


def _cancel(application: Application) -> Application:
    if not may_cancel(application):
        raise StepNotPossible("the goods are here, or money or goods have gone out: it can be cancelled no more")
    return commit.step(application, Step.CANCELLED, CUSTOMER)


def give_information(number: str, information: Information) -> Application:
    """Back to where the question came from, with a new limit for us."""
    return commit.until_written(lambda: _give_information(store.load(number), information))


def _give_information(application: Application, information: Information) -> Application:
    return commit.step(
        application,
        Step.INFORMATION_GIVEN,
        CUSTOMER,
        to=application.asked_in,
        message=information.message,
        asked_in=None,
    )


def tell_parcel(number: str, sent: ParcelSent) -> Application:
    """From then on it is on its way. Told again, the same parcel changes nothing."""
    return commit.until_written(lambda: _tell_parcel(store.load(number), sent))


def _tell_parcel(application: Application, sent: ParcelSent) -> Application:
    parcel, known = Parcel(carrier=sent.carrier, tracking_number=sent.tracking_number), application.parcel
    if known and known.carrier == parcel.carrier and known.is_numbered(parcel.tracking_number):
        return application
    if not is_to_send(application):
        raise StepNotPossible("no goods are waited for")
    words = f"{parcel.carrier} {parcel.tracking_number}"
    return commit.step(application, Step.GOODS_SENT, CUSTOMER, message=words, parcel=parcel)


def add_photos(number: str, wanted: PhotosWanted) -> tuple[Upload, ...]:
    """Forms for further photos. They join the application when they arrive. Raises `TooManyPhotos`."""
    application = store.load(number)
    if application.status in FINAL:
        raise StepNotPossible
    if application.photos_attached + len(wanted.photos) > MAX_PHOTOS:
        raise TooManyPhotos(f"at most {MAX_PHOTOS}")
    photos = tuple(Photo(photo_id=photo_forms.new_id(), media_type=p.media_type) for p in wanted.photos)
    return photo_forms.uploads(number, photos)
