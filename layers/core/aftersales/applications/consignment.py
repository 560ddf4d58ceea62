"""Goods under way, and what their carrier tells of them."""

from datetime import datetime
from typing import Literal, get_args

from aftersales.model import Model, Moment, ShortText

Movement = Literal["announced", "in_transit", "out_for_delivery", "delivered", "returned", "failed"]
"""In this order, where a carrier saw two at the same moment. Announced: it knows the number, and has not the goods."""

HANDED_OVER: frozenset[Movement] = frozenset({"in_transit", "out_for_delivery", "delivered"})
"""The carrier has the goods or has delivered them. One that was returned is where it came from."""


class Consignment(Model):
    """`moved` is what the carrier told last, `moved_at` when it saw it so."""

    carrier: ShortText
    tracking_number: ShortText
    moved: Movement | None = None
    moved_at: Moment | None = None

    def is_numbered(self, tracking_number: str) -> bool:
        return plain(self.tracking_number) == plain(tracking_number)

    @property
    def is_handed_over(self) -> bool:
        """By the word of the carrier, where it is heard; else by that of who has told of the parcel."""
        return self.moved is None or self.moved in HANDED_OVER

    def is_news(self, movement: Movement, at: datetime) -> bool:
        """What was told before, or seen before what is known, is none. When a parcel was announced does not matter."""
        if self.moved in (None, "announced") or self.moved_at is None:
            return movement != self.moved
        if movement in ("announced", self.moved):
            return False
        return (at, _rank(movement)) > (self.moved_at, _rank(self.moved))


def plain(tracking_number: str) -> str:
    """However it is spaced."""
    return "".join(filter(str.isalnum, tracking_number)).upper()


def _rank(movement: Movement) -> int:
    return get_args(Movement).index(movement)
