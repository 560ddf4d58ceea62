"""A storefront's own server: keeps what it is told, and answers as a test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import NamedTuple


class Told(NamedTuple):
    headers: dict[str, str]
    body: bytes


class Shopfront:
    """`answer` is the status it gives, or None when its answer is lost; a redirect leads to itself.

    `promised` is how many bytes it says will follow, and then never sends.
    """

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.answer: int | None = 200
        self.promised = 0
        self.url = ""


@contextmanager
def shopfront() -> Iterator[Shopfront]:
    shop = Shopfront()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            shop.told.append(Told({name.lower(): value for name, value in self.headers.items()}, body))
            if shop.answer is None:
                return
            self.send_response(shop.answer)
            self.send_header("location", shop.url)
            self.send_header("content-length", str(shop.promised))
            self.end_headers()
            if shop.promised:
                self.connection.recv(1)  # the caller hangs up

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    shop.url = f"http://127.0.0.1:{server.server_port}/aftersales"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield shop
    server.shutdown()
    thread.join()
    server.server_close()
