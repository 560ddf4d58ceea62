"""The desk's API, at `AFTERSALES_URL` with `AFTERSALES_TOKEN`."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import jwt
import urllib3

Json = dict[str, Any]
URL, TOKEN = "AFTERSALES_URL", "AFTERSALES_TOKEN"
TRIES = 3
_http = urllib3.PoolManager(timeout=urllib3.Timeout(60))


class Refused(Exception):
    """The desk did not do it. The message is one line; `document` is its problem document, as far as it sent one."""

    def __init__(self, message: str, document: Json | None = None) -> None:
        super().__init__(message)
        self.document = document or {}


@dataclass(frozen=True)
class Desk:
    """The API, as whoever holds the token."""

    url: str
    token: str = field(repr=False)

    @classmethod
    def of(cls, whose: str) -> "Desk":
        """By the environment. Raises `Refused` when it does not say where and as whom."""
        return cls(_set(URL, "the address of the desk's API").rstrip("/"), _set(TOKEN, f"a token of a {whose}"))

    def who(self) -> str | None:
        """Whose token it is, as far as it tells: the desk checks tokens, this only reads one."""
        try:
            claims: Json = jwt.decode(self.token, options={"verify_signature": False})
        except jwt.PyJWTError:
            return None
        return claims.get("username")

    def call(self, method: str, path: str, body: Json | None = None, *, once: bool = False) -> Json:
        """Asked again when the answer is lost, if it may come twice; with `once` under one key, so that it may."""
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        headers |= {"idempotency-key": uuid4().hex} if once else {}
        try:
            answer = _http.request(
                method,
                f"{self.url}{path}",
                body=None if body is None else json.dumps(body, ensure_ascii=False).encode(),
                headers=headers,
                retries=_retries(again=method == "GET" or once),
            )
        except urllib3.exceptions.HTTPError as error:
            raise Refused(f"{self.url} does not answer ({type(error).__name__})") from None
        return _read(answer.status, answer.data)


@dataclass(frozen=True)
class Api:
    """The policies of one store."""

    desk: Desk
    store: str

    @classmethod
    def of(cls, store: str) -> "Api":
        """Raises `Refused` as `Desk.of` does."""
        return cls(Desk.of("policy owner"), store)

    def state(self) -> Json:
        return self._call("GET", "")

    def version(self, name: str) -> Json:
        return self._call("GET", f"/versions/{quote(name, safe='')}")

    def draft(self) -> Json | None:
        try:
            return self._call("GET", "/draft")
        except Refused as refused:
            if refused.document.get("status") != HTTPStatus.NOT_FOUND:
                raise
            return None

    def save(self, policy: Json, revision: int) -> Json:
        return self._call("PUT", "/draft", {"policy": policy, "revision": revision})

    def publish(self, revision: int, note: str, effective_from: str | None) -> Json:
        moment = {"effective_from": effective_from} if effective_from else {}
        return self._once("/publication", {"revision": revision, "note": note} | moment)

    def roll_back(self, version: int, note: str) -> Json:
        return self._once("/rollback", {"version": version, "note": note})

    def begin_backtest(self, revision: int, since: str, until: str) -> Json:
        return self._call("POST", "/backtests", {"revision": revision, "since": since, "until": until})

    def backtest(self, backtest_id: str) -> Json:
        return self._call("GET", f"/backtests/{backtest_id}")

    def differences(self, backtest_id: str) -> Iterator[Json]:
        """All of them, page by page as they are read."""
        page: Json = {"cursor": ""}
        while "cursor" in page:
            after = f"?cursor={page['cursor']}" if page["cursor"] else ""
            page = self._call("GET", f"/backtests/{backtest_id}/differences{after}")
            yield from page["items"]

    def _once(self, path: str, body: Json) -> Json:
        return self.desk.call("POST", self._path(path), body, once=True)

    def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        return self.desk.call(method, self._path(path), body)

    def _path(self, path: str) -> str:
        return f"/policies/{quote(self.store, safe='')}{path}"


def _set(name: str, what: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise Refused(f"{name} is not set: {what}")
    return value


def _retries(*, again: bool) -> urllib3.Retry:
    """What was never sent is sent again; what was sent, only when it may come twice."""
    return urllib3.Retry(TRIES, read=None if again else 0, redirect=0, allowed_methods=None)


def _read(status: int, data: bytes) -> Json:
    try:
        document = json.loads(data)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise Refused(f"what answers is not the desk ({status}): see {URL}")
    if status >= HTTPStatus.BAD_REQUEST:
        raise Refused(_words(document, status), document)
    return document


def _words(problem: Json, status: int) -> str:
    said = ": ".join(str(problem[name]) for name in ("title", "detail") if problem.get(name))
    return said or f"the desk answered {status}"
