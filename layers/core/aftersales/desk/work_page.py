"""A list of work by due time: one's own, a backlog, what a department does, or for leads what a colleague has."""

from typing import NamedTuple
from urllib.parse import urlencode

from aftersales.applications.lifecycle import Status, Type
from aftersales.applications.model import DEFAULT_TEAM, Language
from aftersales.desk.listing import Listing, Wanted, listing
from aftersales.desk.names import code_name, status_name
from aftersales.desk.render import Frame, page, say
from aftersales.desk.roster import Roster, with_room
from aftersales.identity.principal import Principal
from aftersales.pages.names import TYPE
from aftersales.staff import store as staff
from aftersales.staff.tasks import DEPARTMENTS
from aftersales.staff.worklist import list_for

Choices = list[tuple[str, str]]
"""Addresses of lists, and what they are called."""


class Asked(NamedTuple):
    """What the address asks for. `owner`, `team` and `department` are as in the API, where one of them is wanted."""

    query: dict[str, str]
    wanted: Wanted = Wanted()

    @property
    def is_own(self) -> bool:
        return not self.query

    def address(self, page: int = 1) -> str:
        """Of the list with its filters."""
        filters = {"status": self.wanted.status, "type": self.wanted.type, "page": str(page) if page > 1 else ""}
        return _address(self.query | {name: value for name, value in filters.items() if value})


def work_page(frame: Frame, who: Principal, asked: Asked) -> str:
    """Raises `Forbidden` for a list that is not theirs to see."""
    found = listing(list_for(who, asked.query), asked.wanted)
    roster = Roster(tuple(staff.roster()), tuple(staff.teams()))
    lists = _lists(who, roster, frame.language)
    return page(
        "work.html",
        frame._replace(place=asked.address(found.page)),
        asked=asked,
        title=_title(asked, lists, frame.language),
        lists=lists,
        me=roster.find(who.id),
        listing=found,
        statuses=_statuses(found, frame.language),
        types=_types(found, frame.language),
    )


def _address(query: dict[str, str]) -> str:
    return f"work?{urlencode(query)}" if query else "work"


def _lists(who: Principal, roster: Roster, language: Language) -> dict[str, Choices]:
    """Other lists that they may see, by what they are lists of."""
    me = roster.find(who.id)
    own = me.teams if me else (DEFAULT_TEAM,)
    theirs = dict.fromkeys((*own, *(team.team_id for team in roster.teams if who.leads)))
    return {
        "teams": [(_address({"team": team_id}), roster.team_name(team_id, language)) for team_id in theirs],
        "departments": [(_address({"department": each}), code_name(each, language)) for each in DEPARTMENTS],
        "colleagues": [
            (_address({"owner": member.member_id}), with_room(member)) for member in roster.people if who.leads
        ],
    }


def _title(asked: Asked, lists: dict[str, Choices], language: Language) -> str:
    if asked.is_own:
        return say(language, "my_work")
    if asked.query.get("backlog"):
        return say(language, "backlog")
    names = {address: name for choices in lists.values() for address, name in choices}
    return names.get(_address(asked.query)) or say(language, "other_list", of=" ".join(asked.query.values()))


def _statuses(found: Listing, language: Language) -> list[tuple[str, str, int]]:
    return [(each, status_name(each, language), found.statuses[each]) for each in Status if found.statuses[each]]


def _types(found: Listing, language: Language) -> list[tuple[str, str, int]]:
    return [(each, TYPE[language][each], found.types[each]) for each in Type if found.types[each]]
