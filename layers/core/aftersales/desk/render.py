"""The desk's pages as HTML. They work without their script, which counts down and listens to the keyboard."""

from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from aftersales import clock, markup
from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Language
from aftersales.clock import rfc3339
from aftersales.desk import countdown
from aftersales.desk.names import code_name, item_name, status_name, step_name
from aftersales.desk.session import Session
from aftersales.desk.text import LANGUAGES
from aftersales.desk.words import DESK
from aftersales.money import decimal_text, signed_text
from aftersales.pages.names import REASON, TYPE

TEMPLATES = Path(__file__).with_name("templates")


class Frame(NamedTuple):
    """What every page needs. `root` leads to where the desk's addresses begin, `place` is the page's among them."""

    language: Language
    root: str
    place: str = ""
    session: Session | None = None


class Due(NamedTuple):
    """A time limit: for machines, and as it is read when the page is made."""

    stamp: str
    text: str
    urgency: str


def page(template: str, frame: Frame, **values: Any) -> str:
    html: str = _environment().get_template(template).render(_common(frame) | values)
    return html


def _common(frame: Frame) -> dict[str, Any]:
    """What every template may use."""
    language = frame.language
    return {
        **frame._asdict(),
        "languages": {known: code_name(known, known) for known in LANGUAGES},
        "style": style(),
        "script": script(),
        "now": rfc3339(clock.now()),
        "units": {size: unit.in_(language) for size, unit in countdown.UNITS.items()},
        "soon": countdown.SOON,
        "say": partial(say, language),
        "due": partial(_due, language),
        "ago": partial(_ago, language),
        "code": partial(code_name, language=language),
        "status": partial(status_name, language=language),
        "step": partial(step_name, language=language),
        "type": partial(_type, language),
        "reason_names": REASON[language],
        "item_name": partial(item_name, language=language),
        "money": decimal_text,
        "amount": signed_text,
    }


def say(language: Language, key: str, *values: object, **named: object) -> str:
    return DESK[key].in_(language).format(*values, **named)


def _type(language: Language, type_: str) -> str:
    return TYPE[language][Type(type_)]


def _due(language: Language, at: datetime) -> Due:
    seconds = countdown.seconds_left(at, clock.now())
    text = say(language, "late" if seconds < 0 else "left", countdown.span(seconds, language))
    return Due(rfc3339(at), text, countdown.urgency(seconds))


def _ago(language: Language, at: datetime) -> str:
    return countdown.age(countdown.seconds_left(clock.now(), at), language)


@cache
def headers(images: str = "") -> dict[str, str]:
    """`images` is the origin of the page's pictures."""
    return markup.headers(style(), script(), images)


@cache
def style() -> str:
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    return (TEMPLATES / "script.js").read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    return markup.environment(TEMPLATES)
