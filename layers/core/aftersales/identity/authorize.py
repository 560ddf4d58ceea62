"""Say which routes the holder of a token may call. What no rule opens stays closed."""

from typing import Any

from aftersales.identity.cognito import BadToken, check
from aftersales.identity.links import number_of
from aftersales.identity.principal import Principal
from aftersales.routes import Route, allowed


def authorize(header: str, method_arn: str) -> dict[str, Any]:
    """The answer of an API Gateway authorizer: a policy over every route of the stage, which may be cached by token.

    `method_arn` is `arn:…:API/STAGE/METHOD/PATH`. Raises `BadToken`.
    """
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise BadToken("not a bearer token")
    principal, routes = _holder(token.strip())
    stage = "/".join(method_arn.split("/", 2)[:2])
    return {
        "principalId": principal.id,
        "policyDocument": {"Version": "2012-10-17", "Statement": [_statement(stage, routes)]},
        "context": principal.context(),
    }


def _holder(token: str) -> tuple[Principal, list[Route]]:
    number = number_of(token)
    if number:
        return Principal(kind="customer", id=number), allowed("customer")
    principal, scopes = check(token)
    return principal, allowed(principal.role or "storefront", scopes)


def _statement(stage: str, routes: list[Route]) -> dict[str, Any]:
    if not routes:
        return {"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": f"{stage}/*"}
    resources = [f"{stage}/{route.method}{_any_parameter(route.path)}" for route in routes]
    return {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": resources}


def _any_parameter(path: str) -> str:
    return "/".join("*" if part.startswith("{") else part for part in path.split("/"))
