"""The fields of a step's form: what each begins with, and how what was typed becomes a value of the step's model."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args
from unicodedata import normalize
from zoneinfo import ZoneInfo

from aftersales.applications.model import Application, InspectedLine, Language
from aftersales.applications.plan import coming_back
from aftersales.applications.refund import Quote
from aftersales.clock import rfc3339
from aftersales.desk.roster import Roster
from aftersales.desk.typed import Typed
from aftersales.errors import InvalidRequest
from aftersales.identity.principal import Principal
from aftersales.money import DECIMALS, Money, minor_units
from aftersales.staff.tasks import Task

Kind = Literal["words", "line", "money", "choice", "yes_or_no", "moment", "lines", "units"]
"""Words may be long. Lines are chosen among the application's; units are counted by line and condition."""

CONDITIONS: tuple[str, ...] = get_args(InspectedLine.model_fields["condition"].annotation)


THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Scene(NamedTuple):
    """What a form is about: the case, where its store is, who acts, and what a refund would come to now.

    `tasks` are the departments'.
    """

    application: Application
    zone: str
    who: Principal
    quote: Quote | None = None
    tasks: tuple[Task, ...] = ()
    roster: Roster = Roster()


Named = Callable[[Scene, str, Language], str]


class Field(NamedTuple):
    """`options` are the codes to choose from, and `named` those that are no words of ours; `start` is what it begins
    with, `shown` whether it fits the case.

    What is `hidden` is sent as it was when the form was made. Only staff read what is `inner`.
    """

    name: str
    kind: Kind
    required: bool = False
    options: Callable[[Scene], Iterable[str]] = lambda _: ()
    named: Named | None = None
    start: Callable[[Scene], str] = lambda _: ""
    shown: Callable[[Scene], bool] = lambda _: True
    hidden: bool = False
    inner: bool = False


def body_of(fields: Iterable[Field], typed: Typed, scene: Scene) -> dict[str, Any]:
    """What the step's model is made of; what was left blank is absent. Raises `InvalidRequest`."""
    values = {field.name: READ[field.kind](field.name, typed, scene) for field in fields if field.shown(scene)}
    return {name: value for name, value in values.items() if value not in ("", [], None)}


def _text(name: str, typed: Typed, _: Scene) -> str:
    return typed.one(name)


def _money(name: str, typed: Typed, scene: Scene) -> dict[str, Any] | None:
    """A decimal number of the order's currency. A comma parts thousands: of `12,50` nobody knows what was meant."""
    text = normalize("NFKC", typed.one(name)).strip()  # Chinese keyboards type full-width digits
    text = THOUSANDS.sub("", text)
    currency = scene.application.currency
    if not text:
        return None
    try:
        return {"amount": minor_units(text, currency), "currency": currency}
    except ValueError:
        raise _wrong(name, "a number such as 12.50") from None


def _moment(name: str, typed: Typed, scene: Scene) -> str | None:
    """A time of day where the store is."""
    text = typed.one(name)
    if not text:
        return None
    with suppress(ValueError, OverflowError):
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            return rfc3339(at.replace(tzinfo=ZoneInfo(scene.zone)))
    raise _wrong(name, "a date and a time, without a zone")


def _lines(name: str, typed: Typed, _: Scene) -> list[str]:
    return typed.all(name)


def _units(name: str, typed: Typed, scene: Scene) -> list[dict[str, Any]]:
    return [
        {"line_id": line.line_id, "quantity": quantity, "condition": condition}
        for line in coming_back(scene.application)
        for condition in CONDITIONS
        if (quantity := _count(name, typed.one(unit_field(name, line.line_id, condition))))
    ]


def unit_field(name: str, line_id: str, condition: str) -> str:
    """How the field is called that counts the units of a line in one condition."""
    return f"{name}.{line_id}.{condition}"


def _count(name: str, text: str) -> int:
    try:
        return int(text or 0)
    except ValueError:
        raise _wrong(name, "whole numbers") from None


def _wrong(name: str, message: str) -> InvalidRequest:
    return InvalidRequest(f"{name}: {message}", errors=[{"field": name, "message": message}])


READ: dict[Kind, Callable[[str, Typed, Scene], Any]] = {
    "words": _text,
    "line": _text,
    "money": _money,
    "choice": _text,
    "yes_or_no": _text,
    "moment": _moment,
    "lines": _lines,
    "units": _units,
}


def plain_amount(money: Money | None) -> str:
    """`12.50`, as it is typed."""
    if money is None:
        return ""
    places = DECIMALS.get(money.currency, 2)
    return f"{Decimal(money.amount).scaleb(-places):.{places}f}"
