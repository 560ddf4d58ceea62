"""For leads: who is there, what they have, and what of it is late; and what waits in each team for somebody."""

from collections import Counter
from datetime import datetime
from typing import Literal, NamedTuple

from aftersales import clock
from aftersales.applications.model import DEFAULT_TEAM, Language
from aftersales.desk.render import Frame, page
from aftersales.desk.roster import Roster
from aftersales.errors import Forbidden
from aftersales.identity.principal import Principal
from aftersales.sla import store as sla
from aftersales.sla.summary import Summary
from aftersales.staff import store as staff
from aftersales.staff.model import Member
from aftersales.staff.worklist import GOES_BY

Shift = Literal["at_work", "on_leave", "off_hours"]


class Load(NamedTuple):
    """How many cases, and how many of them are late by one of their clocks: by person, and by team."""

    cases: Counter[str]
    late: Counter[str]


def people_page(frame: Frame, who: Principal) -> str:
    """Raises `Forbidden` for who does not lead."""
    if not who.leads:
        raise Forbidden("a team lead sees the work of others")
    now = clock.now()
    opened = [case for case in sla.open_cases().known if case.is_at_work]
    roster = Roster(tuple(staff.roster()), tuple(staff.teams()))
    return page(
        "people.html",
        frame._replace(place="people"),
        people=sorted(((member, shift(member, now)) for member in roster.people), key=_there_first),
        teams=_teams(roster, frame.language),
        theirs=_load([(case.assignee, case) for case in opened if case.assignee], now),
        escalated=sorted((case for case in opened if case.escalated), key=lambda case: case.filed_at),
        unowned=_load([(case.team, case) for case in opened if case.is_unowned], now),
    )


def shift(member: Member, at: datetime) -> Shift:
    """Whether they are at work by their hours and leave, whatever they say themselves."""
    if member.is_at_work(at):
        return "at_work"
    would_be = member.model_copy(update={"leave": ()})
    return "on_leave" if would_be.is_at_work(at) else "off_hours"


def _there_first(row: tuple[Member, Shift]) -> tuple[bool, str]:
    member, now = row
    return now != "at_work", member.name


def _teams(roster: Roster, language: Language) -> dict[str, str]:
    ids = dict.fromkeys((DEFAULT_TEAM, *(team.team_id for team in roster.teams)))
    return {team_id: roster.team_name(team_id, language) for team_id in ids}


def _load(owned: list[tuple[str, Summary]], now: datetime) -> Load:
    return Load(
        cases=Counter(owner for owner, _ in owned),
        late=Counter(owner for owner, case in owned if _is_late(case, now)),
    )


def _is_late(case: Summary, now: datetime) -> bool:
    """As in lists of work."""
    return any(case.due_at[kind] < now for kind in GOES_BY["application"] if kind in case.due_at)
