"""What a mail says of the event itself: money, parcels, times, and by when the customer is to answer."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.limits import LIMITS
from aftersales.applications.model import Application, TimelineEvent
from aftersales.applications.shown import payment_returned, return_label
from aftersales.messaging.words import SAID
from aftersales.money import decimal_text
from aftersales.pages.names import TYPE


class Fact(NamedTuple):
    """`text` names a text of the mail, `values` stand in it."""

    text: str
    values: dict[str, str]


Say = Callable[[datetime], str]
"""A moment as the customer reads it."""


def facts(application: Application, event: TimelineEvent, say: Say) -> Iterator[Fact]:
    """What was done, and what is asked for in the status that it led to."""
    if event.step in SAID:
        yield Fact(SAID[event.step], {})
    yield from _refund(application, event)
    yield from OF_STEP.get(event.step, _nothing)(application, say)
    yield from OF_STATUS.get(event.status_to, _nothing)(application, say)


def _nothing(_: Application, __: Say) -> Iterator[Fact]:
    yield from ()


def _refund(application: Application, event: TimelineEvent) -> Iterator[Fact]:
    """The one that the event is about."""
    texts = {Step.REFUNDED: "refunded", Step.REFUND_FAILED: "refund_failed"}
    for refund in application.refunds:
        if refund.refund_id == event.data.get("refund_id"):
            yield Fact(texts.get(event.step, "refund"), {"money": decimal_text(refund.total)})


def _remedy(application: Application, say: Say) -> Iterator[Fact]:
    yield Fact("remedy", {"kind": TYPE[application.language][application.type]})
    yield from _returned(application, say)


def _returned(application: Application, _: Say) -> Iterator[Fact]:
    if money := payment_returned(application):
        yield Fact("returned", {"money": decimal_text(money)})


def _sent(application: Application, _: Say) -> Iterator[Fact]:
    if application.delivery:
        yield Fact("sent", application.delivery.model_dump(include={"carrier", "tracking_number"}))


def _charged(application: Application, _: Say) -> Iterator[Fact]:
    if application.charge:
        yield Fact("charged", {"money": decimal_text(application.charge.amount)})


def _gift(application: Application, _: Say) -> Iterator[Fact]:
    if credit := application.credit:
        text = "coupon_without_code" if credit.kind == "coupon" and not credit.reference else credit.kind
        yield Fact(text, {"money": decimal_text(credit.amount), "code": credit.reference or ""})


def _label(application: Application, _: Say) -> Iterator[Fact]:
    if label := return_label(application):
        yield Fact("label", {"url": label.url})


def _offer(application: Application, _: Say) -> Iterator[Fact]:
    repair = application.repair
    if repair and repair.price:
        yield Fact("price", {"money": decimal_text(repair.price)})


def _charge(application: Application, _: Say) -> Iterator[Fact]:
    if charge := application.charge:
        yield Fact(charge.purpose, {"money": decimal_text(charge.amount)})


def _visit(application: Application, say: Say) -> Iterator[Fact]:
    visit = application.repair.visit if application.repair else None
    if visit:
        yield Fact(visit.place, {"at": say(visit.at)})
    if visit and visit.who:
        yield Fact("who", {"who": visit.who})


OF_STEP: dict[Step, Callable[[Application, Say], Iterator[Fact]]] = {
    Step.REMEDY_CHANGED: _remedy,
    Step.REPLACEMENT_SHIPPED: _sent,
    Step.GOODS_DISPATCHED: _sent,
    Step.NOT_REPAIRABLE: _returned,
    Step.CHARGED: _charged,
    Step.CREDIT_GIVEN: _gift,
}
OF_STATUS: dict[Status, Callable[[Application, Say], Iterator[Fact]]] = {
    Status.AWAITING_GOODS: _label,
    Status.QUOTE_OFFERED: _offer,
    Status.AWAITING_PAYMENT: _charge,
    Status.VISIT_PLANNED: _visit,
}


def limit(application: Application, event: TimelineEvent, say: Say) -> Fact | None:
    """Until when the customer may answer: the status began with the event, or before it."""
    text = _limited(application, event.status_to)
    began = event.status_from != event.status_to
    until = event.at + LIMITS[event.status_to] if text and began else application.due_at
    return Fact(text, {"until": say(until)}) if text and until else None


def _limited(application: Application, status: Status) -> str | None:
    if status is Status.AWAITING_GOODS and application.settled:
        return "send_back_by"
    if status is Status.AWAITING_CONFIRMATION and application.disputed_at:
        return "confirm_only_by"
    return ANSWER_BY.get(status)


ANSWER_BY: dict[Status, str] = {
    Status.INFORMATION_WANTED: "by",
    Status.AWAITING_GOODS: "send_by",
    Status.QUOTE_OFFERED: "answer_by",
    Status.AWAITING_PAYMENT: "pay_by",
    Status.AWAITING_CONFIRMATION: "confirm_by",
}
