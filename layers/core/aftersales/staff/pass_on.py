"""A case changes hands: to a person, to a lead, to another team, or back to the backlog."""

from datetime import datetime

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import FOR_A_PERSON, Step
from aftersales.applications.model import DEFAULT_TEAM, SYSTEM, Actor, Application, TeamId
from aftersales.errors import (
    AnotherPersonDecides,
    MemberNotAvailable,
    Problem,
    StepNotPossible,
    UnknownMember,
    UnknownTeam,
)
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.staff import capacity
from aftersales.staff import store as staff
from aftersales.staff.actions import may_hand_over, may_transfer
from aftersales.staff.allowed import may_take_it_over
from aftersales.staff.assign import assign, give_to, take_on
from aftersales.staff.mine import mine
from aftersales.staff.model import Member, MemberId
from aftersales.staff.routing import decided_before, fitting, leads_enough
from aftersales.tables import Cancelled


class Transfer(Model):
    """To whom, and what they should know: a note for colleagues."""

    member_id: MemberId
    message: LongText | None = None


class Handover(Model):
    """To which team, and what they should know: a note for colleagues."""

    team: TeamId
    message: LongText


def transfer(number: str, who: Principal, wanted: Transfer) -> Application:
    """To a colleague by who has it, or by a lead; to have it already is fine.

    Customers see that it was assigned, and no note: so the note is a step of its own, before it.

    Raises `NotYours`, `StepNotPossible`, `UnknownMember`, `MemberNotAvailable`, `AnotherPersonDecides`.
    """
    application = mine(number, who)
    member = staff.find(wanted.member_id)
    if member is None:
        raise UnknownMember
    if application.assignee == member.member_id:
        return application
    if refusal := why_not(application, member, clock.now()):
        raise refusal
    if wanted.message:
        application = commit.step(application, Step.NOTED, who.actor(), message=wanted.message)
    return _give(application, member, who)


def why_not(application: Application, member: Member, now: datetime) -> Problem | None:
    """Why it cannot be transferred to them; None where it can. Skills are for who transfers to judge."""
    if not may_transfer(application):
        return StepNotPossible(f"an application that is {application.status} changes no hands")
    if decided_before(application, member.member_id):
        return AnotherPersonDecides()
    if not leads_enough(application, leads=member.leads):
        return MemberNotAvailable("a team lead decides this")
    if not member.is_there(now):
        return MemberNotAvailable("they are not at work now, or busy")
    return None if member.free >= application.needs.weight else MemberNotAvailable("they have no room for it")


def _give(application: Application, member: Member, who: Principal) -> Application:
    taking = capacity.taking(member, application.needs.weight)
    try:
        return give_to(application, member.member_id, who.actor(), taking)
    except Cancelled as cancelled:
        raise MemberNotAvailable("they have no room for it") from cancelled


def take_over(number: str, who: Principal) -> Application:
    """By a lead, from who has it; to have it already is fine. What nobody has is claimed.

    Raises `StepNotPossible`, `AnotherPersonDecides`, `NoCapacity`.
    """
    application = store.load(number)
    if application.assignee == who.id:
        return application
    if application.assignee is None:
        raise StepNotPossible("nobody has it: claim it")
    if not may_transfer(application):
        raise StepNotPossible(f"an application that is {application.status} changes no hands")
    if not may_take_it_over(application, who):
        raise AnotherPersonDecides
    return take_on(application, who.id, who.actor())


def hand_over(number: str, who: Principal, wanted: Handover) -> Application:
    """To another team, where it goes to whoever fits or waits in the backlog.

    Raises `NotYours`, `StepNotPossible`, `UnknownTeam`.
    """
    application = mine(number, who)
    if not may_hand_over(application) or application.team == wanted.team:
        raise StepNotPossible("only what is not done is handed over, and to another team")
    if wanted.team != DEFAULT_TEAM and staff.find_team(wanted.team) is None:
        raise UnknownTeam
    commit.step(
        application,
        Step.HANDED_OVER,
        who.actor(),
        message=wanted.message,
        assignee=None,
        taken_from=application.assignee,
        team=wanted.team,
        data={"team": wanted.team, "from": application.team},
    )
    return assign(number)


def is_for_nobody_else(application: Application) -> bool:
    """Who has it is at work, and nobody else could be given it now."""
    now, people = clock.now(), staff.roster()
    others = [each for each in fitting(application, people, now) if each.member_id != application.assignee]
    return not others and any(each.member_id == application.assignee and each.is_there(now) for each in people)


def take_back(application: Application) -> Application:
    """From who lets it lie, and to somebody else if anybody fits. Raises `Outdated`."""
    if application.assignee is None or application.status not in FOR_A_PERSON:
        return application
    _let_go(application, application.assignee, SYSTEM, not_back_to=application.assignee)
    return assign(application.number)


def let_go(application: Application, member_id: str, actor: Actor) -> Application:
    """For who has left. Raises `Outdated`."""
    if application.assignee != member_id:
        return application
    return _let_go(application, member_id, actor, not_back_to=None)


def _let_go(application: Application, member_id: str, actor: Actor, *, not_back_to: str | None) -> Application:
    return commit.step(
        application,
        Step.TAKEN_BACK,
        actor,
        assignee=None,
        taken_from=not_back_to,
        data={"from": member_id},
    )
