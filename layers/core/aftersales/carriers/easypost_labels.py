"""Return labels at EasyPost.

What makes that each is bought once: a shipment can be bought once, its id is kept before, and before it is bought, and
when EasyPost says that it was, the label is looked for. A shipment that was prepared and not kept costs nothing.
"""

from collections.abc import Callable

from easypost import EasyPostClient
from easypost.easypost_object import EasyPostObject

from aftersales.carriers.easypost_client import ask
from aftersales.carriers.easypost_terms import BOUGHT_BEFORE, EasyPostShipment, return_of
from aftersales.carriers.gateway import BoughtLabel, NotReached, Refused, WantedLabel
from aftersales.stores.model import Store


def prepare(store: Store, wanted: WantedLabel) -> str:
    assert store.return_address
    new = return_of(wanted, store.return_address)
    return _shipment(store, lambda easypost: easypost.shipment.create(**new)).id


def buy(store: Store, shipment_id: str) -> BoughtLabel:
    shipment = _known(store, shipment_id)
    return shipment.bought() or _bought(store, shipment)


def _bought(store: Store, shipment: EasyPostShipment) -> BoughtLabel:
    rate = {"id": shipment.lowest_rate().id}
    try:
        paid = _shipment(store, lambda easypost: easypost.shipment.buy(shipment.id, rate=rate))
    except Refused as refusal:
        if refusal.code != BOUGHT_BEFORE:
            raise
        paid = _known(store, shipment.id)
    label = paid.bought()
    if label is None:
        raise NotReached(f"{shipment.id} is bought, and its label is not there yet")
    return label


def _known(store: Store, shipment_id: str) -> EasyPostShipment:
    return _shipment(store, lambda easypost: easypost.shipment.retrieve(shipment_id))


def _shipment(store: Store, call: Callable[[EasyPostClient], EasyPostObject]) -> EasyPostShipment:
    return EasyPostShipment.model_validate(ask(store, call))
