"""Cognito's access tokens: checked against the pool's own keys, for issuer, use, expiry and client."""

from functools import cache
from typing import Any

import jwt
from jwt import PyJWKClient

from aftersales.identity.principal import Principal, Role
from aftersales.routes import RESOURCE_SERVER
from aftersales.settings import Setting
from aftersales.stores import store as stores

ROLES: tuple[Role, ...] = ("admin", "lead", "policy_owner", "agent")
"""Who is in several groups has the highest."""


class BadToken(Exception):
    """The token is not one of ours, is expired, or belongs to nobody we know."""


def check(token: str) -> tuple[Principal, frozenset[str]]:
    """Who holds the token, and its scopes without the resource server's name. Raises `BadToken`."""
    claims = _claims(token)
    if claims["client_id"] == Setting.STAFF_CLIENT_ID.read():
        return _staff(claims), frozenset()
    store_id = stores.store_of_client(claims["client_id"])
    if store_id is None:
        raise BadToken("the client belongs to no store")
    return Principal(kind="storefront", id=claims["client_id"], store_id=store_id), _scopes(claims)


def _claims(token: str) -> dict[str, Any]:
    """Access tokens of Cognito carry `client_id` in place of `aud`; the caller checks it."""
    try:
        key = _keys().get_signing_key_from_jwt(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            issuer=Setting.TOKEN_ISSUER.read(),
            options={"require": ["exp", "iat", "iss", "client_id", "token_use"], "verify_aud": False},
        )
    except jwt.PyJWKClientConnectionError:
        raise  # the pool's fault, not the token's
    except jwt.PyJWTError as error:
        raise BadToken(type(error).__name__) from error
    if claims["token_use"] != "access":
        raise BadToken("not an access token")
    return claims


def _staff(claims: dict[str, Any]) -> Principal:
    groups = claims.get("cognito:groups", [])
    role = next((role for role in ROLES if role in groups), None)
    if role is None:
        raise BadToken("not a member of staff")
    return Principal(kind="staff", id=claims["username"], role=role)


def _scopes(claims: dict[str, Any]) -> frozenset[str]:
    prefix = f"{RESOURCE_SERVER}/"
    return frozenset(s.removeprefix(prefix) for s in str(claims.get("scope", "")).split() if s.startswith(prefix))


@cache
def _keys() -> PyJWKClient:
    return PyJWKClient(Setting.TOKEN_KEYS_URL.read(), cache_keys=True, lifespan=3600, timeout=3)
