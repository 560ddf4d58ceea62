"""Give an application to someone who can do it and has room for it."""

from contextlib import suppress
from typing import NamedTuple

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.applications.plan import next_status
from aftersales.errors import Outdated
from aftersales.staff import capacity
from aftersales.staff import store as staff
from aftersales.staff.model import Member
from aftersales.staff.routing import acquainted, choose, fitting, needs_someone, nobody_can
from aftersales.tables import Cancelled, Write

ATTEMPTS = 5
NOBODY_CAN = "nobody_can"
"""Why it was escalated: by skill, language or team there is nobody in the roster for it."""


class Placed(NamedTuple):
    """The application as it stands. `nobody_can`: just now a lead was asked to find someone."""

    application: Application
    nobody_can: bool = False


def assign(number: str) -> Placed:
    """Assign it if anyone fits; else it waits in the backlog of its team, to be claimed or pulled from there."""
    for _ in range(ATTEMPTS):
        with suppress(Cancelled, Outdated):
            return _place(store.load(number))
    return Placed(store.load(number))


def _place(application: Application) -> Placed:
    if not needs_someone(application):
        return Placed(application)
    if application.assignee:
        return Placed(give_to(application, application.assignee, SYSTEM))
    people = staff.roster()
    if there := fitting(application, people, clock.now()):
        member = _choose(application, there)
        taking = capacity.taking(member, application.needs.weight)
        return Placed(give_to(application, member.member_id, SYSTEM, taking))
    return _escalate(application) if nobody_can(application, people) else Placed(application)


def _choose(application: Application, there: list[Member]) -> Member:
    """Who knows the customer comes first. Of one there is no choice."""
    return choose(there, acquainted(application, store.others_of(application)) if there[1:] else ())


def give_to(application: Application, member_id: str, actor: Actor, *taking: Write) -> Application:
    """Raises `Cancelled` when `taking` is refused, `Outdated` when the application changed meanwhile."""
    return commit.step(
        application,
        Step.ASSIGNED,
        actor,
        *taking,
        to=after_assignment(application),
        assignee=member_id,
        taken_from=None,
        data={"assignee": member_id},
    )


def after_assignment(application: Application) -> Status:
    """What waits for a person is done where it stands; what was accepted goes on, with its goods first."""
    return application.status if application.status is not Status.ACCEPTED else next_status(application)


def _escalate(application: Application) -> Placed:
    """Once in a team."""
    told = {"reason": NOBODY_CAN, "priority": application.priority, "team": application.team}
    before = [event.data for event in store.timeline(application.number) if event.step is Step.ESCALATED]
    if any((data.get("reason"), data.get("team")) == (NOBODY_CAN, application.team) for data in before):
        return Placed(application)
    after = commit.step(application, Step.ESCALATED, SYSTEM, look_at=clock.now(), data=told)
    return Placed(after, nobody_can=True)
