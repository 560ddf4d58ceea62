"""One case: all that is known of it, and what this person can do about it now."""

import secrets
from functools import partial

from aftersales import clock
from aftersales.applications.model import Actor, Language
from aftersales.desk.case import Case
from aftersales.desk.countdown import seconds_left, span
from aftersales.desk.form_view import shown_form
from aftersales.desk.labels import FORM, form_name
from aftersales.desk.names import code_name
from aftersales.desk.possible import possible
from aftersales.desk.render import Frame, page, say
from aftersales.desk.roster import Roster
from aftersales.desk.text import own_name
from aftersales.desk.told import told
from aftersales.desk.typed import Failed
from aftersales.identity.principal import Principal
from aftersales.pages.moments import local
from aftersales.sla.stays import Stay


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
        done=form_name(done, language) if done in FORM else "",
        once=secrets.token_urlsafe(12),
        member=case.roster.member_name,
        team=partial(case.roster.team_name, language=language),
        store=own_name(case.store.name, language, case.store.store_id),
        local=partial(local, zone=case.store.time_zone, language=language),
        offset=local(clock.now(), case.store.time_zone, language).offset,
        titles={line.line_id: line.title for line in case.order.all_lines} if case.order else {},
        ours={line.line_id for line in case.application.lines},
        stays=[(stay.status, *_lasted(stay, language)) for stay in case.view.stays],
        entries=[
            (event, _by(event.actor, case.roster, language), told(event, case.roster, language))
            for event in reversed(case.view.timeline)
        ],
    )


def _lasted(stay: Stay, language: Language) -> tuple[str, bool]:
    """How long, beside how long it may; and whether that was too long."""
    seconds = seconds_left(stay.until or clock.now(), stay.since)
    if stay.target is None:
        return "", False
    return say(
        language, "stay", span=span(seconds, language), target=span(stay.target, language)
    ), seconds > stay.target


def _by(actor: Actor, roster: Roster, language: Language) -> str:
    name = roster.member_name(actor.id) if actor.id else ""
    return " ".join(filter(None, (code_name(actor.kind, language), name)))
