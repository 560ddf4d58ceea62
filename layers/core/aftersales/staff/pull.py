"""Room came free, or somebody came: what waits in the backlog of a team finds them."""

from collections.abc import Iterator, Sequence

from aftersales import clock
from aftersales.applications import store
from aftersales.applications.lifecycle import FOR_A_PERSON
from aftersales.applications.model import PRIORITIES, Application, Priority
from aftersales.applications.store import BACKLOG, OwnedWork
from aftersales.staff import store as staff
from aftersales.staff.assign import assign
from aftersales.staff.model import Member
from aftersales.staff.routing import fitting, needs_someone
from aftersales.staff.worklist import WorkItem, in_order

AT_ONCE = 50
"""How many are read in one go: most often somebody fits one of the first."""


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
    for application in _in_turn(rows, people):
        if fitting(application, people, clock.now()):
            given = assign(application.number)
            pulled += given.assignee is not None
            people = _after(people, given)
        if not people:
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


def _waiting(team: str, above: Priority | None) -> list[OwnedWork]:
    rows = [row for row in store.owned_by(f"{BACKLOG}{team}") if row.status in FOR_A_PERSON]
    return [row for row in rows if above is None or _urgency(row) > PRIORITIES.index(above)]


def _in_turn(rows: list[OwnedWork], people: list[Member]) -> Iterator[Application]:
    """What is for nobody who is there, by its type and language, is not even looked at.

    One that cannot be read holds up no other: the sweep says so of it.
    """
    spoken = {(skill, language) for member in people for skill in member.skills for language in member.languages}
    possible = in_order([row for row in rows if (row.type, row.language) in spoken])
    numbers = [each.number for each in sorted(possible, key=lambda each: -_urgency(each))]
    for start in range(0, len(numbers), AT_ONCE):
        yield from store.load_several(numbers[start : start + AT_ONCE])


def _urgency(row: OwnedWork | WorkItem) -> int:
    return PRIORITIES.index(row.priority or "normal")
