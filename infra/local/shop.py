"""A small storefront on this machine: it hears by signed webhook what the desk wants, does it, and says so.

python -m infra.local.shop SETTINGS: the settings are written by `make run`. What it hears, it prints. It has everything
but goods whose sku says SOLD-OUT.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from urllib3.exceptions import HTTPError

from infra.local.desk import Desk, storefront_token

PORT = 4580
SOLD_OUT = "SOLD-OUT"
TRIES = 60
"""A second apart."""

Json = dict[str, Any]
Take = Callable[[bytes, dict[str, str]], HTTPStatus]


@dataclass(frozen=True)
class Shop:
    """The storefront of one store: how it signs in, and the secret that webhooks to it are signed with."""

    api_url: str
    client_id: str
    client_secret: str
    webhook_secret: str
    cloud_port: int
    port: int = PORT


class Storefront:
    """Where a shop takes its messages. `heard` are all of them, by their `webhook-id`."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.heard: dict[str, Json] = {}

    def take(self, body: bytes, headers: dict[str, str]) -> HTTPStatus:
        """Note it and answer; what is to be done comes after that, and once."""
        try:
            message: Json = Webhook(self.shop.webhook_secret).verify(body.decode(), headers)
        except WebhookVerificationError:
            return HTTPStatus.UNAUTHORIZED
        if self.heard.setdefault(headers["webhook-id"], message) is message:
            threading.Thread(target=self._deal_with, args=(message,), daemon=True).start()
        return HTTPStatus.NO_CONTENT

    def _deal_with(self, message: Json) -> None:
        print(message["type"], json.dumps(message["data"], ensure_ascii=False), flush=True)
        if not self._is_overtaken(message):
            for path, word in answers(message):
                self._say(f"{path}/confirmation", word)

    def _is_overtaken(self, message: Json) -> bool:
        """Of two messages about one replacement the later holds, in whatever order they come."""
        replacement = message["data"].get("replacement_id")
        same = [each for each in list(self.heard.values()) if each["data"].get("replacement_id") == replacement]
        return replacement is not None and any(each["timestamp"] > message["timestamp"] for each in same)

    def _say(self, path: str, word: Json) -> None:
        """After a 5xx, and without an answer, the same again."""
        shop = self.shop
        for _ in range(TRIES):
            with suppress(HTTPError, ValueError):
                token = storefront_token(shop.client_id, shop.client_secret, shop.cloud_port)
                if Desk(shop.api_url, token).call("POST", path, word).status < HTTPStatus.INTERNAL_SERVER_ERROR:
                    return
            time.sleep(1)
        print(f"{path}: not heard", flush=True)


def answers(message: Json) -> list[tuple[str, Json]]:
    """What is said of it, each under its path, in turn. To most of what a shop is told there is nothing to say."""
    data = message["data"]
    match message["type"]:
        case "refund.ordered":
            return [(f"/refunds/{data['refund_id']}", _paid(data, data["total"]))]
        case "charge.ordered":
            return [(f"/charges/{data['charge_id']}", _paid(data, data["amount"]))]
        case "credit.ordered":
            return [(f"/credits/{data['credit_id']}", {"outcome": "given", "reference": f"SORRY-{data['credit_id']}"})]
        case "replacement.reserve":
            return _replaced(data, {"outcome": "reserved", "reference": f"HOLD-{data['order_number']}"})
        case "replacement.ship":
            parcel = {"carrier": "SF Express", "tracking_number": f"SF{data['order_number']}"}
            return _replaced(data, {"outcome": "shipped"} | parcel, {"outcome": "delivered"})
    return []


def _paid(data: Json, amount: Json) -> Json:
    return {"outcome": "paid", "amount": amount, "reference": f"PAY-{data['order_number']}"}


def _replaced(data: Json, *words: Json) -> list[tuple[str, Json]]:
    sold_out = any(SOLD_OUT in line.get("sku", "") for line in data["lines"])
    said = ({"outcome": "failed", "message": "sold out"},) if sold_out else words
    return [(f"/replacements/{data['replacement_id']}", word) for word in said]


def serve(take: Take, port: int) -> ThreadingHTTPServer:
    """A server for a shop's webhooks, of which `take` says how they are answered; the caller runs and ends it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(HTTPStatus.OK)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self._answer(take(body, {name.lower(): value for name, value in self.headers.items()}))

        def _answer(self, status: HTTPStatus) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """What was heard says enough."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    settings = Shop(**json.loads(Path(sys.argv[1]).read_text()))
    serve(Storefront(settings).take, settings.port).serve_forever()
