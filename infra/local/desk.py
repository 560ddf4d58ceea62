"""A client of the desk's public API, as a storefront, a customer and a member of staff would have one."""

import hashlib
import hmac
import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3

from infra.local import cloud

Json = dict[str, Any]
_http = urllib3.PoolManager(timeout=urllib3.Timeout(60), retries=False)


@dataclass(frozen=True)
class Answer:
    """Status and body of an HTTP answer."""

    status: int
    body: Any

    def ok(self) -> Any:
        """The body. Raises `Refused` when the answer is not a success."""
        if not 200 <= self.status < 300:
            raise Refused(f"{self.status}: {json.dumps(self.body, ensure_ascii=False)}")
        return self.body


class Refused(Exception):
    """The desk did not do what was asked; the message is its problem document."""


@dataclass(frozen=True)
class Desk:
    """The API at `url`, called with `token`."""

    url: str
    token: str | None = None

    def with_token(self, token: str) -> "Desk":
        return Desk(self.url, token)

    def call(self, method: str, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Answer:
        """`body` is sent as JSON, or as it is when it is bytes; `key` is the Idempotency-Key."""
        fields = {"content-type": "application/json"} | headers
        fields |= {"authorization": f"Bearer {self.token}"} if self.token else {}
        fields |= {"idempotency-key": key} if key else {}
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        answer = _http.request(method, self.url + path, body=content, headers=fields)
        return Answer(answer.status, json.loads(answer.data) if answer.data else None)

    def get(self, path: str) -> Any:
        return self.call("GET", path).ok()

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        return self.call("POST", path, body, key=key).ok()

    def put(self, path: str, body: Any) -> Any:
        return self.call("PUT", path, body).ok()

    def shopify(self, store_id: str, secret: str, order: Json) -> Answer:
        """An order as Shopify sends it, signed over the raw body."""
        raw = json.dumps(order, ensure_ascii=False).encode()
        signature = b64encode(hmac.digest(secret.encode(), raw, hashlib.sha256)).decode()
        headers = {"x-shopify-hmac-sha256": signature, "x-shopify-topic": "orders/updated"}
        return self.call("POST", f"/webhooks/shopify/{store_id}/orders", raw, **headers)


def upload(form: Json, content: bytes) -> Answer:
    """Send a photo to where its form says; the bucket answers 204, or why not in XML."""
    answer = _http.request("POST", form["url"], fields={**form["fields"], "file": ("photo", content)})
    return Answer(answer.status, answer.data.decode())


def storefront_token(client_id: str, client_secret: str, port: int = cloud.PORT, scope: str | None = None) -> str:
    """A token by client credentials, from Cognito's own token endpoint; for all scopes unless one is named."""
    wanted = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
    basic = b64encode(f"{client_id}:{client_secret}".encode()).decode()
    answer = _http.request(
        "POST",
        f"{cloud.endpoint(port)}/oauth2/token",
        body=urlencode(wanted),
        headers={"authorization": f"Basic {basic}", "content-type": "application/x-www-form-urlencoded"},
    )
    token: str = Answer(answer.status, json.loads(answer.data)).ok()["access_token"]
    return token


def staff_token(client_id: str, username: str, password: str, port: int = cloud.PORT) -> str:
    """A token by user name and password, as the desk's sign-in page gets one."""
    answer = cloud.client("cognito-idp", port).initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=client_id,
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )
    token: str = answer["AuthenticationResult"]["AccessToken"]
    return token
