"""Stripe's refunds on this machine, in the wire format of its API reference: form-encoded in, JSON out.

A key that came before gets the answer that it got then, whatever that was; with other parameters it is refused.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

Json = dict[str, Any]
Trouble = Callable[["Stripe", "Asked"], tuple[int, Json] | None]
"""What Stripe answers in place of doing it. None: nobody gets an answer."""


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, str]

    @property
    def key(self) -> str:
        return self.headers.get("idempotency-key", "")


class Stripe:
    """One account. `status` is what its next refunds have; `troubles` befall the next ones that are to be made."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.refunds: list[Json] = []
        self.status = "succeeded"
        self.troubles: list[Trouble] = []
        self.page = 100
        self.url = ""
        self.closing = threading.Event()
        self._answers: dict[str, tuple[dict[str, str], tuple[int, Json]]] = {}

    @property
    def wanted(self) -> list[Asked]:
        """Those that asked for a refund to be made."""
        return [asked for asked in self.asked if asked.method == "POST"]

    def forgets_keys(self) -> None:
        """As after 24 hours."""
        self._answers.clear()

    def answer(self, asked: Asked) -> tuple[int, Json] | None:
        self.asked.append(asked)
        if asked.method == "GET":
            return 200, self._listed(asked.form)
        if self.troubles:
            return self.troubles.pop(0)(self, asked)
        return self.create(asked)

    def create(self, asked: Asked) -> tuple[int, Json]:
        if asked.key in self._answers:
            form, known = self._answers[asked.key]
            return known if form == asked.form else error(400, "idempotency_error")
        refund = self._refund(asked.form)
        self.refunds.insert(0, refund)
        self.remembers(asked, (200, refund))
        return 200, refund

    def remembers(self, asked: Asked, answer: tuple[int, Json]) -> tuple[int, Json]:
        self._answers[asked.key] = asked.form, answer
        return answer

    def _refund(self, form: dict[str, str]) -> Json:
        names = [name for name in form if name.startswith("metadata[")]
        return {
            "id": f"re_{len(self.refunds) + 1}",
            "object": "refund",
            "amount": int(form["amount"]),
            "currency": "cny",
            "status": self.status,
            "failure_reason": "expired_or_canceled_card" if self.status == "failed" else None,
            "payment_intent": form.get("payment_intent"),
            "charge": form.get("charge"),
            "metadata": {name[len("metadata[") : -1]: form[name] for name in names},
        }

    def _listed(self, query: dict[str, str]) -> Json:
        kind = "charge" if "charge" in query else "payment_intent"
        found = [refund for refund in self.refunds if refund[kind] == query[kind]]
        ids = [refund["id"] for refund in found]
        start = ids.index(query["starting_after"]) + 1 if "starting_after" in query else 0
        rest = found[start:]
        return {
            "object": "list",
            "url": "/v1/refunds",
            "data": rest[: self.page],
            "has_more": len(rest) > self.page,
        }


# --- troubles ---


def error(status: int, kind: str, code: str | None = None) -> tuple[int, Json]:
    """`message` quotes what was sent, as Stripe's may."""
    return status, {"error": {"type": kind, "code": code, "message": "No such thing: 'pi_teapot', li.na@mail.example"}}


def answers(status: int, kind: str, code: str | None = None) -> Trouble:
    """It is refused, or Stripe has trouble; nothing is done."""
    return lambda _stripe, _asked: error(status, kind, code)


def remembers_trouble(stripe: Stripe, asked: Asked) -> tuple[int, Json]:
    """Stripe answers 500 and gives the same answer to the key again."""
    return stripe.remembers(asked, error(500, "api_error"))


def loses_the_answer(stripe: Stripe, asked: Asked) -> None:
    """It is done, but the connection breaks before the answer."""
    stripe.create(asked)


def is_too_slow(stripe: Stripe, asked: Asked) -> None:
    """It is done, but the answer comes after the caller has given up."""
    stripe.create(asked)
    stripe.closing.wait(timeout=30)


@contextmanager
def running() -> Iterator[Stripe]:
    stripe = Stripe()

    class Endpoint(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            sent = self.rfile.read(int(self.headers.get("content-length", 0))).decode() or url.query
            headers = {name.lower(): value for name, value in self.headers.items()}
            answered = stripe.answer(Asked(self.command, url.path, headers, dict(parse_qsl(sent))))
            if answered:
                self._write(*answered)

        do_POST = do_GET  # noqa: N815 as http.server looks for it

        def _write(self, status: int, document: Json) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    stripe.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stripe
    finally:
        stripe.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
