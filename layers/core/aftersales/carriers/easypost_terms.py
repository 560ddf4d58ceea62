"""EasyPost's shipments and trackers in our terms.

Source: EasyPost API reference, Shipments, Returns, Parcels, Trackers, Errors (v2). Parcels are in ounces and inches, to
one decimal. A return has the addresses of the parcel that went out: EasyPost turns them round.
"""

from decimal import ROUND_UP, Decimal
from typing import Any

from aftersales.applications.consignment import Movement
from aftersales.carriers.gateway import BoughtLabel, NotReached, Package, RefusalReason, Refused, Sighting, WantedLabel
from aftersales.model import Foreign, Moment
from aftersales.money import Money, minor_units
from aftersales.orders.address import Address

MOVEMENTS: dict[str, Movement] = {
    "pre_transit": "announced",
    "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "available_for_pickup": "out_for_delivery",
    "delivered": "delivered",
    "return_to_sender": "returned",
    "failure": "failed",
    "cancelled": "failed",
}
"""By EasyPost's status. `unknown` and `error` tell of what EasyPost could learn, and nothing of the parcel."""

CARRIERS = {
    "usps": "USPS",
    "ups": "UPS",
    "fedex": "FedEx",
    "dhl": "DHLExpress",
    "dhlexpress": "DHLExpress",
    "sf": "SFExpress",
    "sfexpress": "SFExpress",
    "顺丰": "SFExpress",
    "顺丰速运": "SFExpress",
}
"""EasyPost's names, by how customers write them. With any other it finds the carrier by the number."""

REFUSALS = frozenset({400, 402, 404, 409, 422})
"""Answers that refuse. Others say that EasyPost has trouble, or that our key has."""

BOUGHT_BEFORE = "SHIPMENT.POSTAGE.EXISTS"
LATER = frozenset(
    {
        "ADDRESS.VERIFY.UNAVAILABLE",
        "ADDRESS.VERIFY.UPSTREAM_UNAVAILABLE",
        "SHIPMENT.POSTAGE.NO_RESPONSE",
        "SHIPMENT.POSTAGE.TIMED_OUT",
        "SHIPMENT.PURCHASE.IN_PROGRESS",
    }
)
"""Codes of what looks like a refusal: the carrier did not answer EasyPost, and may have sold the label."""

REASONS: dict[str, RefusalReason] = {
    "ADDRESS": "bad_address",
    "PARCEL": "bad_package",
    "TRACKER": "unknown_parcel",
    "PAYMENT_REQUIRED": "not_paid",
}
"""By how a code begins."""

GRAMS_PER_OUNCE = Decimal("28.349523125")
MILLIMETRES_PER_INCH = Decimal("25.4")


class Rate(Foreign):
    """What one service of one carrier asks for."""

    id: str
    carrier: str
    rate: Decimal
    currency: str

    @property
    def cost(self) -> Money:
        currency = self.currency.upper()
        return Money(amount=minor_units(str(self.rate), currency), currency=currency)


class PostageLabel(Foreign):
    label_url: str | None = None
    label_pdf_url: str | None = None


class Message(Foreign):
    """Why a carrier gave no rate. Its words are not read: they may quote the address."""

    carrier: str = ""
    type: str = ""


class TrackingDetail(Foreign):
    status: str | None = None
    datetime: Moment | None = None


class EasyPostTracker(Foreign):
    """The part of EasyPost's tracker that we read."""

    id: str
    tracking_code: str
    carrier: str | None = None
    status: str | None = None
    updated_at: Moment
    tracking_details: tuple[TrackingDetail, ...] = ()

    def sighting(self) -> Sighting:
        seen = [detail.datetime for detail in self.tracking_details if detail.status == self.status and detail.datetime]
        return Sighting(
            tracker_id=self.id,
            carrier=self.carrier or "",
            tracking_number=self.tracking_code,
            movement=MOVEMENTS.get(self.status or ""),
            at=max(seen, default=self.updated_at),
        )


class EasyPostShipment(Foreign):
    """The part of EasyPost's shipment that we read."""

    id: str
    rates: tuple[Rate, ...] = ()
    messages: tuple[Message, ...] = ()
    selected_rate: Rate | None = None
    postage_label: PostageLabel | None = None
    tracking_code: str | None = None
    tracker: EasyPostTracker | None = None

    def lowest_rate(self) -> Rate:
        """Raises `Refused`. As EasyPost does, only the numbers are compared: an account pays in one currency."""
        if not self.rates:
            why = ", ".join(f"{message.carrier}: {message.type}" for message in self.messages)
            raise Refused("no_rates", why or "no carrier offers it")
        return min(self.rates, key=lambda offer: offer.rate)

    def bought(self) -> BoughtLabel | None:
        """The label, once there is one."""
        label = self.postage_label
        url = label and (label.label_pdf_url or label.label_url)
        if not (url and self.selected_rate and self.tracking_code):
            return None
        return BoughtLabel(
            carrier=self.selected_rate.carrier,
            tracking_number=self.tracking_code,
            url=url,
            tracker_id=self.tracker.id if self.tracker else None,
            cost=self.selected_rate.cost,
        )


def return_of(wanted: WantedLabel, store_address: Address) -> dict[str, Any]:
    """The parameters of a new shipment."""
    return {
        "is_return": True,
        "to_address": wanted.sender.document(),
        "from_address": store_address.document(),
        "parcel": parcel(wanted.package),
        "reference": wanted.number,
        "options": {"label_format": "PDF"},
    }


def parcel(package: Package) -> dict[str, str]:
    """Rounded up: who declares too little pays more."""
    sides = zip(("length", "width", "height"), package.millimetres or (), strict=False)
    inches = {side: _rounded(millimetres / MILLIMETRES_PER_INCH) for side, millimetres in sides}
    return inches | {"weight": _rounded(package.grams / GRAMS_PER_OUNCE)}


def _rounded(number: Decimal) -> str:
    return str(number.quantize(Decimal("0.1"), ROUND_UP))


def carrier_named(told: str) -> dict[str, str]:
    """The parameter that names the carrier, when we know EasyPost's name for it."""
    letters = "".join(filter(str.isalnum, told)).casefold()
    return {"carrier": CARRIERS[letters]} if letters in CARRIERS else {}


def trouble(status: int | None, code: str | None) -> NotReached | Refused:
    """What an error means. Only the code is passed on: EasyPost's words may quote what was sent."""
    if status not in REFUSALS or code in LATER:
        return NotReached(f"EasyPost: {status or 'no answer'} {code or ''}".rstrip())
    reason = "not_paid" if status == 402 else REASONS.get((code or "").partition(".")[0], "not_possible")
    return Refused(reason, code or str(status))
