"""One case: all that is known of it, and what this person can do about it now."""

import secrets
from collections.abc import Iterator
from functools import partial
from typing import Any

from aftersales import clock
from aftersales.applications.lifecycle import TALKING, Type
from aftersales.applications.model import Actor, Language, Photo
from aftersales.applications.store import OTHERS
from aftersales.compensation.given import left_to_give
from aftersales.desk.case import Case
from aftersales.desk.countdown import seconds_left, span
from aftersales.desk.deadlines import deadlines
from aftersales.desk.facts import fact_name, told_facts
from aftersales.desk.form_view import shown_form
from aftersales.desk.heard import last_heard
from aftersales.desk.labels import FORM, form_name
from aftersales.desk.names import code_name, step_name
from aftersales.desk.next_case import next_case
from aftersales.desk.possible import possible
from aftersales.desk.render import Frame, page, say
from aftersales.desk.text import own_name
from aftersales.desk.told import told
from aftersales.desk.typed import Failed
from aftersales.identity.principal import Principal
from aftersales.money import signed_text
from aftersales.pages.moments import local
from aftersales.sla.stays import Stay
from aftersales.staff.actions import may_complete, may_refund
from aftersales.staff.allowed import may_take

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What every browser shows. Of the rest, such as videos, there is a link."""

A_TENTH = 100_000
"""Bytes: a tenth of a megabyte."""


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
        onward=next_case(case.application, who) if done in FORM else "",
        recorded=_recorded(case, who, language) if done in FORM else "",
        once=secrets.token_urlsafe(12),
        limit=_limit(case, who, language),
        waits=_waits(case, who, language),
        **_names(case, language),
        **_told(case, language),
    )


def _names(case: Case, language: Language) -> dict[str, Any]:
    """How the template calls people and goods, moments and facts."""
    zone, decision = case.store.time_zone, case.application.decision
    return {
        "member": case.roster.member_name,
        "team": partial(case.roster.team_name, language=language),
        "store": own_name(case.store.name, language, case.store.store_id),
        "local": partial(local, zone=zone, language=language),
        "offset": local(clock.now(), zone, language).offset,
        "titles": {line.line_id: line.title for line in case.order.all_lines} if case.order else {},
        "ours": {line.line_id for line in case.application.lines},
        "fact_name": partial(fact_name, language=language),
        "told_facts": partial(told_facts, language=language),
        "reason_texts": {each.code: each.sentence(language) for each in decision.reasons} if decision else {},
        "quote_title": _quote_title(case),
        "talking": case.application.type in TALKING,
        "most_others": OTHERS,
    }


def _told(case: Case, language: Language) -> dict[str, Any]:
    """What happened, what the customer has said and shown, and by when something should happen."""
    return {
        "heard": last_heard(case.view.timeline, case.application.type),
        "photos": list(_photos(case, language)),
        "deadlines": deadlines(case.application, case.clocks, language),
        "stays": [(stay.status, *_lasted(stay, language)) for stay in case.view.stays],
        "entries": [
            (event, _by(event.actor, case, language), told(event, case.roster, language))
            for event in reversed(case.view.timeline)
        ],
    }


def _recorded(case: Case, who: Principal, language: Language) -> str:
    """What they did last, by its name on the timeline: a step may come to something else than its form says."""
    event = next((event for event in reversed(case.view.timeline) if event.actor == who.actor()), None)
    if event is None:
        return ""
    return " · ".join(filter(None, (step_name(event.step, language), told(event, case.roster, language))))


def _limit(case: Case, who: Principal, language: Language) -> str:
    """What they may give alone of compensation. Leads have no limit."""
    if who.leads:
        return ""
    member, application = case.roster.find(who.id), case.application
    left = left_to_give(application, case.view.timeline, member) if member else 0
    if not left:
        return say(language, "may_give_nothing")
    return say(language, "may_give", money=signed_text(left, application.currency))


def _waits(case: Case, who: Principal, language: Language) -> str:
    """Why they cannot finish it yet."""
    opened = {task.department for task in case.view.tasks if task.done_at is None}
    is_theirs = may_complete(case.application) and may_take("completion", case.application, who)
    if not opened or not is_theirs:
        return ""
    departments = ", ".join(code_name(each, language) for each in sorted(opened))
    return say(language, "waits_for", step=form_name("completion", language), departments=departments)


def _quote_title(case: Case) -> str:
    if case.application.type is Type.EXCHANGE:
        return "quote_exchange"
    return "quote_now" if may_refund(case.application) else "quote_later"


def _photos(case: Case, language: Language) -> Iterator[tuple[str, str, bool]]:
    """Their links, how they are called, and whether browsers show them as pictures."""
    links = case.view.photo_links
    attached = (photo for photo in case.application.photos if photo.photo_id in links)
    for number, photo in enumerate(attached, start=1):
        pictured = photo.media_type in PICTURES
        name = say(language, "photo", number=number) if pictured else _file_name(number, photo, language)
        yield links[photo.photo_id], name, pictured


def _file_name(number: int, photo: Photo, language: Language) -> str:
    kind = photo.media_type.partition("/")[2]
    if photo.size is None:
        return say(language, "file", number=number, kind=kind)
    size = f"{photo.size / 1e6:.1f} MB" if photo.size >= A_TENTH else f"{photo.size / 1e3:.1f} KB"
    return say(language, "file_size", number=number, kind=kind, size=size)


def _lasted(stay: Stay, language: Language) -> tuple[str, bool]:
    """How long, beside how long it may; and whether that was too long."""
    seconds = seconds_left(stay.until or clock.now(), stay.since)
    if stay.target is None:
        return "", False
    return say(
        language, "stay", span=span(seconds, language), target=span(stay.target, language)
    ), seconds > stay.target


def _by(actor: Actor, case: Case, language: Language) -> str:
    """A program of the store acts in the store's name."""
    if actor.kind == "storefront":
        return own_name(case.store.name, language, case.store.store_id)
    name = case.roster.member_name(actor.id) if actor.id else ""
    return " ".join(filter(None, (code_name(actor.kind, language), name)))
