"""What is said of an event of a case beside its step: what its data holds, in words and by names, never in codes."""

from collections.abc import Callable, Iterator
from typing import Any

from aftersales.applications.lifecycle import Step, Type
from aftersales.applications.model import Language, TimelineEvent
from aftersales.desk.names import code_name, status_name, step_name
from aftersales.desk.render import say
from aftersales.desk.roster import Roster
from aftersales.money import Money, decimal_text
from aftersales.pages.names import TYPE

Says = Callable[[Any, Roster, Language], str]


def told(event: TimelineEvent, roster: Roster, language: Language) -> str:
    """Where the case went, unless the step says so by its own name."""
    status = status_name(event.status_to, language)
    moved = event.status_from != event.status_to and status != step_name(event.step, language)
    return " · ".join((*([status] if moved else []), *_data(event, roster, language)))


def _data(event: TimelineEvent, roster: Roster, language: Language) -> Iterator[str]:
    for name, says in SAID.items():
        if value := event.data.get(name):
            yield says(value, roster, language)
    if event.step in BEFORE and (before := event.data.get("from")):
        yield say(language, "before", name=BEFORE[event.step](before, roster, language))


def _member(member_id: str, roster: Roster, _: Language) -> str:
    return roster.member_name(member_id)


def _team(team_id: str, roster: Roster, language: Language) -> str:
    return roster.team_name(team_id, language)


def _type(type_: str, _: Roster, language: Language) -> str:
    return TYPE[language][Type(type_)]


def _code(code: str, _: Roster, language: Language) -> str:
    return code_name(code, language)


def _money(money: dict[str, Any], _: Roster, __: Language) -> str:
    return decimal_text(Money.model_validate(money))


SAID: dict[str, Says] = {
    "assignee": _member,
    "to": _type,
    "type": _type,
    "kind": _code,
    "department": _code,
    "reason": _code,
    "priority": _code,
    "team": _team,
    "total": _money,
    "amount": _money,
    "price": _money,
    "outcome": _code,
}
"""In this order; the rest of an event's data is for programs."""

BEFORE: dict[Step, Says] = {Step.HANDED_OVER: _team, Step.TAKEN_BACK: _member, Step.REMEDY_CHANGED: _type}
"""What stands in `from`."""
