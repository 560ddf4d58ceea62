"""Who uses the desk: their access token, in a cookie that no script reads and no other site sends."""

import hmac
from collections.abc import Mapping
from functools import cache
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import urlsplit

from aftersales.applications.model import Language
from aftersales.desk.text import LANGUAGES
from aftersales.errors import Forbidden
from aftersales.identity.cognito import BadToken, check
from aftersales.identity.principal import Principal, Role
from aftersales.routes import Route, allowed
from aftersales.routes.route import CASE
from aftersales.secrets import secret
from aftersales.settings import Setting

SESSION, LANGUAGE = "desk_session", "desk_language"
A_YEAR = 365 * 86400
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

Headers = Mapping[str, str]


class Session(NamedTuple):
    """`token` is the access token that `who` holds."""

    token: str
    who: Principal

    def form_token(self) -> str:
        """Stands in every form of this session: another site can send a form, and cannot know it."""
        key = secret(Setting.LINK_SECRET.read()).encode()
        return hmac.digest(key, b"form of the desk:" + self.token.encode(), "sha256").hex()

    def must_have_sent(self, form_token: str) -> None:
        """Raises `Forbidden`."""
        if not hmac.compare_digest(self.form_token().encode(), form_token.encode()):
            raise Forbidden("the form is not of this session")


def session_of(headers: Headers) -> Session | None:
    """None without a token, with one that is not good any more, and for who is not of the desk's people."""
    token = _cookie(headers, SESSION)
    return opened_by(token) if token else None


def opened_by(token: str) -> Session | None:
    """Policy owners and storefronts have good tokens, too, and no work here."""
    try:
        who, _ = check(token)
    except BadToken:
        return None
    return Session(token, who) if who.kind == "staff" and who.role and _steps(who.role) else None


def may_take(who: Principal, step: str) -> bool:
    """Whether this step of a case is open to their role: as the authorizer has it."""
    return who.role is not None and step in _steps(who.role)


@cache
def _steps(role: Role) -> frozenset[str]:
    return frozenset(step for route in allowed(role) if (step := step_of(route)))


def step_of(route: Route) -> str:
    """What the desk calls it: the end of its path, without parameters. Empty for a route that is no step of a case."""
    if route.method != "POST" or not route.path.startswith(CASE):
        return ""
    parts = route.path.removeprefix(CASE).strip("/").split("/")
    return "-".join(part for part in parts if not part.startswith("{"))


def must_be_from_here(headers: Headers) -> None:
    """For forms that come before a session, by what browsers say of a request. Raises `Forbidden`."""
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise Forbidden("the form came from another site")


def language_of(headers: Headers) -> Language:
    """As it was chosen, else the first of the browser's that we speak."""
    chosen = _cookie(headers, LANGUAGE)
    wanted = [chosen or "", *headers.get("accept-language", "").split(",")]
    for tag in wanted:
        for language in LANGUAGES:
            if tag.strip()[:2].lower() == language[:2]:
                return language
    return "en"


def signed_in(headers: Headers, token: str, seconds: int) -> str:
    return _cookie_with(headers, SESSION, token, seconds)


def signed_out(headers: Headers) -> str:
    return _cookie_with(headers, SESSION, "", 0)


def speaking(headers: Headers, language: Language) -> str:
    return _cookie_with(headers, LANGUAGE, language, A_YEAR)


def _cookie_with(headers: Headers, name: str, value: str, seconds: int) -> str:
    """Without a path it is good below where it was set (RFC 6265, 5.1.4): so only addresses right below the desk's set
    one, and what stage or domain stands before it need not be known.
    """
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    secure = "" if host in THIS_MACHINE else "; Secure"
    return f"{name}={value}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"


def _cookie(headers: Headers, name: str) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found and found.value else None
