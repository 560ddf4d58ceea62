"""A small storefront on this machine: it is told of refunds by signed webhook, pays, and confirms.

python -m infra.local.shop SETTINGS: the settings are written by `make run`.
"""

import json
import sys
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from infra.local.desk import Desk, storefront_token

PORT = 4580


@dataclass(frozen=True)
class Shop:
    """The storefront of one store: how it signs in, and the secret that webhooks to it are signed with."""

    api_url: str
    client_id: str
    client_secret: str
    webhook_secret: str
    cloud_port: int
    port: int = PORT

    def take(self, body: bytes, headers: dict[str, str]) -> HTTPStatus:
        """Verify, pay, confirm. A webhook that comes again is confirmed again, which changes nothing."""
        try:
            message: dict[str, Any] = Webhook(self.webhook_secret).verify(body.decode(), headers)
        except WebhookVerificationError:
            return HTTPStatus.UNAUTHORIZED
        refund = message["data"]
        paid = {"outcome": "paid", "amount": refund["total"], "reference": f"PAY-{refund['order_number']}"}
        desk = Desk(self.api_url, storefront_token(self.client_id, self.client_secret, self.cloud_port))
        desk.post(f"/refunds/{refund['refund_id']}/confirmation", paid)
        return HTTPStatus.NO_CONTENT


def serve(shop: Shop) -> ThreadingHTTPServer:
    """A server for the shop's webhooks; the caller runs and ends it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(HTTPStatus.OK)
            self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(shop.take(body, {k.lower(): v for k, v in self.headers.items()}))
            self.end_headers()

    return ThreadingHTTPServer(("127.0.0.1", shop.port), Handler)


if __name__ == "__main__":
    serve(Shop(**json.loads(Path(sys.argv[1]).read_text()))).serve_forever()
