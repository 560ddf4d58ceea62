"""A carrier has seen a parcel: what that means for the applications whose goods are in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from aftersales import clock
from aftersales.applications import commit
from aftersales.applications import store as applications
from aftersales.applications.arrival import arrived
from aftersales.applications.consignment import HANDED_OVER, Consignment, Movement
from aftersales.applications.lifecycle import Step, targets
from aftersales.applications.model import Actor, Application, Parcel
from aftersales.carriers import store as parcels
from aftersales.carriers.gateway import Sighting
from aftersales.carriers.store import Direction, Followed

Seen = Literal["taken", "known", "ignored"]
"""Known: it says nothing new. Ignored: no goods of ours are in that parcel."""

EASYPOST = Actor(kind="system", id="easypost")


def see_parcel(store_id: str, seen: Sighting) -> Seen:
    """Sightings come more than once and in any order: what is older than what is known changes nothing."""
    known = parcels.followed(store_id, seen.tracking_number)
    outcomes = {see(parcel, seen) for parcel in known if parcel.tracker_id in (None, seen.tracker_id)}
    if not outcomes:
        return "ignored"
    return "taken" if "taken" in outcomes else "known"


def see(parcel: Followed, seen: Sighting) -> Seen:
    movement = seen.movement
    if movement is None:
        return "known"
    by_direction = BY_DIRECTION[parcel.direction]
    taken = commit.until_written(lambda: by_direction(applications.load(parcel.about), seen, movement))
    return "taken" if taken else "known"


def _coming_back(application: Application, seen: Sighting, movement: Movement) -> bool:
    """The first scan of our label is the handover. That it has arrived is the warehouse's to say."""
    parcel = application.parcel or _on_our_label(application, movement)
    if parcel is None or not _is_news(parcel, seen, movement):
        return False
    sent = application.parcel is None and bool(targets(Step.GOODS_SENT, application.status))
    commit.step(
        application,
        Step.GOODS_SENT if sent else Step.PARCEL_MOVED,
        EASYPOST,
        parcel=parcel.model_copy(update={"moved": movement, "moved_at": seen.at}),
        data={"direction": "in", "movement": movement},
        **(_look("delivered", "returned", "failed", seen=movement) if application.received_at is None else {}),
    )
    return True


def _on_our_label(application: Application, movement: Movement) -> Parcel | None:
    label = application.label
    if label is None or movement not in HANDED_OVER:
        return None
    return Parcel(carrier=label.carrier, tracking_number=label.tracking_number)


def _is_news(parcel: Consignment, seen: Sighting, movement: Movement) -> bool:
    return parcel.is_numbered(seen.tracking_number) and parcel.is_news(movement, seen.at)


def _look(*movements: Movement, seen: Movement) -> dict[str, datetime]:
    """Of these, somebody looks where the parcel is."""
    return {"look_at": clock.now()} if seen in movements else {}


def _going_out(application: Application, seen: Sighting, movement: Movement) -> bool:
    delivery = application.delivery
    if delivery is None or delivery.delivered_at or not _is_news(delivery, seen, movement):
        return False
    there = movement == "delivered"
    moved = delivery.model_copy(update={"moved": movement, "moved_at": seen.at})
    after = application.model_copy(update={"delivery": moved})
    changes = arrived(after, seen.at) if there else {"delivery": moved}
    commit.step(
        application,
        Step.DELIVERED if there and targets(Step.DELIVERED, application.status) else Step.PARCEL_MOVED,
        EASYPOST,
        data={"direction": "out", "movement": movement},
        **changes,
        **_look("returned", "failed", seen=movement),
    )
    return True


BY_DIRECTION: dict[Direction, Callable[[Application, Sighting, Movement], bool]] = {
    "in": _coming_back,
    "out": _going_out,
}
