"""A list of work by due time: one's own, a backlog, what a department does, or for leads what a colleague has."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, get_args
from urllib.parse import urlencode

from aftersales import clock
from aftersales.applications.lifecycle import Status, Type
from aftersales.applications.model import DEFAULT_TEAM, PRIORITIES, Language
from aftersales.applications.store import WorkKind
from aftersales.desk.about import About, about
from aftersales.desk.listing import Listing, Wanted, listing
from aftersales.desk.names import code_name, status_name
from aftersales.desk.people_page import shift
from aftersales.desk.render import Frame, page, say
from aftersales.desk.roster import Roster, with_room
from aftersales.identity.principal import Principal
from aftersales.pages.names import TYPE
from aftersales.staff import store as staff
from aftersales.staff.model import Member
from aftersales.staff.tasks import DEPARTMENTS
from aftersales.staff.worklist import WorkItem, list_for

Choices = list[tuple[str, str]]
"""Addresses of lists, and what they are called."""

Options = list[tuple[str, str, int]]
"""What a list can be filtered by: the value, what it is called, and how many rows have it."""


class Asked(NamedTuple):
    """What the address asks for. `owner`, `team` and `department` are as in the API, where one of them is wanted."""

    query: dict[str, str]
    wanted: Wanted = Wanted()

    @property
    def is_own(self) -> bool:
        return not self.query

    def address(self, page: int = 1) -> str:
        """Of the list with its filters."""
        late = {"late": "true"} if self.wanted.late else {}
        return _address(self.query | dict(self.wanted.filters) | late | ({"page": str(page)} if page > 1 else {}))


class Row(NamedTuple):
    """`due_name` is what is due then. `about` is missing while it is new."""

    work: WorkItem
    about: About | None
    due_name: str


def work_page(frame: Frame, who: Principal, asked: Asked, done: str = "") -> str:
    """`done` is what was just saved. Raises `Forbidden` for a list that is not theirs to see."""
    found = listing(list_for(who, asked.query), asked.wanted)
    roster = Roster(tuple(staff.roster()), tuple(staff.teams()))
    lists = _lists(who, roster, frame.language)
    return page(
        "work.html",
        frame._replace(place=asked.address(found.page)),
        asked=asked,
        done=done,
        title=_title(asked, lists, frame.language),
        lists=lists,
        me=roster.find(who.id),
        listing=found,
        rows=list(_rows(found.rows, frame.language)),
        filters=_filters(found, asked.wanted, frame.language),
    )


def _rows(work: tuple[WorkItem, ...], language: Language) -> Iterator[Row]:
    known = about(each.number for each in work)
    for each in work:
        case = known.get(each.number)
        yield Row(each, case, _due_name(each, case, language))


def _due_name(work: WorkItem, case: About | None, language: Language) -> str:
    """What has no clock is due by its status, unless a person should look."""
    if work.clock:
        return code_name(work.clock, language)
    if work.kind != "application":
        return ""
    return say(language, "please_look") if case and case.look else say(language, "status_due")


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
            (_address({"owner": member.member_id}), _colleague(member, language))
            for member in roster.people
            if who.leads
        ],
    }


def _colleague(member: Member, language: Language) -> str:
    """`Mei (2/5) · Busy`"""
    now = shift(member, clock.now())
    return f"{with_room(member)} · {code_name(member.presence if now == 'at_work' else now, language)}"


def _title(asked: Asked, lists: dict[str, Choices], language: Language) -> str:
    if asked.is_own:
        return say(language, "my_work")
    if asked.query.get("backlog"):
        return say(language, "backlog")
    names = {address: name for choices in lists.values() for address, name in choices}
    return names.get(_address(asked.query)) or say(language, "other_list", of=" ".join(asked.query.values()))


def _filters(found: Listing, wanted: Wanted, language: Language) -> dict[str, Options]:
    """Those that leave something out, and those that were chosen."""
    known: dict[str, Iterable[tuple[str, str]]] = {
        "status": ((each, status_name(each, language)) for each in Status),
        "type": ((each, TYPE[language][each]) for each in Type),
        "priority": ((each, code_name(each, language)) for each in reversed(PRIORITIES)),
        "kind": ((each, code_name(each, language)) for each in get_args(WorkKind)),
    }
    options = {
        name: [(value, called, found.counts[name][value]) for value, called in values if found.counts[name][value]]
        for name, values in known.items()
    }
    return {name: each for name, each in options.items() if len(each) > 1 or name in wanted.filters}
