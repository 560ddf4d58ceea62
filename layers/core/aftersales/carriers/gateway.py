"""What every service of carriers does for the desk: labels for goods that come back, and word of parcels under way."""

from dataclasses import dataclass
from typing import Literal, Protocol

from aftersales.applications.consignment import Movement
from aftersales.model import Model, Moment
from aftersales.money import Money
from aftersales.orders.address import Address
from aftersales.stores.model import Store

RefusalReason = Literal["no_rates", "bad_address", "bad_package", "unknown_parcel", "not_paid", "not_possible"]
"""Not paid: the store's account there has no money or no means of payment. Not possible: for any other reason."""


@dataclass(frozen=True)
class Package:
    """What the customer sends: its weight and, where they are known, its length, width and height."""

    grams: int
    millimetres: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class WantedLabel:
    """For goods of the application `number`, from the customer at `sender` to the store's return address."""

    number: str
    sender: Address
    package: Package


class BoughtLabel(Model):
    """`url` is where the label can be printed from; `cost` is what the store pays for it."""

    carrier: str
    tracking_number: str
    url: str
    tracker_id: str | None = None
    cost: Money


class Sighting(Model):
    """What is known of a parcel. `movement` None: nothing yet. `at`: when it was seen so, or else when that was heard.

    Carriers use their numbers again after some time: `tracker_id` is this parcel's alone.
    """

    tracker_id: str
    carrier: str
    tracking_number: str
    movement: Movement | None = None
    at: Moment


class NotReached(Exception):
    """The service did not do it, or nobody knows whether it did: ask again."""


class Refused(Exception):
    """It will not be done, however often it is asked for: a person reads why. `code` is the service's own word."""

    def __init__(self, reason: RefusalReason, code: str) -> None:
        super().__init__(f"{reason}: {code}")
        self.reason = reason
        self.code = code


class Labels(Protocol):
    """In two steps, so that an answer that is lost never buys two. Both raise `NotReached` and `Refused`."""

    def prepare(self, store: Store, wanted: WantedLabel, /) -> str:
        """Costs nothing. Gives the id to buy by, which must be kept before that."""

    def buy(self, store: Store, shipment_id: str, /) -> BoughtLabel:
        """The cheapest label; asked again, it is the one that was bought."""


class Trackers(Protocol):
    def follow(self, store: Store, carrier: str, tracking_number: str, /) -> Sighting:
        """Have word sent of a parcel, as the customer names it. Raises `NotReached` and `Refused`."""
