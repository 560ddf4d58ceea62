"""A store whose labels EasyPost makes and whose parcels it follows; its webhook, and the parcel queue's side of it."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from requests.adapters import HTTPAdapter

from aftersales.carriers import easypost_client
from aftersales.settings import Setting
from tests.integration import cloud, easypost_server
from tests.integration.decisions import policy_says
from tests.integration.desk import MEI, Desk
from tests.integration.easypost_server import API_KEY, EasyPost, tracker
from tests.integration.gateway import Answer, announced, call, deliver
from tests.integration.interruption import Killed

EASYPOST_SECRET = "只有灯笼茶器和 EasyPost 知道"
LABEL = "9400100208303109500001"
"""The number of the first label that is bought."""

WAREHOUSE = {
    "name": "Lantern Tea Ware Returns",
    "street1": "2200 Harrison Street",
    "city": "Portland",
    "state": "OR",
    "zip": "97214",
    "country": "US",
}
HOME = {
    "name": "李娜",
    "street1": "18 Bayview Ave",
    "city": "Oakland",
    "state": "CA",
    "zip": "94607",
    "country": "US",
}
MENDED = {"outcome": "repaired", "message": "壶盖已修复，试水两小时不漏。"}
WEIGHTS = {"teapot": 850, "cup": 60}
AT_OUR_COST = {"line_id": "teapot", "return_freight": "store"}


@contextmanager
def carried_by_easypost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[EasyPost]:
    """For the store "lantern", whose order LT-1001 tells where it went and what it weighs."""
    with easypost_server.running() as easypost:
        monkeypatch.setattr(easypost_client, "API", easypost.url)
        monkeypatch.setattr(easypost_client, "TIMEOUT", 0.5)
        easypost_client._client.cache_clear()
        register(desk, carrier="easypost", return_address=WAREHOUSE)
        desk.changes_secret("lantern", easypost_api_key=API_KEY, easypost_webhook_secret=EASYPOST_SECRET)
        tell_order(desk)
        yield easypost
        easypost_client._client.cache_clear()


def register(desk: Desk, **changes: Any) -> None:
    desk.register_store("lantern", {"zh-CN": "灯笼茶器", "en": "Lantern Tea Ware"}, "Asia/Shanghai", **changes)


def tell_order(desk: Desk, **changes: Any) -> None:
    lines = [
        line | ({"weight": WEIGHTS[line["line_id"]]} if line["line_id"] in WEIGHTS else {})
        for line in desk.order_body()["lines"]
    ]
    desk.tell_order(**{"changed_at": "2026-03-08T10:00:00Z", "ship_to": HOME, "lines": lines} | changes)


# --- cases ---


def awaiting_label(desk: Desk, terms: dict[str, Any] = AT_OUR_COST, **changes: Any) -> str:
    """Accepted; Mei has it, and the goods are waited for."""
    number = desk.filed(**changes)
    policy_says(number, "accept", terms)
    desk.assign(number)
    return number


def labelled(desk: Desk, **terms: Any) -> str:
    number = awaiting_label(desk, AT_OUR_COST | terms)
    assert bring(desk, number) == []
    return number


def sent_back(desk: Desk, tracking_number: str = "SF1390276645120", carrier: str = "顺丰速运", **changes: Any) -> str:
    """By the customer, who has told the number; it is followed."""
    number = desk.awaiting_goods(**changes)
    tell_parcel(desk, number, tracking_number, carrier)
    assert bring(desk, number, "goods_sent") == []
    return number


def tell_parcel(desk: Desk, number: str, tracking_number: str, carrier: str = "顺丰速运") -> Answer:
    return desk.customer(number, "parcel", {"carrier": carrier, "tracking_number": tracking_number})


def repaired(desk: Desk) -> str:
    """The teapot's lid was mended; it is on its way home with UPS."""
    number = desk.awaiting_goods(type="repair")
    desk.staff(MEI, number, "receipt", {})
    finding = {"finding": "壶盖有裂纹，可以修复。", "repairable": True, "under_warranty": True}
    assert desk.staff(MEI, number, "diagnosis", finding).status == 200
    assert desk.staff(MEI, number, "repair-result", MENDED).status == 200
    home = {"carrier": "UPS", "tracking_number": "1Z12345E0291980793"}
    assert desk.staff(MEI, number, "dispatch", home).status == 200
    return number


# --- the queue ---


def bring(desk: Desk, number: str, step: str = "accepted") -> list[str]:
    """The parcel queue brings the last event of this step; gives what will come back."""
    happened = [event for event in desk.timeline(number) if event.step == step]
    return deliver("parcels", announced(happened[-1].published()))


@contextmanager
def dies_around_easypost(call: int, *, after: bool) -> Iterator[None]:
    """The function is gone just before, or just after, so many calls of EasyPost were answered."""
    calls: list[str] = []
    real = HTTPAdapter.send

    def send(adapter: HTTPAdapter, request: Any, *more: Any, **named: Any) -> Any:
        calls.append(request.url)
        if len(calls) == call and not after:
            raise Killed(calls)
        answer = real(adapter, request, *more, **named)
        if len(calls) == call:
            raise Killed(calls)
        return answer

    with patch.object(HTTPAdapter, "send", send):
        yield


# --- the webhook ---


def easypost_tells(
    tracking_number: str,
    status: str,
    at: str = "2026-03-10T16:20:00Z",
    *,
    tracker_id: str = "trk_1",
    store_id: str = "lantern",
) -> Answer:
    seen = tracker(tracker_id, tracking_number, "USPS", status, ((status, at),))
    body = event("tracker.updated", seen)
    return tell(body, signature(body), store_id)


def event(kind: str, result: object) -> str:
    return json.dumps({"id": "evt_1", "object": "Event", "description": kind, "result": result}, ensure_ascii=False)


def signature(body: str, secret: str = EASYPOST_SECRET) -> str:
    return f"hmac-sha256-hex={hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()}"


def tell(body: str, header: str | None, store_id: str = "lantern") -> Answer:
    headers = {"X-Hmac-Signature": header} if header else {}
    return call(None, "POST", f"/webhooks/easypost/{store_id}", body, headers=headers)


# --- what can be seen ---


def all_kept() -> list[dict[str, Any]]:
    return cloud.rows(Setting.APPLICATIONS_TABLE)
