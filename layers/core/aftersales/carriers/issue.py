"""Buy the label for goods that come back at the store's cost."""

from typing import Literal

from aftersales import clock
from aftersales.applications import commit
from aftersales.applications import store as applications
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import SYSTEM, Application, Label
from aftersales.carriers import easypost_labels
from aftersales.carriers import store as parcels
from aftersales.carriers.gateway import BoughtLabel, Refused, WantedLabel
from aftersales.carriers.store import Followed
from aftersales.carriers.wanted import is_at_our_cost, is_waited_for, wanted_label
from aftersales.orders import store as orders
from aftersales.stores import store as stores
from aftersales.stores.model import Store

Issued = Literal["issued", "not_wanted", "refused"]


def issue_label(number: str) -> Issued:
    """Whatever fails on the way, it can be asked again: one label is bought. Raises `NotReached`.

    Nothing is bought once the application has moved on. What was bought in that moment is recorded all the same.
    """
    application = applications.load(number)
    shop = stores.load(application.store_id)
    wanted = _wanted(application, shop)
    if wanted is None:
        return "not_wanted"
    if parcels.asked_label(number).refused:
        return "refused"
    return _issue(shop, wanted)


def _wanted(application: Application, shop: Store) -> WantedLabel | None:
    if shop.carrier != "easypost" or not is_at_our_cost(application) or not is_waited_for(application):
        return None
    order = orders.load(application.store_id, application.order_number)
    return wanted_label(application, order) if order else None


def _issue(shop: Store, wanted: WantedLabel) -> Issued:
    try:
        shipment_id = _shipment(shop, wanted)
        bought = easypost_labels.buy(shop, shipment_id)
    except Refused as refused:
        reason, code = refused.reason, refused.code
        commit.until_written(lambda: _leave_to_a_person(wanted.number, reason, code))
        return "refused"
    commit.until_written(lambda: _record(applications.load(wanted.number), shipment_id, bought))
    return "issued"


def _shipment(shop: Store, wanted: WantedLabel) -> str:
    """Kept before anything is bought by it."""
    kept = parcels.asked_label(wanted.number).shipment_id
    return kept or parcels.keep_shipment(wanted.number, easypost_labels.prepare(shop, wanted))


def _record(application: Application, shipment_id: str, bought: BoughtLabel) -> Application:
    if application.label:
        return application
    parcel = Followed(about=application.number, direction="in", tracker_id=bought.tracker_id)
    return commit.step(
        application,
        Step.LABEL_ISSUED,
        SYSTEM,
        parcels.following(application.store_id, bought.tracking_number, parcel),
        label=Label(
            shipment_id=shipment_id,
            carrier=bought.carrier,
            tracking_number=bought.tracking_number,
            url=bought.url,
        ),
        data={"carrier": bought.carrier, "cost": bought.cost.document()},
    )


def _leave_to_a_person(number: str, reason: str, code: str) -> None:
    """The customer sends the goods by themselves, as without a label; staff see why, once."""
    application = applications.load(number)
    if parcels.asked_label(number).refused:
        return
    commit.step(
        application,
        Step.UNDELIVERED,
        SYSTEM,
        parcels.refusing(number, reason),
        data={"what": "label", "reason": reason, "code": code},
        look_at=clock.now(),
    )
