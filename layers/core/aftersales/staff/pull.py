"""Room came free, or somebody came: what waits in the backlog of a team finds them."""

from collections.abc import Iterator, Sequence

from aftersales import clock
from aftersales.applications import store
from aftersales.applications.lifecycle import STAFFED, Status
from aftersales.applications.store import BACKLOG
from aftersales.staff import store as staff
from aftersales.staff.assign import assign
from aftersales.staff.model import Member
from aftersales.staff.routing import URGENCY, fitting
from aftersales.staff.worklist import WorkItem, work_of


def pull(team: str) -> int:
    """The most urgent first, of those the one that is due first, as long as somebody has room; tells how many.

    What nobody fits who is there holds up nothing that is behind it.
    """
    pulled = 0
    people = _with_room(team)
    for number in _waiting(team) if people else ():
        if not fitting(store.load(number), people, clock.now()):
            continue
        pulled += assign(number).application.assignee is not None
        if not (people := _with_room(team)):
            break
    return pulled


def pull_for(teams: Sequence[str]) -> int:
    return sum(pull(team) for team in teams)


def _with_room(team: str) -> list[Member]:
    now = clock.now()
    return [member for member in staff.roster() if team in member.teams and member.free > 0 and member.is_there(now)]


def _waiting(team: str) -> Iterator[str]:
    work = [each for each in work_of(f"{BACKLOG}{team}") if each.status in STAFFED | {Status.ACCEPTED}]
    return (each.number for each in sorted(work, key=lambda each: (-_urgency(each), each.place)))


def _urgency(work: WorkItem) -> int:
    return URGENCY.index(work.priority or "normal")
