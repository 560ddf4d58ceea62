"""Somebody of the desk's people with a browser: signs in, reads, sends forms, keeps cookies."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from html import unescape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest

from aftersales.aws import client
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.gateway import invoke, request
from tests.integration.visitor import FORM, HTML, Page
from tests.served import served
from tests.unit.conftest import Pool


@cache
def pool() -> Pool:
    """Its key takes a while to find."""
    return Pool()


@contextmanager
def keys_served() -> Iterator[None]:
    """The pool shows its public keys."""
    with served(lambda _: (200, json.loads(pool().keys()))) as url, pytest.MonkeyPatch.context() as environment:
        environment.setenv(Setting.TOKEN_KEYS_URL, url)
        yield


def token(name: str, *groups: str, **claims: Any) -> str:
    known = {"client_id": "staff-console", "username": name, "cognito:groups": list(groups)}
    return pool().token(**known | claims)


def cognito_says(**answer: Any) -> AbstractContextManager[None]:
    """To whoever signs in."""
    return cloud.answering("InitiateAuth", answer, service="cognito-idp")


def cognito_refuses(code: str, operation: str = "InitiateAuth") -> AbstractContextManager[None]:
    return cloud.answering(operation, {"Error": {"Code": code, "Message": "no"}}, service="cognito-idp")


def entered(access_token: str) -> dict[str, Any]:
    return {"AuthenticationResult": {"AccessToken": access_token, "ExpiresIn": 3600, "TokenType": "Bearer"}}


@contextmanager
def database_asked() -> Iterator[Counter[str]]:
    """How often, by operation, while it lasts."""
    asked: Counter[str] = Counter()

    def count(model: Any, **_: object) -> None:
        asked[model.name] += 1

    events = client("dynamodb").meta.events
    events.register("before-call.dynamodb", count)
    try:
        yield asked
    finally:
        events.unregister("before-call.dynamodb", count)


class Visitor:
    """`cookies` are what the browser keeps. `headers` are sent with every request."""

    def __init__(self, language: str = "zh-CN", access_token: str | None = None) -> None:
        self.cookies: dict[str, str] = {"desk_session": access_token} if access_token else {}
        self.headers = {"accept-language": language, "host": "desk.example.com"}

    def sees(self, address: str) -> Page:
        """`/desk/work?type=repair`"""
        path, _, query = address.partition("?")
        event = request(None, "GET", path, headers=HTML | self.sent)
        pairs = [pair.partition("=") for pair in query.split("&") if pair]
        event["multiValueQueryStringParameters"] = {name: [unescape(value)] for name, _, value in pairs} or None
        return self._page(address, event)

    def sends(self, path: str, fields: Any = (), **more: object) -> Page:
        """A form without what the page would have put in it. `fields` may name one field several times."""
        body = urlencode([*dict(fields).items(), *more.items()], doseq=True)
        return self._page(path, request(None, "POST", path, body, headers=FORM | self.sent))

    def fills(self, page: Page, step: str, fields: Any = (), **more: object) -> Page:
        """The form of this step, with all that is hidden in it."""
        hidden = hidden_fields(form_of(page, step))
        return self.sends(page.leads_to(action_of(page, step)), hidden | dict(fields) | more)

    @property
    def sent(self) -> dict[str, str]:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return self.headers | ({"cookie": kept} if kept else {})

    def _page(self, path: str, event: dict[str, Any]) -> Page:
        answer = invoke("desk", event)
        for name, cookie in SimpleCookie(answer["headers"].get("Set-Cookie", "")).items():
            self.cookies[name] = cookie.value
            if cookie["max-age"] == "0":
                del self.cookies[name]
        return Page(path, answer["statusCode"], answer["body"], answer["headers"])


def form_of(page: Page, step: str) -> str:
    """The HTML of a step's form."""
    found: list[str] = [
        form for form in re.findall(r"<form .*?</form>", page.html, re.DOTALL) if f'/{step}"' in form[:200]
    ]
    assert len(found) == 1, f"{len(found)} forms of {step}"
    return found[0]


def action_of(page: Page, step: str) -> str:
    found = re.search(r'action="([^"]+)"', form_of(page, step))
    assert found
    return found[1]


def hidden_fields(form: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def steps_on(page: Page) -> list[str]:
    """Of the forms that the case offers."""
    return [path.rpartition("/")[2] for path in page.forms if path.startswith("/desk/cases/")]


def numbers(page: Page) -> list[str]:
    """Of the cases on a list, as they stand there."""
    return [link.rpartition("/")[2] for link in page.links if link.startswith("/desk/cases/")]
