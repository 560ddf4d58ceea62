"""One case: all that is known of it, and what this person can do about it now."""

import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any

from aftersales import clock
from aftersales.applications.model import Language, TimelineEvent
from aftersales.desk.case import Case
from aftersales.desk.countdown import seconds_left, span
from aftersales.desk.form_view import shown_form
from aftersales.desk.labels import FORM
from aftersales.desk.names import code_name, status_name
from aftersales.desk.possible import possible
from aftersales.desk.render import Frame, page, say
from aftersales.desk.typed import Failed
from aftersales.identity.principal import Principal
from aftersales.money import Money, decimal_text
from aftersales.pages.moments import local
from aftersales.pages.names import TYPE
from aftersales.sla.stays import Stay

TOLD = ("assignee", "team", "from", "to", "type", "priority", "clock", "reason", "total", "amount", "price", "outcome")
"""What of an event's data is said beside it."""


def case_page(frame: Frame, who: Principal, case: Case, failed: Failed | None = None, done: str = "") -> str:
    """`done` is the step that was just taken, `failed` the form that was just sent in vain."""
    language, scene = frame.language, case.scene(who)
    steps = possible(case.view.actions, scene)
    if failed and failed.step not in steps:  # what was typed is still shown
        steps = (failed.step, *steps)
    return page(
        "case.html",
        frame._replace(place=f"cases/{case.application.number}"),
        case=case,
        view=case.view,
        application=case.application,
        forms=[shown_form(step, scene, language, failed) for step in steps],
        failed=failed,
        done=FORM[language].get(done),
        once=secrets.token_urlsafe(12),
        local=partial(local, zone=case.store.time_zone, language=language),
        offset=local(clock.now(), case.store.time_zone, language).offset,
        titles={line.line_id: line.title for line in case.order.all_lines} if case.order else {},
        ours={line.line_id for line in case.application.lines},
        stays=[(stay.status, *_lasted(stay, language)) for stay in case.view.stays],
        entries=[(event, _told(event, language)) for event in reversed(case.view.timeline)],
    )


def _lasted(stay: Stay, language: Language) -> tuple[str, bool]:
    """How long, beside how long it may; and whether that was too long."""
    seconds = seconds_left(stay.until or clock.now(), stay.since)
    if stay.target is None:
        return "", False
    return say(
        language, "stay", span=span(seconds, language), target=span(stay.target, language)
    ), seconds > stay.target


def _told(event: TimelineEvent, language: Language) -> str:
    moved = [status_name(event.status_to, language)] if event.status_from != event.status_to else []
    return " · ".join((*moved, *_data(event.data, language)))


def _data(data: dict[str, Any], language: Language) -> Iterable[str]:
    for name in TOLD:
        match data.get(name):
            case {"amount": int(amount), "currency": str(currency)}:
                yield decimal_text(Money(amount=amount, currency=currency))
            case str(text) if text:
                yield _name(text, language)


def _name(text: str, language: Language) -> str:
    types = {str(type_): name for type_, name in TYPE[language].items()}
    return types.get(text) or code_name(text, language)
