"""The API's contract, `infra/openapi.yaml`, from the table of routes and the models: for people and for API Gateway.

Tests hold the file to it; `make contract` writes it anew.

API Gateway takes less than OpenAPI 3.0 (Developer Guide, "Important notes for REST APIs"), so here: schemas are JSON
schema draft 4 without `nullable`, `default` or `example`; `security` stands at each operation, since at the root it is
ignored; error responses are written out, not referenced; examples stand beside schemas. The gateway does not check
`minItems` and `maxItems`: the functions do.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from aftersales import errors
from aftersales.errors import Problem
from aftersales.routes import RESOURCE_SERVER, ROUTES, Caller, Route
from infra.operations import DESK, FOREIGN, OPERATIONS, PARAMETERS, TEXT, Operation, key_of

ROOT = Path(__file__).parents[1]
CONTRACT = ROOT / "infra" / "openapi.yaml"
EXAMPLES = ROOT / "events" / "bodies" / "examples.yaml"
HEADER = "# Written by `make contract`. Change layers/core/aftersales/routes/ and the models instead.\n"

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


CALLERS: dict[Caller, str] = {
    "anyone": "anyone, without a token",
    "storefront": "storefronts whose token has the scope `{scope}`",
    "customer": "the customer whose application it is",
    "agent": "agents",
    "policy_owner": "policy owners",
    "lead": "team leads",
    "admin": "administrators",
}
LINK_HOLDER = "whoever has the link: the token in the path is all that is asked for"
SIGNED_IN = "agents and leads: the page asks who has not signed in to do so"

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
VALIDATORS: Json = {
    "all": {"validateRequestBody": True, "validateRequestParameters": True},
    # The gateway reads every body as JSON, and a form is none.
    "parameters": {"validateRequestBody": False, "validateRequestParameters": True},
}


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


def document() -> Json:
    return {
        "openapi": "3.0.1",
        "info": {"title": "After-sales desk", "version": "1", "description": DESCRIPTION},
        "x-amazon-apigateway-request-validators": VALIDATORS,
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-gateway-responses": {kind: _gateway_response(r) for kind, r in REFUSALS.items()},
        "paths": _paths(),
        "components": {"securitySchemes": {"caller": _authorizer()}, "schemas": _schemas()},
    }


def model_of(name: str) -> type[BaseModel]:
    """The model that a route names as `module:Model`."""
    module, _, model = name.partition(":")
    found: type[BaseModel] = getattr(import_module(f"aftersales.{module}"), model)
    return found


def name_of(route_model: str) -> str:
    """The schema of a model that a route names: as the class, with its room before it where two are called the same."""
    names, _ = _modelled()
    return names[route_model]


@cache
def examples() -> dict[str, dict[str, Json]]:
    """Example bodies by model and name."""
    found: dict[str, dict[str, Json]] = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    return found


def _paths() -> Json:
    paths: defaultdict[str, Json] = defaultdict(dict)
    for route in ROUTES:
        paths[route.path][route.method.lower()] = _operation(route)
    return dict(paths)


def _operation(route: Route) -> Json:
    operation = OPERATIONS[key_of(route)]
    body = _request_body(route)
    return {
        "operationId": operation.name,
        "summary": route.summary,
        "description": _who(route),
        "tags": [route.function],
        "x-callers": list(route.callers),
        "security": [] if "anyone" in route.callers else [{"caller": []}],
        "parameters": [_parameter(name) for name in _parameter_names(route, operation)],
        **({"requestBody": body} if body else {}),
        **({"x-amazon-apigateway-request-validator": "parameters"} if route.is_page else {}),
        "responses": {str(route.status): _success(route)} | _failures(route, operation),
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": _invoking(route.function.title().replace("_", "") + "Function"),
        },
    }


def _who(route: Route) -> str:
    if route.is_page:
        return f"For {SIGNED_IN if route.path.startswith(DESK) else LINK_HOLDER}."
    callers = [CALLERS[caller].format(scope=f"{RESOURCE_SERVER}/{route.scope}") for caller in route.callers]
    return f"For {', '.join(callers)}."


def _parameter_names(route: Route, operation: Operation) -> Iterator[str]:
    yield from re.findall(r"\{(\w+)\}", route.path)
    yield from operation.parameters
    if route.idempotent:
        yield "Idempotency-Key"


def _parameter(name: str) -> Json:
    place, description, schema = PARAMETERS[name]
    return {"name": name, "in": place, "required": place == "path", "description": description, "schema": schema}


def _request_body(route: Route) -> Json | None:
    """A body whose every field may be left out may be left out itself, as far as the function is concerned."""
    if key_of(route) in FOREIGN:
        return {"required": True, "content": _content(FOREIGN[key_of(route)], FORM if route.is_page else JSON)}
    if route.body is None:
        return None
    name = name_of(route.body)
    if route.is_page:
        return {"required": True, "content": _content(name, FORM)}
    if any(field.is_required() for field in model_of(route.body).model_fields.values()):
        return {"required": True, "content": _content(name)}
    return {
        "description": "Every field may be left out; send `{}` then, for the gateway may refuse an empty body.",
        "required": False,
        "content": _content(name),
    }


def _success(route: Route) -> Json:
    if route.status == 303:
        where = {"required": True, "description": "Relative: back to the page.", "schema": TEXT}
        return {"description": "It is done; look at the page again.", "headers": {"Location": where}}
    if route.answer is None:
        return {"description": "The page, in the language of who reads it.", "content": _content("Page", "text/html")}
    return {"description": _first_sentence(model_of(route.answer)), "content": _content(name_of(route.answer))}


def _first_sentence(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").split(". ")[0].strip().rstrip(".") + "."


def _content(model: str, media: str = JSON) -> Json:
    known = {name: {"value": value} for name, value in examples().get(model, {}).items()}
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {media: {"schema": schema} | ({"examples": known} if known else {})}


def _failures(route: Route, operation: Operation) -> Json:
    by_status: defaultdict[int, list[str]] = defaultdict(list)
    for problem in dict.fromkeys([*operation.errors, *_common_problems(route)]):
        by_status[problem.status or 0].append(f"`{problem.slug}`: {problem.title}")
    content = _content("Page", "text/html") if route.is_page else _content("Problem", "application/problem+json")
    return {
        str(status): {"description": " · ".join(found), "content": content}
        for status, found in sorted(by_status.items())
    }


def _common_problems(route: Route) -> Iterator[type[Problem] | Refusal]:
    """What comes of how a request is made, not of what it asks. What may befall every request is in `DESCRIPTION`."""
    if route.method != "GET":
        yield from (errors.InvalidRequest, errors.TooLarge)
    if "anyone" not in route.callers:
        yield from (UNAUTHORIZED, errors.Forbidden)
    if route.idempotent:
        yield errors.KeyReused


def _invoking(function: str) -> Json:
    arn = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
    return {"Fn::Sub": arn + "${" + function + ".Arn}/invocations"}


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
            "authorizerUri": _invoking("AuthorizerFunction"),
        },
    }


def _gateway_response(refusal: Refusal) -> Json:
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


HAND_WRITTEN: dict[str, Json] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457. `docs/problems.md` lists every `type`; some carry more members than these.",
        "required": ["type", "title"],
        "properties": {
            "type": {"type": "string", "description": "Stable: what a program looks at."},
            "title": {"type": "string"},
            "status": {"type": "integer", "description": "The HTTP status, unless the gateway could not name it."},
            "detail": {"type": "string", "description": "What was wrong this time."},
            "errors": {
                "type": "array",
                "description": "The fields that do not fit.",
                "items": {
                    "type": "object",
                    "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                },
            },
        },
    },
    "Page": {"type": "string", "description": "HTML; what went wrong is said on it."},
    "DeskForm": {"type": "object", "description": "The fields of the form, and its hidden ones as they were shown."},
    "ShopifyOrder": {"type": "object", "description": "Shopify's order as its webhook sends it, byte for byte."},
    "EasyPostEvent": {"type": "object", "description": "EasyPost's event as its webhook sends it, byte for byte."},
    "StripeEvent": {"type": "object", "description": "Stripe's event as its webhook sends it, byte for byte."},
}


def _schemas() -> Json:
    """The schemas of all models that routes name, and of those inside them."""
    _, found = _modelled()
    return dict(sorted(({name: _draft4(schema) for name, schema in found.items()} | HAND_WRITTEN).items()))


@cache
def _modelled() -> tuple[dict[str, str], Json]:
    """What each model is called that routes name, and every schema by its name."""
    models = {name: model_of(name) for route in ROUTES for name in (route.body, route.answer) if name}
    called, found = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models.values())], ref_template="{model}"
    )
    names = {name: _plain(called[model, "validation"]["$ref"]) for name, model in models.items()}
    return names, {_plain(name): schema for name, schema in found["$defs"].items()}


def _plain(name: str) -> str:
    """Of pydantic's `aftersales__charges__confirmation__Confirmation`, for it is one of several: room and class."""
    _, *path = name.split("__")
    return f"{path[0].capitalize()}{path[-1]}" if path else name


KEPT = frozenset({"type", "description", "enum", "required", "additionalProperties", "format", "pattern"}) | {
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
}
DROPPED = frozenset({"title", "default", "propertyNames"})
"""Names made from field names; what an absent field means to us; a limit that only answers have."""


def _draft4(schema: Json) -> Json:
    """A schema of pydantic's in the words that API Gateway knows. Raises `ValueError` for a word it has none for."""
    if "anyOf" in schema:
        return _draft4(_without_null(schema))
    if "$ref" in schema:
        return {"$ref": f"#/components/schemas/{_plain(schema['$ref'])}"}
    return dict(_keywords(schema))


def _without_null(schema: Json) -> Json:
    """Of a field that may be null in Python: absent in JSON instead."""
    choices = [choice for choice in schema["anyOf"] if choice != {"type": "null"}]
    if len(choices) != 1:
        raise ValueError(f"API Gateway has no word for a choice of schemas: {schema}")
    chosen: Json = choices[0]
    return {key: value for key, value in schema.items() if key != "anyOf"} | chosen


def _keywords(schema: Json) -> Iterable[tuple[str, Any]]:
    for word, value in schema.items():
        if word in INSIDE:
            yield INSIDE[word](value)
        elif word == "const":
            yield "enum", [value]
        elif word in KEPT and (word, value) != WALL_CLOCK:
            yield word, value
        elif word not in DROPPED | KEPT:
            raise ValueError(f"API Gateway has no word for {word!r} in {schema}")


def _other_members(value: Any) -> tuple[str, Any]:
    """`true`, `false`, or the schema of them all."""
    return "additionalProperties", _draft4(value) if isinstance(value, dict) else value


INSIDE: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "properties": lambda value: ("properties", {name: _draft4(each) for name, each in value.items()}),
    "items": lambda value: ("items", _draft4(value)),
    "additionalProperties": _other_members,
    # Which names there may be, only the function checks.
    "patternProperties": lambda value: _other_members(*value.values()),
}
"""Words with schemas inside them."""

WALL_CLOCK = ("format", "time")
"""RFC 3339's times have a zone; those of a calendar have none."""


class _Dumper(yaml.SafeDumper):
    """Without anchors, which an included template may not have; text of several lines as a block."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _block)


def text() -> str:
    """The whole file."""
    return HEADER + yaml.dump(document(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


if __name__ == "__main__":
    CONTRACT.write_text(text(), encoding="utf-8")
