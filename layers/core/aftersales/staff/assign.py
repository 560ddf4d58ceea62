"""Give an application to someone who can do it and has room for it."""

from contextlib import suppress

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.applications.plan import next_status
from aftersales.errors import NoCapacity, Outdated
from aftersales.sla.escalation import escalate
from aftersales.staff import capacity
from aftersales.staff import store as staff
from aftersales.staff.model import Member
from aftersales.staff.routing import able, acquainted, choose, fitting, needs_someone
from aftersales.tables import Cancelled, Write

ATTEMPTS = 5


def assign(number: str) -> Application:
    """Assign it if anyone fits; else it waits in the backlog of its team, to be claimed or pulled from there.

    Where waiting helps nothing, a lead is asked to find someone.
    """
    for _ in range(ATTEMPTS):
        with suppress(Cancelled, Outdated):
            return _place(store.load(number))
    return store.load(number)


def _place(application: Application) -> Application:
    if not needs_someone(application):
        return application
    if application.assignee:
        return give_to(application, application.assignee, SYSTEM)
    people = staff.roster()
    if there := fitting(application, people, clock.now()):
        member = _choose(application, there)
        taking = capacity.taking(member, application.needs.weight)
        return give_to(application, member.member_id, SYSTEM, taking)
    return application if able(application, people) or _is_told(application) else escalate(application, "nobody_can")


def _is_told(application: Application) -> bool:
    """Of this team, since somebody had it last."""
    for event in reversed(store.timeline(application.number)):
        if event.step is Step.ASSIGNED:
            return False
        if event.step is Step.ESCALATED and event.data.get("reason") == "nobody_can":
            return bool(event.data.get("team") == application.team)
    return False


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


def take_on(application: Application, member_id: str, actor: Actor) -> Application:
    """By their own choice. Raises `NoCapacity`, also for who is not on the roster, and `Outdated`."""
    taking = capacity.taking_on(staff.find(member_id), application.needs.weight)
    try:
        return give_to(application, member_id, actor, taking)
    except Cancelled as cancelled:
        raise NoCapacity from cancelled


def after_assignment(application: Application) -> Status:
    """What waits for a person is done where it stands; what was accepted goes on, with its goods first."""
    return application.status if application.status is not Status.ACCEPTED else next_status(application)
