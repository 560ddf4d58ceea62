"""What every payment gateway does for the desk."""

from dataclasses import dataclass
from typing import Protocol

from aftersales.applications.refund import Refund
from aftersales.resolution.confirmation import RefundConfirmation
from aftersales.stores.model import Store


@dataclass(frozen=True)
class WantedRefund:
    """A refund, and what the gateway knows the case and the order by."""

    number: str
    order_number: str
    refund: Refund


class NotReached(Exception):
    """The gateway did not take it, or nobody knows whether it did: ask again, under the same id."""


class Gateway(Protocol):
    def __call__(self, store: Store, wanted: WantedRefund, /) -> RefundConfirmation | None:
        """Ask for the refund under its id: asked again, it is paid once.

        Gives what came of it, or None when that is told later. Raises `NotReached`.
        """
