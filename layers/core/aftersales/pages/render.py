"""HTML from templates: all text is escaped, there is no script, and the headers forbid what the pages do not need."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from aftersales.applications.model import Language
from aftersales.pages.words import PAGE

TEMPLATES = Path(__file__).with_name("templates")


def page(template: str, **values: Any) -> str:
    """The page as HTML. Every template may use `style`."""
    html: str = _environment().get_template(template).render(style=style(), **values)
    return html


def saying(language: Language) -> Callable[..., str]:
    """What templates call for their words: `say("unit", quantity=2, …)`."""
    return partial(_say, language)


def _say(language: Language, key: str, **values: object) -> str:
    return PAGE[language][key].format(**values)


@cache
def headers() -> dict[str, str]:
    """The token in the address opens the application: it goes to no other site, no cache and no search engine."""
    digest = b64encode(hashlib.sha256(style().encode()).digest()).decode()
    policy = [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


@cache
def style() -> str:
    """The stylesheet. It stands in every page exactly so: the browser takes no other than the one with its hash."""
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 only pages pay for it

    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
