"""A customer with a browser: opens the link of a mail, reads, sends forms."""

import re
from functools import cache
from html import unescape
from typing import NamedTuple
from urllib.parse import urlencode, urljoin

from aftersales.identity.links import customer_token
from tests.integration.gateway import invoke, request

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FORM = HTML | {"content-type": "application/x-www-form-urlencoded"}
STAGE = "https://api.example.com/_aws/execute-api/a1b2c3/local"
"""API Gateway's stage stands before the path, and MiniStack's own prefix before that."""


class Page(NamedTuple):
    """What came back for `path`."""

    path: str
    status: int
    html: str
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """All that can be read on it, in one line."""
        body = self.html.partition("<body>")[2]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def forms(self) -> list[str]:
        """Where its forms would be sent to, below the stage."""
        return [self.leads_to(action) for action in re.findall(r'<form method="post" action="([^"]+)"', self.html)]

    @property
    def links(self) -> list[str]:
        return [self.leads_to(href) for href in re.findall(r'<a [^>]*href="([^"#]+)"', self.html)]

    @property
    def goes_on_to(self) -> str:
        """Where the browser goes after a form."""
        assert self.status == 303
        return self.leads_to(self.headers["Location"])

    def leads_to(self, address: str) -> str:
        assert not address.startswith(("/", "http")), "the stage would be lost"
        return urljoin(STAGE + self.path, address).removeprefix(STAGE)


@cache
def token(number: str) -> str:
    """As in one mail; in the next second it would be another."""
    return customer_token(number)


def track(number: str) -> str:
    return f"/track/{token(number)}"


def survey(number: str) -> str:
    return f"/survey/{token(number)}"


def see(path: str) -> Page:
    return _page(path, invoke("pages", request(None, "GET", path, headers=HTML)))


def send(path: str, **fields: object) -> Page:
    return send_raw(path, urlencode(fields))


def send_raw(path: str, body: str) -> Page:
    return _page(path, invoke("pages", request(None, "POST", path, body, headers=FORM)))


def _page(path: str, answer: dict[str, object]) -> Page:
    return Page(path, answer["statusCode"], answer["body"], answer["headers"])  # type: ignore[arg-type]
