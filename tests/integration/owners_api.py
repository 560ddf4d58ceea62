"""The API over HTTP, as a policy owner's command line calls it, with the real functions behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt

from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.gateway import call, invoke, staff
from tests.served import Asked, served


def token(username: str) -> str:
    return jwt.encode({"username": username}, "a key that only Cognito would know ...")


@contextmanager
def owners_api() -> Iterator[str]:
    """Its address. Whose token it is, is taken at its word: the authorizer has tests of its own."""
    with served(_answer) as url:
        yield url


def _answer(asked: Asked) -> tuple[int, Any]:
    """The stream has brought all that it had to bring before anybody looks at a backtest."""
    claims = jwt.decode(asked.headers["authorization"].removeprefix("Bearer "), options={"verify_signature": False})
    if "/backtests/" in asked.path:
        _move_backtests_on()
    where = urlsplit(asked.path)
    answer = call(
        staff(claims["username"], "policy_owner"),
        asked.method,
        where.path,
        asked.body,
        key=asked.headers.get("idempotency-key"),
        query=dict(parse_qsl(where.query)),
    )
    return answer.status, answer.body


def _move_backtests_on() -> None:
    while running := [row for row in cloud.rows(Setting.POLICIES_TABLE) if row.get("state") == {"S": "running"}]:
        invoke("backtest", {"Records": [{"dynamodb": {"NewImage": head}} for head in running]})
