"""Everything that invokes a function: API Gateway, queues, the stream, the state machine, the scheduler, the bucket."""

import json
import re
from importlib import import_module
from typing import Any, NamedTuple

from aftersales.identity.principal import Principal, Role
from aftersales.routes import ROUTES, Caller, Route
from tests.conftest import LambdaContext

REQUEST_ID = "c6af9ac6-7b61-11e6-9a41-93e8deadbe03"


class Answer(NamedTuple):
    """What the caller of the API gets."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def problem(self) -> str:
        """The stable end of a problem's type; empty when it is none."""
        return str(self.body.get("type", "")).removeprefix("urn:aftersales:problem:")


def staff(member_id: str, role: Role = "agent") -> Principal:
    return Principal(kind="staff", id=member_id, role=role)


def shop(store_id: str = "lantern") -> Principal:
    return Principal(kind="storefront", id=f"{store_id}-shop", store_id=store_id)


def customer(number: str) -> Principal:
    return Principal(kind="customer", id=number)


def call(
    who: Principal | None,
    method: str,
    path: str,
    body: object = None,
    *,
    key: str | None = None,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Call the API as `who`. `body` is a document, or text as it is sent; `key` is the Idempotency-Key."""
    event = request(who, method, path, body, key=key, query=query, headers=headers)
    answer = invoke(route_of(method, path)[0].function, event)
    return Answer(answer["statusCode"], json.loads(answer["body"]), answer["headers"])


def request(
    who: Principal | None,
    method: str,
    path: str,
    body: object = None,
    *,
    key: str | None = None,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    """The event of API Gateway for this call."""
    route, parameters = route_of(method, path)
    assert _kind(who) in route.callers, f"the authorizer does not let {_kind(who)} through to {method} {path}"
    text = body if isinstance(body, str) or body is None else json.dumps(body, ensure_ascii=False)
    context = {"authorizer": {"principalId": who.id, **who.context()}} if who else {}
    return {
        "resource": route.path,
        "path": path,
        "httpMethod": method,
        "headers": {"content-type": "application/json"} | ({"idempotency-key": key} if key else {}) | (headers or {}),
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} if query else None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {"httpMethod": method, "resourcePath": route.path, "requestId": REQUEST_ID, **context},
        "body": text,
        "isBase64Encoded": False,
    }


def route_of(method: str, path: str) -> tuple[Route, dict[str, str]]:
    for route in ROUTES:
        found = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", route.path), path)
        if found and route.method == method:
            return route, found.groupdict()
    raise LookupError(f"no route {method} {path}")


def _kind(who: Principal | None) -> Caller:
    if who is None:
        return "anyone"
    return "customer" if who.kind == "customer" else who.role or "storefront"


def invoke(function: str, event: object) -> Any:
    """Run a function's handler as Lambda would: with an event that is JSON."""
    handler = import_module(f"functions.{function}.app").handler
    return handler(json.loads(json.dumps(event)), LambdaContext())


def deliver(function: str, *bodies: object, times: int = 1) -> list[str]:
    """Messages from a queue, for so many times now; gives the ids of those that failed and will come back."""
    records = [
        {
            "messageId": f"message-{i}",
            "receiptHandle": f"receipt-{i}",
            "body": json.dumps(body),
            "attributes": {"ApproximateReceiveCount": str(times)},
        }
        for i, body in enumerate(bodies)
    ]
    answer = invoke(function, {"Records": records})
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def announced(event: dict[str, Any]) -> dict[str, Any]:
    """An event as a bus rule puts it into a queue."""
    return {"source": "aftersales", "detail-type": event["name"], "detail": event}
