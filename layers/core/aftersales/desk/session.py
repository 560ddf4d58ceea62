"""Who uses the desk: their access token, in a cookie that no script reads and no other site sends."""

import hmac
import re
from collections.abc import Mapping
from typing import NamedTuple

from aftersales.applications.model import Language
from aftersales.desk.text import LANGUAGES
from aftersales.errors import Forbidden, FormTooOld
from aftersales.identity.cognito import BadToken, check
from aftersales.identity.principal import Principal
from aftersales.secrets import secret
from aftersales.settings import Setting
from aftersales.staff.allowed import steps_of

SESSION, LANGUAGE = "desk_session", "desk_language"
A_YEAR = 365 * 86400
THIS_MACHINE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")

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
        """Raises `FormTooOld`."""
        if not hmac.compare_digest(self.form_token().encode(), form_token.encode()):
            raise FormTooOld


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
    return Session(token, who) if who.kind == "staff" and steps_of(who.role) else None


def is_from_here(headers: Headers) -> bool:
    """By what browsers say of a request."""
    return headers.get("sec-fetch-site", "none") in ("none", "same-origin")


def must_be_from_here(headers: Headers) -> None:
    """For forms that come before a session, or from another one. Raises `Forbidden`."""
    if not is_from_here(headers):
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
    secure = "" if THIS_MACHINE.fullmatch(headers.get("host", "")) else "; Secure"
    return f"{name}={value}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"


def _cookie(headers: Headers, name: str) -> str | None:
    """The first of that name: browsers send the one of the longest path first. Others may be as odd as they like."""
    pairs = (pair.partition("=") for pair in headers.get("cookie", "").split(";"))
    return next((value.strip() for known, _, value in pairs if known.strip() == name), None)
