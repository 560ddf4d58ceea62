"""Give an application to someone who can do it and has room for it."""

from random import choices

from aftersales.applications import commit, store
from aftersales.applications.lifecycle import LEADING, STAFFED, Status, Step
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.applications.plan import next_status
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
    """What waits for a person is done where it stands; what was accepted goes on, with its goods first."""
    return application.status if application.status is not Status.ACCEPTED else next_status(application)


def decided_before(application: Application, member_id: str) -> bool:
    """Whether they rejected it, or proposed what is to be approved: then another person decides."""
    proposal = application.proposal
    return member_id in (application.rejected_by, proposal.proposed_by if proposal else None)


def _needs_someone(application: Application) -> bool:
    """What was accepted goes on by being assigned, also to who has it already."""
    if application.status is Status.ACCEPTED:
        return True
    return application.status in STAFFED and application.assignee is None


def _choose(application: Application) -> str | None:
    """Two who fit, drawn by how much room they have; the one with more room. Spreads load without a shared counter."""
    fitting = [member for member in staff.roster() if _fits(member, application)]
    if not fitting:
        return None
    drawn: list[Member] = choices(fitting, weights=[member.free for member in fitting], k=2)  # noqa: S311 no secret
    return max(drawn, key=lambda member: member.free).member_id


def _fits(member: Member, application: Application) -> bool:
    if decided_before(application, member.member_id) or (application.status in LEADING and not member.leads):
        return False
    return member.can_take(application.type, application.language)
