"""The pages as HTML: without a script, and as closed as they can be."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from aftersales import markup
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
    """The token in the address opens the application."""
    return markup.headers(style())


@cache
def style() -> str:
    """The stylesheet. It stands in every page exactly so: the browser takes no other than the one with its hash."""
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    return markup.environment(TEMPLATES)
