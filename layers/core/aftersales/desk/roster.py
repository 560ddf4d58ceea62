"""How people and teams are called. Who has left, or is no team any more, goes by what stands in the records."""

from typing import NamedTuple

from aftersales import clock
from aftersales.applications.model import Language
from aftersales.desk.names import code_name
from aftersales.desk.text import own_name
from aftersales.staff.model import Member, Team


class Roster(NamedTuple):
    people: tuple[Member, ...] = ()
    teams: tuple[Team, ...] = ()

    def find(self, member_id: str) -> Member | None:
        return next((member for member in self.people if member.member_id == member_id), None)

    def member_name(self, member_id: str) -> str:
        member = self.find(member_id)
        return member.name if member else member_id

    def team_name(self, team_id: str, language: Language) -> str:
        """The first team needs no entry in the records."""
        names = next((team.name for team in self.teams if team.team_id == team_id), {})
        return own_name(names, language, code_name(team_id, language))


def described(member: Member, language: Language) -> str:
    """`Mei · Chinese, English · Available · 2/5`: what to know of them before something is given to them."""
    languages = ", ".join(code_name(each, language) for each in member.languages)
    presence = member.presence if member.is_at_work(clock.now()) else "away"
    return f"{member.name} · {languages} · {code_name(presence, language)} · {member.open}/{member.capacity}"


def with_room(member: Member) -> str:
    """`Mei (2/5)`: what they have, and what they can take."""
    return f"{member.name} ({member.open}/{member.capacity})"
