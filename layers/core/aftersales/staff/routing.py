"""Who could do it, who of them is there, and who gets it."""

from collections.abc import Sequence
from datetime import datetime
from random import choices

from aftersales.applications.lifecycle import DECIDING, DONE, LEADING, STAFFED, Status
from aftersales.applications.model import Application, Language, Needs
from aftersales.applications.other_case import OtherCase
from aftersales.staff.model import Member

SOLVED = frozenset({Status.DELIVERING, Status.AWAITING_CONFIRMATION, Status.RESOLVED})


def needs_of(application: Application) -> Needs:
    """As decided; and the type, which a change of the remedy changes, is a skill that it always needs."""
    skills = {str(application.type): 1} | application.needs.skills
    return application.needs.model_copy(update={"skills": skills})


def needs_someone(application: Application) -> bool:
    """What was accepted goes on by being assigned, also to who has it already."""
    if application.status is Status.ACCEPTED:
        return True
    return application.status in STAFFED and application.assignee is None


def can_do(member: Member, needs: Needs, language: Language, team: str) -> bool:
    """Whoever is there today, and however much they have: by skills, language, team, and room for it at all."""
    skilled = all(member.skills.get(skill, 0) >= level for skill, level in needs.skills.items())
    return skilled and language in member.languages and team in member.teams and member.capacity >= needs.weight


def able(application: Application, people: Sequence[Member]) -> list[Member]:
    """Who of `people` could be given it one day. Where there is nobody, waiting helps nothing."""
    needs = needs_of(application)
    return [
        member
        for member in people
        if may_be_given(application, member) and can_do(member, needs, application.language, application.team)
    ]


def fitting(application: Application, people: Sequence[Member], at: datetime) -> list[Member]:
    """Who of `people` can be given it now: they are there, and have room."""
    weight = application.needs.weight
    return [member for member in able(application, people) if member.free >= weight and member.is_there(at)]


def may_be_given(application: Application, member: Member) -> bool:
    """Not back to who let it go, nor to who decided before; what a lead decides, to leads."""
    if member.member_id == application.taken_from or decided_before(application, member.member_id):
        return False
    return leads_enough(application, leads=member.leads)


def leads_enough(application: Application, *, leads: bool) -> bool:
    """What a team lead decides is for team leads."""
    return leads or application.status not in LEADING


def decided_before(application: Application, member_id: str) -> bool:
    """Whether they rejected what is decided anew, or proposed what is to be approved: then another person decides."""
    proposal = application.proposal
    rejected_by = application.rejected_by if application.status in DECIDING else None
    return member_id in (rejected_by, proposal.proposed_by if proposal else None)


def acquainted(application: Application, others: Sequence[OtherCase]) -> list[str]:
    """Who has the customer's open cases, then who solved the last one about the same order. `others`: newest first."""
    have = [other.assignee for other in others if other.status not in DONE]
    place = application.store_id, application.order_number
    solved = [o.assignee for o in others if o.status in SOLVED and (o.store_id, o.order_number) == place]
    return [member_id for member_id in dict.fromkeys(have + solved) if member_id]


def choose(people: Sequence[Member], first: Sequence[str] = ()) -> Member:
    """One of `people`, who all fit: the first of `first` who is among them.

    Else two are drawn by how much room they have, and the one with more room gets it: that spreads the load without a
    counter that all share.
    """
    known = {member.member_id: member for member in people}
    for member_id in first:
        if member_id in known:
            return known[member_id]
    drawn: list[Member] = choices(people, weights=[member.free for member in people], k=2)  # noqa: S311 no secret
    return max(drawn, key=lambda member: member.free)
