"""People who work on applications, and their teams."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from aftersales.applications.contact import Email
from aftersales.applications.model import DEFAULT_TEAM, Language, Skill, SkillLevel, TeamId
from aftersales.model import Model, ShortText
from aftersales.money import Currency
from aftersales.sla.calendar import Calendar

MemberId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.@+=,-]{1,128}$")]
Presence = Literal["available", "busy", "away"]
"""Who is busy is at work and takes nothing more; who is away is not there."""


class Leave(Model):
    """Days off, from the first to the last, in the zone of the member's hours; in UTC without hours."""

    first: date
    last: date

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Leave":
        if self.last < self.first:
            raise ValueError("a leave does not end before it begins")
        return self


def _levelled(skills: Any) -> Any:
    """Rosters from before skills had levels hold a list."""
    return dict.fromkeys(skills, 1) if isinstance(skills, list | tuple) else skills


class MemberFacts(Model):
    """What leads say of a member. A type of application is a skill as any other. `capacity` counts weight.

    Without `hours` they are at work always. `leads`: disputes, and what others may not decide alone, go to them.
    `may_give` is what they may give alone as compensation, in minor units by currency.
    """

    name: ShortText
    email: Email
    skills: Annotated[dict[Skill, SkillLevel], BeforeValidator(_levelled), Field(max_length=50)]
    languages: tuple[Language, ...]
    teams: Annotated[tuple[TeamId, ...], Field(max_length=20)] = (DEFAULT_TEAM,)
    capacity: Annotated[int, Field(ge=0, le=1000)]
    hours: Calendar | None = None
    leave: Annotated[tuple[Leave, ...], Field(max_length=50)] = ()
    leads: bool = False
    may_give: dict[Currency, Annotated[int, Field(ge=0, le=10**12)]] = {}


class Member(MemberFacts):
    """`member_id` is the Cognito username. `open` is the weight of what they work on now, never above `capacity`."""

    member_id: MemberId
    open: Annotated[int, Field(ge=0)] = 0
    presence: Presence = "available"

    @property
    def free(self) -> int:
        return self.capacity - self.open

    def is_at_work(self, at: datetime) -> bool:
        """By their hours and leave, whatever they say themselves."""
        today = at.astimezone(ZoneInfo(self.hours.time_zone if self.hours else "UTC")).date()
        if any(leave.first <= today <= leave.last for leave in self.leave):
            return False
        return self.hours is None or self.hours.is_open(at)

    def is_there(self, at: datetime) -> bool:
        """At work, and ready for more."""
        return self.presence == "available" and self.is_at_work(at)


class TeamFacts(Model):
    """`leads` are told of what is late or stuck in the team."""

    name: dict[Language, ShortText]
    leads: Annotated[tuple[MemberId, ...], Field(max_length=20)] = ()


class Team(TeamFacts):
    team_id: TeamId
