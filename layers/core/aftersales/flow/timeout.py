"""A wait has reached its limit."""

from collections.abc import Callable

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.arrival import arrived
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.limits import LIMITS
from aftersales.applications.model import SYSTEM, Application
from aftersales.charges.reclaim import charge_for_goods_kept
from aftersales.charges.settle import leave_unpaid
from aftersales.flow.standing import Standing
from aftersales.repair.offer import decline


def time_out(waited: Standing) -> Application:
    """A customer's silence ends the wait; what we did not do, or is on its way to us, is marked overdue, once a status.

    Photos that came without a word are an answer by then. Before the status is due it is looked at again, no more.
    """
    return commit.until_written(lambda: _time_out(store.load(waited.number), waited))


def _time_out(application: Application, waited: Standing) -> Application:
    now = clock.now()
    if waited.is_left(application):
        return application
    if application.status in ENDED_BY:
        return ENDED_BY[application.status](application)
    if application.overdue_at or (application.due_at or now) > now:
        return application
    return commit.step(application, Step.OVERDUE, SYSTEM, overdue_at=now, data=_awaited_refund(application))


def _unanswered(application: Application) -> Application:
    """What was paid for or replaced before does not come to nothing: who asked goes on."""
    if application.settled or _photos_came(application):
        return commit.step(application, Step.INFORMATION_GIVEN, SYSTEM, to=application.asked_in, asked_in=None)
    return commit.step(application, Step.EXPIRED, SYSTEM)


def _photos_came(application: Application) -> bool:
    """Since the customer was asked."""
    if application.due_at is None:
        return False
    asked_at = application.due_at - LIMITS[application.status]
    return any(photo.attached_at and photo.attached_at >= asked_at for photo in application.photos)


def _not_sent(application: Application) -> Application:
    """What was paid for or replaced before is asked for in money; at a difference that was paid back a person looks."""
    if application.settled:
        return charge_for_goods_kept(application)
    paid_back = any(refund.outcome == "paid" for refund in application.refunds)
    return commit.step(application, Step.EXPIRED, SYSTEM, look_at=clock.now() if paid_back else None)


def _arrived(application: Application) -> Application:
    """Not every carrier reports: after its time a parcel counts as delivered."""
    return commit.step(application, Step.DELIVERED, SYSTEM, **arrived(application, clock.now()))


ENDED_BY: dict[Status, Callable[[Application], Application]] = {
    Status.INFORMATION_WANTED: _unanswered,
    Status.AWAITING_GOODS: _not_sent,
    Status.QUOTE_OFFERED: lambda application: decline(application, SYSTEM),
    Status.AWAITING_PAYMENT: leave_unpaid,
    Status.DELIVERING: _arrived,
    Status.AWAITING_CONFIRMATION: lambda application: commit.step(application, Step.CONFIRMED, SYSTEM),
}
"""What a customer's silence comes to."""


def _awaited_refund(application: Application) -> dict[str, str]:
    """By its id the gateway is asked again what has become of it."""
    refund = application.refund
    return {"refund_id": refund.refund_id} if refund and application.status is Status.REFUND_ORDERED else {}
