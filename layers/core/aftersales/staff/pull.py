"""Room came free, or somebody came: what waits in the backlog of a team finds them."""

from collections.abc import Sequence
from contextlib import suppress

from pydantic import ValidationError

from aftersales import clock
from aftersales.applications import store
from aftersales.applications.lifecycle import FOR_A_PERSON
from aftersales.applications.model import PRIORITIES, Application, Priority
from aftersales.applications.store import BACKLOG
from aftersales.staff import store as staff
from aftersales.staff.assign import assign
from aftersales.staff.model import Member
from aftersales.staff.routing import fitting, needs_someone
from aftersales.staff.worklist import WorkItem, work_of


def assign_in_turn(number: str) -> Application:
    """What waits in the backlog and is more urgent comes first."""
    application = store.load(number)
    if needs_someone(application) and application.assignee is None:
        pull(application.team, above=application.priority)
    return assign(number)


def pull(team: str, above: Priority | None = None) -> int:
    """The most urgent first, of those the one that is due first, as long as somebody has room; tells how many.

    What nobody fits who is there holds up nothing that is behind it. With `above`, only what is more urgent.
    """
    rows = _waiting(team, above)
    people = _with_room(team) if rows else []
    pulled = 0
    for row in rows:
        if not people:
            break
        if _is_for(row, people) and (given := _assigned(row.number, people)):
            pulled += given.assignee is not None
            people = _after(people, given)
    return pulled


def _assigned(number: str, people: list[Member]) -> Application | None:
    """None if nobody has room for it. One that cannot be read holds up no other: the sweep says so of it."""
    with suppress(ValidationError):
        return assign(number) if fitting(store.load(number), people, clock.now()) else None
    return None


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


def _waiting(team: str, above: Priority | None) -> list[WorkItem]:
    rows = [row for row in work_of(f"{BACKLOG}{team}") if row.status in FOR_A_PERSON]
    wanted = [row for row in rows if above is None or _urgency(row) > PRIORITIES.index(above)]
    return sorted(wanted, key=lambda row: (-_urgency(row), row.place))


def _is_for(row: WorkItem, people: list[Member]) -> bool:
    """By its type and language, before it is looked at."""
    return any(row.type in member.skills and row.language in member.languages for member in people)


def _urgency(row: WorkItem) -> int:
    return PRIORITIES.index(row.priority or "normal")
