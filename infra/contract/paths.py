"""Each route as the document tells it: who may call it, what it takes, what it answers and how it fails."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from aftersales import errors
from aftersales.errors import Problem
from aftersales.routes import RESOURCE_SERVER, Caller, Route
from aftersales.routes.route import DESK
from infra.contract.content import FORM, JSON, PROBLEM, content, html
from infra.contract.operations import FOREIGN, OPERATIONS, Operation, key_of
from infra.contract.parameters import TEXT, parameter
from infra.contract.refusals import UNAUTHORIZED, Refusal
from infra.contract.schemas import model_of, name_of

Json = dict[str, Any]

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


def operation(route: Route) -> Json:
    told = OPERATIONS[key_of(route)]
    body = _request_body(route)
    return {
        "operationId": told.name,
        "summary": route.summary,
        "description": _who(route),
        "tags": [route.function],
        "x-callers": list(route.callers),
        "security": [] if "anyone" in route.callers else [{"caller": []}],
        "parameters": [parameter(name) for name in _parameter_names(route, told)],
        **({"requestBody": body} if body else {}),
        **({"x-amazon-apigateway-request-validator": "parameters"} if route.is_page else {}),
        "responses": {str(route.status): _success(route)} | _failures(route, told),
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": invoking(route.function.title().replace("_", "") + "Function"),
        },
    }


def invoking(function: str) -> Json:
    """The address under which the gateway calls a function of the template."""
    arn = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
    return {"Fn::Sub": arn + "${" + function + ".Arn}/invocations"}


def _who(route: Route) -> str:
    if route.is_page:
        return f"For {SIGNED_IN if route.path.startswith(DESK) else LINK_HOLDER}."
    callers = [CALLERS[caller].format(scope=f"{RESOURCE_SERVER}/{route.scope}") for caller in route.callers]
    return f"For {', '.join(callers)}."


def _parameter_names(route: Route, told: Operation) -> Iterator[str]:
    yield from re.findall(r"\{(\w+)\}", route.path)
    yield from told.parameters
    if route.idempotent:
        yield "Idempotency-Key"


def _request_body(route: Route) -> Json | None:
    """A body whose every field may be left out may be left out itself, as far as the function is concerned."""
    if key_of(route) in FOREIGN:
        return {"required": True, "content": content(FOREIGN[key_of(route)], FORM if route.is_page else JSON)}
    if route.body is None:
        return None
    name = name_of(route.body)
    if route.is_page:
        return {"required": True, "content": content(name, FORM)}
    if any(field.is_required() for field in model_of(route.body).model_fields.values()):
        return {"required": True, "content": content(name)}
    return {
        "description": "Every field may be left out; send `{}` then, for the gateway may refuse an empty body.",
        "required": False,
        "content": content(name),
    }


def _success(route: Route) -> Json:
    if route.status == 303:
        where = {"required": True, "description": "Relative: back to the page.", "schema": TEXT}
        return {"description": "It is done; look at the page again.", "headers": {"Location": where}}
    if route.answer is None:
        return {"description": "The page, in the language of who reads it.", "content": html()}
    return {"description": _first_sentence(route.answer), "content": content(name_of(route.answer))}


def _first_sentence(answer: str) -> str:
    return (model_of(answer).__doc__ or "").split(". ")[0].strip().rstrip(".") + "."


def _failures(route: Route, told: Operation) -> Json:
    by_status: defaultdict[int, list[str]] = defaultdict(list)
    for problem in dict.fromkeys([*told.errors, *_common_problems(route)]):
        by_status[problem.status or 0].append(f"`{problem.slug}`: {problem.title}")
    body = html() if route.is_page else content("Problem", PROBLEM)
    return {
        str(status): {"description": " · ".join(found), "content": body} for status, found in sorted(by_status.items())
    }


def _common_problems(route: Route) -> Iterator[type[Problem] | Refusal]:
    """What comes of how a request is made, not of what it asks. What may befall every request the document says."""
    if route.method != "GET":
        yield from (errors.InvalidRequest, errors.TooLarge)
    if "anyone" not in route.callers:
        yield from (UNAUTHORIZED, errors.Forbidden)
    if route.idempotent:
        yield errors.KeyReused
