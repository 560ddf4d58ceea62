"""Room came free, or somebody came: what waits in the backlog of a team finds them."""

from collections.abc import Sequence

from aftersales import clock
from aftersales.applications import store
from aftersales.applications.lifecycle import FOR_A_PERSON
from aftersales.applications.model import PRIORITIES, Application
from aftersales.applications.store import BACKLOG
from aftersales.staff import store as staff
from aftersales.staff.assign import assign
from aftersales.staff.model import Member
from aftersales.staff.routing import fitting
from aftersales.staff.worklist import WorkItem, work_of


def pull(team: str) -> int:
    """The most urgent first, of those the one that is due first, as long as somebody has room; tells how many.

    What nobody fits who is there holds up nothing that is behind it.
    """
    pulled = 0
    people = _with_room(team)
    for number in _waiting(team, people) if people else ():
        if not fitting(store.load(number), people, clock.now()):
            continue
        given = assign(number)
        pulled += given.assignee is not None
        if not (people := _after(people, given)):
            break
    return pulled


def pull_for(teams: Sequence[str]) -> int:
    return sum(pull(team) for team in teams)


def _with_room(team: str) -> list[Member]:
    now = clock.now()
    return [member for member in staff.roster() if team in member.teams and member.free > 0 and member.is_there(now)]


def _after(people: list[Member], given: Application) -> list[Member]:
    """Who has room still."""
    weight = given.needs.weight
    counted = [m.model_copy(update={"open": m.open + weight}) if m.member_id == given.assignee else m for m in people]
    return [member for member in counted if member.free > 0]


def _waiting(team: str, people: list[Member]) -> list[str]:
    """What is for nobody who is there by its type and language is not looked at."""
    for_them = {(skill, language) for member in people for skill in member.skills for language in member.languages}
    rows = [row for row in work_of(f"{BACKLOG}{team}") if row.status in FOR_A_PERSON]
    possible = [row for row in rows if (row.type, row.language) in for_them]
    return [row.number for row in sorted(possible, key=lambda row: (-_urgency(row), row.place))]


def _urgency(row: WorkItem) -> int:
    return PRIORITIES.index(row.priority or "normal")
