"""What a repair comes to."""

from typing import Literal

from aftersales.model import LongText, Model, Moment, ShortText
from aftersales.money import Money

RepairOutcome = Literal["repaired", "not_repairable", "declined"]
"""Declined: the customer did not take the offer of a repair that costs something."""

Place = Literal["on_site", "remote"]


class Visit(Model):
    """When somebody comes, or calls. Goods that were sent in are repaired where they are."""

    place: Place
    at: Moment
    who: ShortText | None = None


class Repair(Model):
    """`price` is what it costs the customer: nothing under warranty."""

    finding: LongText | None = None
    under_warranty: bool | None = None
    price: Money | None = None
    visit: Visit | None = None
    outcome: RepairOutcome | None = None

    @property
    def costs(self) -> bool:
        return self.price is not None and self.price.amount > 0
