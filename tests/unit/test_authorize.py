"""Who may call what: real tokens, signed with a real key, checked against keys that are fetched over HTTP."""

import json
import time
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from aftersales.identity.authorize import authorize
from aftersales.identity.cognito import BadToken
from aftersales.identity.links import customer_token
from aftersales.identity.principal import principal_of
from aftersales.routes import ROUTES, SCOPES
from tests.unit.builders import NUMBER
from tests.unit.conftest import Pool

STAGE = "arn:aws:execute-api:ap-southeast-1:123456789012:abcdef1234/v1"
ARN = f"{STAGE}/POST/applications"
ALL_SCOPES = " ".join(f"aftersales/{scope}" for scope in SCOPES)
SHOP: dict[str, Any] = {"client_id": "lantern-shop", "sub": "lantern-shop", "scope": ALL_SCOPES}


def staff(*groups: str) -> dict[str, Any]:
    return {"client_id": "staff-console", "username": "mei", "cognito:groups": list(groups) or None}


def answer(token: str) -> dict[str, Any]:
    return authorize(f"Bearer {token}", ARN)


def opened(answered: dict[str, Any]) -> set[str]:
    [statement] = answered["policyDocument"]["Statement"]
    assert statement["Effect"] == "Allow"
    return {resource.removeprefix(STAGE + "/") for resource in statement["Resource"]}


FOR_CUSTOMERS = {
    "GET/applications/*",
    "POST/applications/*/cancellation",
    "POST/applications/*/information",
    "POST/applications/*/parcel",
    "POST/applications/*/quote-answer",
    "POST/applications/*/confirmation",
    "POST/applications/*/dispute",
    "POST/applications/*/appeal",
    "POST/applications/*/photos",
    "GET/applications/*/survey",
    "POST/applications/*/survey",
}
FOR_STORES = {
    "orders.write": {"PUT/orders/*"},
    "applications.read": {"GET/applications/*"},
    "applications.write": {"POST/applications", "POST/quotes"},
    "refunds.write": {
        "POST/refunds/*/confirmation",
        "POST/charges/*/confirmation",
        "POST/credits/*/confirmation",
    },
    "goods.write": {"POST/replacements/*/confirmation"},
}
FOR_STAFF = {
    "GET/staff/work",
    "GET/staff/members",
    "GET/staff/members/*",
    "GET/staff/teams",
    "PUT/staff/presence",
    "GET/staff/applications/*",
    "GET/staff/applications/*/quote",
    "POST/staff/applications/*/claim",
    "POST/staff/applications/*/information-request",
    "POST/staff/applications/*/message",
    "POST/staff/applications/*/decision",
    "POST/staff/applications/*/receipt",
    "POST/staff/applications/*/inspection",
    "POST/staff/applications/*/remedy",
    "POST/staff/applications/*/refund",
    "POST/staff/applications/*/replacement",
    "POST/staff/applications/*/replacement-confirmation",
    "POST/staff/applications/*/charge",
    "POST/staff/applications/*/compensation",
    "POST/staff/applications/*/diagnosis",
    "POST/staff/applications/*/visit",
    "POST/staff/applications/*/parts",
    "POST/staff/applications/*/parts-arrival",
    "POST/staff/applications/*/repair-result",
    "POST/staff/applications/*/dispatch",
    "POST/staff/applications/*/completion",
    "POST/staff/applications/*/transfer",
    "POST/staff/applications/*/handover",
    "POST/staff/applications/*/tasks",
    "POST/staff/applications/*/tasks/*/completion",
    "POST/staff/applications/*/notes",
    "POST/staff/applications/*/follow-up",
}
FOR_LEADS = {
    "POST/staff/applications/*/refund-confirmation",
    "POST/staff/applications/*/charge-confirmation",
    "POST/staff/applications/*/compensation-approval",
    "POST/staff/applications/*/credit-confirmation",
    "POST/staff/applications/*/dispute-answer",
    "POST/staff/applications/*/takeover",
    "PUT/staff/members/*",
    "DELETE/staff/members/*",
    "PUT/staff/teams/*",
    "GET/service/*",
    "PUT/service/*",
}
FOR_POLICY_OWNERS = {
    "GET/policies/*",
    "GET/policies/*/versions/*",
    "GET/policies/*/draft",
    "PUT/policies/*/draft",
    "POST/policies/*/publication",
    "POST/policies/*/rollback",
    "POST/policies/*/backtests",
    "GET/policies/*/backtests/*",
    "GET/policies/*/backtests/*/differences",
}


def test_a_customer_may_call_the_customers_routes_and_no_other(pool: Pool) -> None:
    answered = answer(customer_token(NUMBER))
    assert opened(answered) == FOR_CUSTOMERS
    assert principal_of(answered["context"]).id == NUMBER


def test_a_storefront_may_call_the_routes_of_its_scopes(pool: Pool) -> None:
    answered = answer(pool.token(**SHOP))
    assert opened(answered) == set().union(*FOR_STORES.values())
    assert principal_of(answered["context"]).store_id == "lantern"


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_opens_exactly_its_route(pool: Pool, scope: str) -> None:
    assert opened(answer(pool.token(**SHOP | {"scope": f"aftersales/{scope}"}))) == FOR_STORES[scope]


@pytest.mark.parametrize("scope", [None, "", "openid email", "elsewhere/orders.write", "orders.write"])
def test_a_storefront_without_a_scope_of_ours_may_call_nothing(pool: Pool, scope: str | None) -> None:
    [statement] = answer(pool.token(**SHOP | {"scope": scope}))["policyDocument"]["Statement"]
    assert statement == {"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": f"{STAGE}/*"}


@pytest.mark.parametrize(
    ("role", "routes"),
    [
        ("agent", FOR_STAFF),
        ("lead", FOR_STAFF | FOR_LEADS),
        ("policy_owner", FOR_POLICY_OWNERS | {"GET/staff/applications/*", "GET/staff/applications/*/quote"}),
        ("admin", FOR_STAFF | FOR_LEADS | FOR_POLICY_OWNERS),
    ],
)
def test_staff_may_call_the_routes_of_their_role(pool: Pool, role: str, routes: set[str]) -> None:
    answered = answer(pool.token(**staff(role)))
    assert opened(answered) == routes
    assert principal_of(answered["context"]).role == role


def test_who_is_in_several_groups_has_the_highest_role(pool: Pool) -> None:
    answered = answer(pool.token(**staff("agent", "tea-lovers", "lead")))
    assert principal_of(answered["context"]).role == "lead"


def test_all_routes_that_need_somebody_are_given_to_somebody() -> None:
    given = FOR_CUSTOMERS | FOR_STAFF | FOR_LEADS | FOR_POLICY_OWNERS | set().union(*FOR_STORES.values())
    closed = [route for route in ROUTES if route.callers != ("anyone",)]
    assert len(given) == len({(route.method, route.path) for route in closed})


BAD: dict[str, dict[str, Any]] = {
    "expired": {"exp": int(time.time()) - 1},
    "of another pool": {"iss": "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_Harbour"},
    "for identity, not access": {"token_use": "id", "aud": "staff-console"},
    "of nobody's client": {"client_id": "a-stranger"},
    "without a client": {"client_id": None},
    "without an end": {"exp": None},
    "without an issuer": {"iss": None},
    "without a use": {"token_use": None},
    "not valid yet": {"nbf": int(time.time()) + 3600},
}


@pytest.mark.parametrize("claims", BAD.values(), ids=list(BAD))
def test_a_token_that_is_not_right_opens_nothing(pool: Pool, claims: dict[str, Any]) -> None:
    with pytest.raises(BadToken):
        answer(pool.token(**SHOP | claims))


@pytest.mark.parametrize("groups", [(), ("tea-lovers",)])
def test_who_is_in_no_group_of_staff_may_do_nothing(pool: Pool, groups: tuple[str, ...]) -> None:
    with pytest.raises(BadToken):
        answer(pool.token(**staff(*groups)))


def test_a_token_signed_with_another_key_opens_nothing(pool: Pool) -> None:
    with pytest.raises(BadToken):
        answer(pool.token(key=generate_private_key(65537, 2048), **SHOP))


def test_a_token_of_an_unknown_key_opens_nothing(pool: Pool) -> None:
    with pytest.raises(BadToken):
        answer(pool.token(kid="unknown", **SHOP))


def test_a_token_signed_with_our_public_key_as_a_password_opens_nothing(pool: Pool) -> None:
    with pytest.raises(BadToken):
        answer(pool.token(key="x" * 32, algorithm="HS256", **SHOP))


def test_an_unsigned_token_opens_nothing(pool: Pool) -> None:
    header, claims = ({"alg": "none", "kid": "access"}, SHOP | {"token_use": "access", "exp": 9999999999, "iat": 1})
    parts = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)]
    with pytest.raises(BadToken):
        answer(".".join([*parts, ""]))


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic bGFudGVybjpzZWNyZXQ=", "Bearer a b c", "Bearer é", "Bearer ..", "令牌", "\x00"],
)
def test_garbage_in_the_header_opens_nothing(pool: Pool, header: str) -> None:
    with pytest.raises(BadToken):
        authorize(header, ARN)


def test_the_scheme_may_be_written_in_any_case(pool: Pool) -> None:
    assert opened(authorize(f"bearer {customer_token(NUMBER)}", ARN)) == FOR_CUSTOMERS


def test_the_policy_holds_for_the_whole_stage_so_that_it_may_be_kept(pool: Pool) -> None:
    token = customer_token(NUMBER)
    assert authorize(f"Bearer {token}", ARN) == authorize(f"Bearer {token}", f"{STAGE}/GET/applications/{NUMBER}")


def test_the_context_holds_strings_only_and_nothing_of_the_token(pool: Pool) -> None:
    token = pool.token(**staff("agent"))
    answered = answer(token)
    assert all(isinstance(value, str) for value in answered["context"].values())
    assert token not in json.dumps(answered)


def test_the_keys_are_fetched_once_and_kept(pool: Pool) -> None:
    for _ in range(3):
        answer(pool.token(**SHOP))
    assert pool.asked == 1


def test_when_the_keys_cannot_be_fetched_it_is_our_fault_and_not_the_tokens(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 401 would make storefronts throw a good token away; a 500 makes them try again."""
    monkeypatch.setenv("TOKEN_KEYS_URL", "http://127.0.0.1:1/jwks.json")
    with pytest.raises(Exception) as raised:  # noqa: PT011
        answer(pool.token(**SHOP))
    assert not isinstance(raised.value, BadToken)
