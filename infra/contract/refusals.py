"""What the gateway answers by itself, as the problem documents that functions answer with."""

import json
from typing import Any, NamedTuple

from aftersales import errors
from aftersales.errors import Problem

Json = dict[str, Any]


class Refusal(NamedTuple):
    """An error that the gateway answers by itself. Without `status` it keeps the gateway's own."""

    slug: str
    title: str
    status: int | None = None
    detail: str = ""
    headers: tuple[tuple[str, str], ...] = ()


UNAUTHORIZED = Refusal(
    "unauthorized",
    "A valid token is needed",
    401,
    "The token is missing, expired or not ours.",
    (("WWW-Authenticate", "Bearer"),),
)
TOO_MANY_REQUESTS = Refusal("too-many-requests", "Too many requests at once", 429, headers=(("Retry-After", "1"),))
NO_ANSWER = Refusal(
    "no-answer",
    "The desk did not answer in time",
    504,
    "It may have been done. Send it again with the same Idempotency-Key.",
)
REFUSED = Refusal("refused", "The gateway refused the request")
GATEWAY_ONLY = (UNAUTHORIZED, TOO_MANY_REQUESTS, NO_ANSWER, REFUSED)
"""Problems that no function raises, and so no class in `aftersales.errors` names."""


def _as(problem: type[Problem], detail: str = "") -> Refusal:
    return Refusal(problem.slug, problem.title, problem.status, detail)


_NOT_VALID = _as(errors.InvalidRequest, "the body or a parameter does not fit the contract")
"""Functions name each field that does not fit. The gateway's `$context.error.validationErrorString` repeats values, and
names no field for one that is out of bounds.
"""
REFUSALS = {
    "UNAUTHORIZED": UNAUTHORIZED,
    "ACCESS_DENIED": _as(errors.Forbidden),
    "MISSING_AUTHENTICATION_TOKEN": _as(errors.NotFound, "There is no such route."),
    "RESOURCE_NOT_FOUND": _as(errors.NotFound, "There is no such route."),
    "BAD_REQUEST_BODY": _NOT_VALID,
    "BAD_REQUEST_PARAMETERS": _NOT_VALID,
    "REQUEST_TOO_LARGE": _as(errors.TooLarge),
    "THROTTLED": TOO_MANY_REQUESTS,
    "INTEGRATION_FAILURE": NO_ANSWER,
    "INTEGRATION_TIMEOUT": NO_ANSWER,
    "DEFAULT_4XX": REFUSED,
    "DEFAULT_5XX": Refusal(Problem.slug, Problem.title),
}
"""By gateway response type. A path or method that is not in the contract is `MISSING_AUTHENTICATION_TOKEN`."""


def gateway_responses() -> Json:
    return {kind: _response(refusal) for kind, refusal in REFUSALS.items()}


def _response(refusal: Refusal) -> Json:
    """The gateway takes the template of `application/json` for every caller; the header says what it really is."""
    fields = {"title": refusal.title, "status": refusal.status, "detail": refusal.detail}
    body = {"type": urn(refusal.slug)} | {name: value for name, value in fields.items() if value}
    headers = {"Content-Type": "application/problem+json", **dict(refusal.headers)}
    return {
        **({"statusCode": str(refusal.status)} if refusal.status else {}),
        "responseParameters": {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()},
        "responseTemplates": {"application/json": json.dumps(body)},
    }


def urn(slug: str) -> str:
    """The `type` of a problem."""
    return f"urn:aftersales:problem:{slug}"
