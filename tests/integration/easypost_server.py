"""EasyPost's shipments and trackers on this machine, in the wire format of its API reference: JSON in, JSON out."""

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.served import Asked, served

Json = dict[str, Any]
Answer = tuple[int, Any]
Trouble = Callable[["EasyPost", Asked], Answer | None]
"""What EasyPost answers in place of doing it. None: nobody gets an answer."""

API_KEY = "EZTKredwood"
NOW = "2026-03-09T02:30:00Z"
SERVICES = {"Priority": "11.01", "GroundAdvantage": "8.20", "Express": "51.20"}

ACTIONS = {
    "prepare": r"POST /v2/shipments",
    "retrieve": r"GET /v2/shipments/\w+",
    "buy": r"POST /v2/shipments/\w+/buy",
    "follow": r"POST /v2/trackers",
}


class EasyPost:
    """One account. `troubles` befall the next requests, by what they ask for; `purchases` are what was paid."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.shipments: dict[str, Json] = {}
        self.trackers: list[Json] = []
        self.purchases: list[Json] = []
        self.prices = SERVICES
        self.troubles: dict[str, list[Trouble]] = defaultdict(list)
        self.url = ""
        self.patience_is_over = threading.Event()

    def answer(self, asked: Asked) -> Answer | None:
        self.asked.append(asked)
        if asked.headers.get("authorization") != f"Bearer {API_KEY}":
            return error(401, "APIKEY.INACTIVE")
        action = action_of(asked)
        if self.troubles[action]:
            return self.troubles[action].pop(0)(self, asked)
        return self.act(asked)

    def act(self, asked: Asked) -> Answer:
        acts = {"prepare": self._prepare, "retrieve": self._retrieve, "buy": self._buy, "follow": self._follow}
        return acts[action_of(asked)](asked)

    def count(self, action: str) -> int:
        return sum(action_of(asked) == action for asked in self.asked)

    def _prepare(self, asked: Asked) -> Answer:
        wanted = asked.body["shipment"]
        shipment_id = f"shp_{len(self.shipments) + 1}"
        shipment = {
            "id": shipment_id,
            "object": "Shipment",
            "mode": "test",
            "created_at": NOW,
            "updated_at": NOW,
            "is_return": wanted["is_return"],
            "reference": wanted["reference"],
            "status": "unknown",
            "tracking_code": None,
            "to_address": address(wanted["to_address"], "adr_1"),
            "from_address": address(wanted["from_address"], "adr_2"),
            "parcel": {"id": "prcl_1", "object": "Parcel", **wanted["parcel"]},
            "options": wanted["options"] | {"currency": "USD", "payment": {"type": "SENDER"}},
            "rates": [rate(service, price, shipment_id) for service, price in self.prices.items()],
            "messages": [] if self.prices else [message("UPS", "rate_error"), message("USPS", "rate_error")],
            "selected_rate": None,
            "postage_label": None,
            "tracker": None,
            "fees": [],
        }
        self.shipments[shipment_id] = shipment
        return 201, shipment

    def _retrieve(self, asked: Asked) -> Answer:
        shipment = self.shipments.get(asked.path.split("/")[3])
        return (200, shipment) if shipment else error(404, "NOT_FOUND")

    def _buy(self, asked: Asked) -> Answer:
        status, shipment = self._retrieve(asked)
        if status != 200:
            return status, shipment
        if shipment["postage_label"]:
            return error(422, "SHIPMENT.POSTAGE.EXISTS")
        wanted = asked.body["rate"]["id"]
        [selected] = [offered for offered in shipment["rates"] if offered["id"] == wanted]
        self.purchases.append(selected)
        code = f"940010020830310950{len(self.purchases):04}"
        made = self._tracker(code, selected["carrier"], "unknown", shipment["id"])
        shipment |= {"selected_rate": selected, "postage_label": label(), "tracking_code": code, "tracker": made}
        return 200, shipment

    def _follow(self, asked: Asked) -> Answer:
        """The same number of the same carrier is the same tracker, for three months."""
        wanted = asked.body["tracker"]
        code, carrier = wanted["tracking_code"], wanted.get("carrier", "USPS")
        for known in self.trackers:
            if (known["tracking_code"], known["carrier"]) == (code, carrier):
                return 200, known
        return 200, self._tracker(code, carrier, "pre_transit")

    def _tracker(self, code: str, carrier: str, status: str, shipment_id: str | None = None) -> Json:
        made = tracker(f"trk_{len(self.trackers) + 1}", code, carrier, status) | {"shipment_id": shipment_id}
        self.trackers.append(made)
        return made


def action_of(asked: Asked) -> str:
    [action] = [name for name, form in ACTIONS.items() if re.fullmatch(form, f"{asked.method} {asked.path}")]
    return action


# --- its objects ---


def address(wanted: Json, address_id: str) -> Json:
    empty = dict.fromkeys(("company", "street2", "state", "zip", "phone", "email", "residential"))
    return {"id": address_id, "object": "Address"} | empty | wanted


def rate(service: str, price: str, shipment_id: str) -> Json:
    return {
        "id": f"rate_{service}",
        "object": "Rate",
        "service": service,
        "carrier": "USPS",
        "rate": price,
        "currency": "USD",
        "retail_rate": "59.25",
        "retail_currency": "USD",
        "delivery_days": 3,
        "shipment_id": shipment_id,
        "carrier_account_id": "ca_1",
    }


def message(carrier: str, kind: str) -> Json:
    """`message` quotes what was sent, as a carrier's may."""
    return {"carrier": carrier, "carrier_account_id": "ca_1", "type": kind, "message": "no route from 18 Bayview Ave"}


def label() -> Json:
    return {
        "id": "pl_1",
        "object": "PostageLabel",
        "label_date": NOW,
        "label_size": "4x6",
        "label_file_type": "application/pdf",
        "label_url": "https://files.easypost.example/label/1.pdf",
        "label_pdf_url": None,
        "label_zpl_url": None,
    }


def tracker(tracker_id: str, code: str, carrier: str, status: str, scans: tuple[tuple[str, str], ...] = ()) -> Json:
    """`scans` are statuses and moments, the oldest first."""
    return {
        "id": tracker_id,
        "object": "Tracker",
        "mode": "test",
        "tracking_code": code,
        "status": status,
        "status_detail": "status_update",
        "created_at": NOW,
        "updated_at": NOW,
        "signed_by": None,
        "est_delivery_date": None,
        "shipment_id": None,
        "carrier": carrier,
        "tracking_details": [scan(*seen, carrier) for seen in scans],
        "carrier_detail": None,
        "public_url": "https://track.easypost.example/1",
    }


def scan(status: str, moment: str, carrier: str) -> Json:
    return {
        "object": "TrackingDetail",
        "message": "Arrived at facility",
        "status": status,
        "status_detail": "arrived_at_facility",
        "datetime": moment,
        "source": carrier,
        "tracking_location": {"object": "TrackingLocation", "city": "OAKLAND", "state": "CA", "zip": "94607"},
    }


# --- troubles ---


def error(status: int, code: str) -> Answer:
    """`message` and `errors` quote what was sent, as EasyPost's may."""
    words = [{"field": "street1", "message": "18 Bayview Ave was not found"}]
    return status, {"error": {"code": code, "message": "18 Bayview Ave, Oakland", "errors": words}}


def answers(status: int, code: str) -> Trouble:
    """It is refused, or EasyPost has trouble; nothing is done."""
    return lambda _easypost, _asked: error(status, code)


def does_it_and_answers(status: int, code: str) -> Trouble:
    """The carrier sold the label, and EasyPost has not heard of it in time."""

    def trouble(easypost: EasyPost, asked: Asked) -> Answer:
        easypost.act(asked)
        return error(status, code)

    return trouble


def speaks_no_json(_easypost: EasyPost, _asked: Asked) -> Answer:
    """What stands before EasyPost answers in its place."""
    return 502, "<html>Bad Gateway</html>"


def answers_no_one(_easypost: EasyPost, _asked: Asked) -> None:
    """The connection breaks before anything is done."""


def loses_the_answer(easypost: EasyPost, asked: Asked) -> None:
    """It is done, but the connection breaks before the answer."""
    easypost.act(asked)


def is_too_slow(easypost: EasyPost, asked: Asked) -> None:
    """It is done, but the answer comes after the caller has given up."""
    easypost.act(asked)
    easypost.patience_is_over.wait(timeout=30)


@contextmanager
def running() -> Iterator[EasyPost]:
    easypost = EasyPost()
    with served(easypost.answer) as url:
        easypost.url = f"{url}/v2"
        try:
            yield easypost
        finally:
            easypost.patience_is_over.set()
