"""The roster and its teams: who works at the desk, when and on what."""

from collections.abc import Iterable
from contextlib import suppress

from pydantic import ValidationError

from aftersales.applications import commit, store
from aftersales.applications.model import DEFAULT_TEAM, SYSTEM, Actor, TeamId
from aftersales.errors import NotFound, Outdated, UnknownMember, UnknownTeam
from aftersales.identity.principal import Principal
from aftersales.model import Model
from aftersales.sla.summary import Summary
from aftersales.staff import store as staff
from aftersales.staff import tasks
from aftersales.staff.assign import assign
from aftersales.staff.model import Member, MemberFacts, Presence, Team, TeamFacts
from aftersales.staff.pass_on import let_go
from aftersales.staff.pull import pull_for


class Members(Model):
    members: tuple[Member, ...]


class Teams(Model):
    teams: tuple[Team, ...]


class PresenceTold(Model):
    """Whether one takes more work now."""

    presence: Presence


class Removed(Model):
    """Their open cases, which went to others or back to the backlogs."""

    member_id: str
    cases: tuple[str, ...]


def members() -> Members:
    return Members(members=tuple(staff.roster()))


def member(member_id: str) -> Member:
    """Raises `NotFound`."""
    found = staff.find(member_id)
    if found is None:
        raise NotFound
    return found


def save(member_id: str, facts: MemberFacts) -> Member:
    """What waits for somebody like them finds them at once. Raises `UnknownTeam`."""
    known = {team.team_id for team in staff.teams()} | {DEFAULT_TEAM}
    if unknown := [team for team in facts.teams if team not in known]:
        raise UnknownTeam(", ".join(unknown))
    saved = staff.save(member_id, facts)
    pull_for(saved.teams)
    return member(member_id)


def present(member_id: str, told: PresenceTold) -> Member:
    """Who comes gets what waits. Raises `NotFound` for who is not in the roster."""
    here = staff.present(member_id, told.presence)
    pull_for(here.teams)
    return member(member_id)


def remove(member_id: str, who: Principal) -> Removed:
    """Nothing more is given to them, and what they have is taken back."""
    staff.remove(member_id)
    return Removed(member_id=member_id, cases=take_all_back(member_id, who.actor()))


def take_all_back(member_id: str, actor: Actor) -> tuple[str, ...]:
    """What who has left still has; gives the numbers of their cases. Done again, it takes back what is left: what came
    to light since, and what could not be read or was being changed.
    """
    work = [each for each in store.owned_by(member_id) if _is_taken_back(each, member_id, actor)]
    cases = tuple(each.number for each in work if each.kind == "application")
    for number in cases:
        assign(number)
    return cases


def of_who_has_left(cases: Iterable[Summary]) -> tuple[str, ...]:
    """What was given to them in the moment that they left, taken back."""
    have = {case.assignee for case in cases if case.is_at_work and case.assignee}
    gone = have - {member.member_id for member in staff.roster()} if have else ()
    return tuple(number for member_id in sorted(gone) for number in take_all_back(member_id, SYSTEM))


def _is_taken_back(work: store.OwnedWork, member_id: str, actor: Actor) -> bool:
    """One that fails holds up no other."""
    with suppress(ValidationError, Outdated):
        _take_back(work, member_id, actor)
        return True
    return False


def _take_back(work: store.OwnedWork, member_id: str, actor: Actor) -> None:
    if work.kind == "application":
        commit.until_written(lambda: let_go(store.load(work.number), member_id, actor))
    elif work.task_id:
        tasks.leave_to_department(work.number, work.task_id)
    else:
        store.reown(work.number, work.item, member_id, f"{store.BACKLOG}{store.load(work.number).team}")


def teams() -> Teams:
    return Teams(teams=tuple(staff.teams()))


def save_team(team_id: TeamId, facts: TeamFacts) -> Team:
    """Raises `UnknownMember` for a lead who is not in the roster."""
    known = {each.member_id for each in staff.roster()}
    if unknown := [lead for lead in facts.leads if lead not in known]:
        raise UnknownMember(", ".join(unknown))
    team = Team(team_id=team_id, **dict(facts))
    staff.save_team(team)
    return team
