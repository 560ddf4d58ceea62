"""Have EasyPost follow a parcel: one of which the customer told, or one that went to them."""

from typing import Literal

from aftersales.applications import store as applications
from aftersales.applications.consignment import Consignment
from aftersales.applications.model import Application
from aftersales.carriers import easypost_trackers
from aftersales.carriers import store as parcels
from aftersales.carriers.gateway import Refused, Sighting
from aftersales.carriers.see import see
from aftersales.carriers.store import Direction, Followed
from aftersales.stores import store as stores

Following = Literal["followed", "not_wanted", "refused"]
"""Refused: nobody knows such a parcel, and people follow it as they do without EasyPost."""


def follow_return(number: str) -> Following:
    """Raises `NotReached`."""
    application = applications.load(number)
    return _follow(application, application.parcel, "in") if application.parcel else "not_wanted"


def follow_delivery(number: str) -> Following:
    """Raises `NotReached`."""
    application = applications.load(number)
    delivery = application.delivery
    if delivery is None or delivery.delivered_at:
        return "not_wanted"
    return _follow(application, delivery, "out")


def _follow(application: Application, parcel: Consignment, direction: Direction) -> Following:
    shop = stores.load(application.store_id)
    if shop.carrier != "easypost":
        return "not_wanted"
    try:
        seen = easypost_trackers.follow(shop, parcel.carrier, parcel.tracking_number)
    except Refused:
        return "refused"
    followed = Followed(about=application.number, direction=direction, tracker_id=seen.tracker_id)
    parcels.follow(shop.store_id, seen.tracking_number, followed)
    see(followed, _heard(seen))
    return "followed"


def _heard(seen: Sighting) -> Sighting:
    """From now on the carrier's word counts. A parcel that is there already moves no more."""
    return seen if seen.movement else seen.model_copy(update={"movement": "announced"})
