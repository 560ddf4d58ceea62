"""What a storefront is told of an event: by what stands by now, and never whom it is about.

What is not to be done any more is not asked for, however late its event comes. Of two messages about one thing, the
one with the later timestamp holds.
"""

from collections.abc import Callable, Iterator, Mapping

from aftersales.applications.charge import Charge
from aftersales.applications.lifecycle import DONE, REPLACING, Status, Step, Type
from aftersales.applications.limits import LIMITS
from aftersales.applications.model import Application
from aftersales.clock import rfc3339
from aftersales.webhooks.goods import inspected_data, replacement_data
from aftersales.webhooks.message import Happened, Message, MessageType
from aftersales.webhooks.refund import refund_data

SENT = frozenset({"shipped", "delivered"})
"""States of a replacement that has left the store."""


def messages(happened: Happened) -> list[Message]:
    return [message for make in MAKERS.get(happened.event.step, ()) for message in make(happened)]


def _reserve(happened: Happened) -> Iterator[Message]:
    replacement = happened.application.replacement
    if replacement and replacement.state == "wanted" and not _is_off(happened.application):
        yield _message(happened, "replacement.reserve", replacement_data(happened, replacement))


def _ship(happened: Happened) -> Iterator[Message]:
    """After a failure another one may have been ordered: that is told of its own event."""
    replacement = happened.application.replacement
    ordered = happened.event.data.get("replacement_id")
    if replacement and replacement.state == "ordered" and replacement.replacement_id == ordered:
        yield _message(happened, "replacement.ship", replacement_data(happened, replacement))


def _release(happened: Happened) -> Iterator[Message]:
    """However it came to be off, and when the case ends after that, it is one message."""
    replacement = happened.application.replacement
    if replacement and replacement.state not in SENT and _is_off(happened.application):
        name = f"{replacement.replacement_id}.release"
        yield _message(happened, "replacement.release", replacement_data(happened, replacement), name)


def _is_off(application: Application) -> bool:
    """Whether nothing will be sent in place of the goods: the case is done, or ends with something else."""
    return application.status in DONE or application.type not in REPLACING


def _charge(happened: Happened) -> Iterator[Message]:
    charge = happened.application.charge
    if charge and charge.charge_id == happened.event.event_id and charge.outcome is None:
        pay_by = rfc3339(happened.event.at + LIMITS[Status.AWAITING_PAYMENT])
        yield _message(happened, "charge.ordered", _charge_data(charge) | {"pay_by": pay_by})


def _void(happened: Happened) -> Iterator[Message]:
    """Whatever it was that made it void, it is given back once."""
    for charge in happened.application.charges:
        if charge.void:
            data = _charge_data(charge) | {"reference": charge.reference}
            yield _message(happened, "charge.void", data, f"{charge.charge_id}.void")


def _charge_data(charge: Charge) -> dict[str, object]:
    return {"charge_id": charge.charge_id, "purpose": charge.purpose, "amount": charge.amount.document()}


def _credit(happened: Happened) -> Iterator[Message]:
    credit = happened.application.credit
    if credit and credit.credit_id == happened.event.event_id and credit.outcome is None:
        yield _message(happened, "credit.ordered", credit.document())


def _inspected(happened: Happened) -> Iterator[Message]:
    """Goods that are to be repaired are the customer's own."""
    if happened.application.type is not Type.REPAIR:
        yield from _goods(happened)


def _inspected_before(happened: Happened) -> Iterator[Message]:
    """They become the store's when they are not to be repaired after all, and the other way round."""
    if Type.REPAIR in (happened.event.data.get("from"), happened.event.data.get("to")):
        yield from _goods(happened)


def _goods(happened: Happened) -> Iterator[Message]:
    """By the same event, others may be released."""
    if happened.application.inspection:
        yield _message(happened, "goods.inspected", inspected_data(happened), f"{happened.event.event_id}.goods")


def _paid(happened: Happened) -> Iterator[Message]:
    """A storefront that pays refunds itself knows."""
    told = happened.event.data.get("refund_id")
    paid = (refund for refund in happened.application.refunds if refund.outcome == "paid")
    for refund in paid:
        if refund.refund_id == told and happened.store.payments != "storefront":
            yield _message(happened, "refund.paid", refund_data(refund) | {"reference": refund.reference})


def _message(happened: Happened, kind: MessageType, data: Mapping[str, object], name: str | None = None) -> Message:
    """Named by its event, as is what the event orders."""
    application, event = happened.application, happened.event
    about = {"number": application.number, "order_number": application.order_number}
    return Message(name or event.event_id, kind, event.at, {**about, **data})


MAKERS: dict[Step, tuple[Callable[[Happened], Iterator[Message]], ...]] = {
    Step.REPLACEMENT_WANTED: (_reserve,),
    Step.REPLACEMENT_ORDERED: (_ship,),
    Step.CHARGE_ORDERED: (_charge,),
    Step.QUOTE_ACCEPTED: (_charge,),
    Step.CREDIT_ORDERED: (_credit,),
    Step.GOODS_INSPECTED: (_inspected,),
    Step.REFUNDED: (_paid,),
    Step.NOT_REPAIRABLE: (_void,),
    Step.REMEDY_CHANGED: (_release, _void, _inspected_before),
    Step.REJECTED: (_release, _void, _inspected),
    Step.CANCELLED: (_release, _void),
    Step.EXPIRED: (_release, _void),
    Step.COMPLETED: (_release,),
    Step.CONFIRMED: (_release,),
    Step.DISPUTE_ANSWERED: (_release,),
}

TOLD = tuple(MAKERS)
"""Steps that a storefront may have to be told of: those that the rule of its queue lets through."""
