"""The whole document."""

from collections import defaultdict
from typing import Any

from aftersales.routes import ROUTES
from infra.contract.paths import invoking, operation
from infra.contract.refusals import gateway_responses
from infra.contract.schemas import schemas

Json = dict[str, Any]

DESCRIPTION = """\
What a storefront does (orders in, applications filed, refunds confirmed), what customers do with their application \
number, and what staff do. Under `/track` and `/survey`: the pages that mails link to, in HTML.

- A storefront's token comes from the user pool (`client_credentials`), with scopes that open routes; a customer's from \
`POST /tracking` or a mail's link. All travel as `Authorization: Bearer …`.
- Money is `{"amount": 1999, "currency": "CNY"}`: an integer of minor units (ISO 4217). Times are RFC 3339, answered in UTC.
- A field without a value is left out: `null` is refused, and so is a field that no schema knows.
- Send `Idempotency-Key` where it is taken: the same key and body come to the same, whatever was lost on the way.
- Errors are problem documents (RFC 9457). Branch on `type`; `title` and `detail` are for people. Beside those named at \
each route, every route may answer 429 `too-many-requests`, 500 `internal` and 504 `no-answer`.
"""  # noqa: E501

VALIDATORS: Json = {
    "all": {"validateRequestBody": True, "validateRequestParameters": True},
    # The gateway reads every body as JSON, and a form is none.
    "parameters": {"validateRequestBody": False, "validateRequestParameters": True},
}


def document() -> Json:
    return {
        "openapi": "3.0.1",
        "info": {"title": "After-sales desk", "version": "1", "description": DESCRIPTION},
        "x-amazon-apigateway-request-validators": VALIDATORS,
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-gateway-responses": gateway_responses(),
        "paths": _paths(),
        "components": {"securitySchemes": {"caller": _authorizer()}, "schemas": schemas()},
    }


def _paths() -> Json:
    paths: defaultdict[str, Json] = defaultdict(dict)
    for route in ROUTES:
        paths[route.path][route.method.lower()] = operation(route)
    return dict(paths)


def _authorizer() -> Json:
    return {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
            "type": "request",
            "identitySource": "method.request.header.Authorization",
            "authorizerResultTtlInSeconds": 300,
            "authorizerUri": invoking("AuthorizerFunction"),
        },
    }
