"""Have an ordered refund paid by the gateway of its store."""

from typing import Literal

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.resolution.gateways import offline, storefront, stripe_refunds
from aftersales.resolution.gateways.gateway import Gateway, WantedRefund
from aftersales.resolution.settle import changed, settle
from aftersales.stores import store as stores
from aftersales.stores.model import Payments

PaidBack = Literal["asked", "answered", "not_wanted"]

GATEWAYS: dict[Payments, Gateway] = {
    "storefront": storefront.pay,
    "stripe": stripe_refunds.pay,
    "offline": offline.pay,
}


def pay_back(number: str, refund_id: str) -> PaidBack:
    """Ask for it under its id, and settle what is answered at once. Whatever fails on the way, it can be asked again.

    Raises `NotReached` when the gateway did not take it. A refund that was settled meanwhile is not wanted any more.
    """
    application = store.load(number)
    if not _is_awaited(application, refund_id):
        return "not_wanted"
    shop = stores.load(application.store_id)
    told = GATEWAYS[shop.payments](shop, _wanted(application))
    if told is None:
        return "asked"
    settle(refund_id, Actor(kind="system", id=shop.payments), told)
    return "answered"


def _is_awaited(application: Application, refund_id: str) -> bool:
    ordered = application.refund.refund_id if application.refund else None
    return application.status is Status.REFUND_ORDERED and ordered == refund_id


def _wanted(application: Application) -> WantedRefund:
    assert application.refund
    return WantedRefund(application.number, application.order_number, application.refund)


def leave_to_a_person(number: str, refund_id: str) -> None:
    """The gateway could not be reached for a day: staff see it, once. The refund is not failed by that."""
    commit.until_written(lambda: _leave_to_a_person(store.load(number), refund_id))


def _leave_to_a_person(application: Application, refund_id: str) -> Application:
    now, refund = clock.now(), application.refund
    if refund is None or refund.undelivered_at or not _is_awaited(application, refund_id):
        return application
    return commit.step(
        application,
        Step.UNDELIVERED,
        SYSTEM,
        refunds=changed(application, refund.model_copy(update={"undelivered_at": now})),
        look_at=now,
        data={"refund_id": refund_id},
    )
