"""Parcels that customers send by themselves, followed by EasyPost."""

from aftersales.carriers.easypost_client import ask
from aftersales.carriers.easypost_terms import EasyPostTracker, carrier_named
from aftersales.carriers.gateway import Sighting
from aftersales.stores.model import Store


def follow(store: Store, carrier: str, tracking_number: str) -> Sighting:
    """Asked again within three months for the same number and carrier, EasyPost gives the tracker that there is."""
    named = carrier_named(carrier)
    made = ask(store, lambda easypost: easypost.tracker.create(tracking_code=tracking_number, **named))
    return EasyPostTracker.model_validate(made).sighting()
