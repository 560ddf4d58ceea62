"""Give an application to someone who can do it and has room for it."""

from random import choices

from aftersales.applications import commit, store
from aftersales.applications.holding import coming_back
from aftersales.applications.lifecycle import DECIDING, Status, Step
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.errors import Outdated
from aftersales.staff import capacity
from aftersales.staff import store as staff
from aftersales.staff.model import Member
from aftersales.tables import Cancelled, Write

ATTEMPTS = 5


def assign(number: str) -> Application:
    """Assign it if anyone fits; else it stays in the backlog, from where it can be claimed or is tried again."""
    for _ in range(ATTEMPTS):
        application = store.load(number)
        if not _needs_someone(application):
            return application
        member_id = application.assignee or _choose(application)
        if member_id is None:
            return application
        try:
            return give_to(application, member_id, SYSTEM)
        except (Cancelled, Outdated):
            continue
    return store.load(number)


def give_to(application: Application, member_id: str, actor: Actor) -> Application:
    """Raises `Cancelled` when the member is at capacity, `Outdated` when the application changed meanwhile."""
    writes: list[Write] = []
    if application.assignee != member_id:
        writes.append(capacity.taking_one(member_id))
        writes += [capacity.giving_one_back(application.assignee)] if application.assignee else []
    return commit.step(
        application,
        Step.ASSIGNED,
        actor,
        *writes,
        to=after_assignment(application),
        assignee=member_id,
        data={"assignee": member_id},
    )


def after_assignment(application: Application) -> Status:
    """A decision is made where it stands; what was accepted is worked on, once the goods are here if they come back."""
    if application.status is not Status.ACCEPTED:
        return application.status
    if application.inspection:
        return Status.INSPECTED
    return Status.AWAITING_GOODS if coming_back(application) else Status.IN_PROGRESS


def _needs_someone(application: Application) -> bool:
    return application.status is Status.ACCEPTED or (application.status in DECIDING and application.assignee is None)


def _choose(application: Application) -> str | None:
    """Two who fit, drawn by how much room they have; the one with more room. Spreads load without a shared counter.

    Who rejected it does not fit.
    """
    others = [m for m in staff.roster() if m.member_id != application.rejected_by]
    fitting = [m for m in others if m.can_take(application.type, application.language)]
    if not fitting:
        return None
    drawn: list[Member] = choices(fitting, weights=[member.free for member in fitting], k=2)  # noqa: S311 no secret
    return max(drawn, key=lambda member: member.free).member_id
