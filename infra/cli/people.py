"""The commands for people and for what is promised, from files; each gives the exit code."""

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import ValidationError
from rich.console import Console
from rich.progress import track

from aftersales.applications.lifecycle import Type
from aftersales.model import Model
from aftersales.sla.terms import ServiceTerms
from aftersales.staff.model import MemberFacts, MemberId, Team
from infra.cli.api import Desk, Json, Refused

M = TypeVar("M", bound=Model)


class Listed(MemberFacts):
    """A member as a file names them: what they have open, and whether they are there, is not for a file to say."""

    member_id: MemberId


class Roster(Model):
    """Who is not in the file stays as they are."""

    teams: tuple[Team, ...] = ()
    members: tuple[Listed, ...] = ()


def add_to(topics: Any) -> None:
    staff = topics.add_parser("staff", help="who works at the desk").add_subparsers(required=True)
    importing = staff.add_parser("import", help="save the teams and members of a file")
    importing.set_defaults(run=_import)
    service = topics.add_parser("service", help="what a store promises, and when people work on it")
    commands = service.add_subparsers(required=True)
    getting = commands.add_parser("get", help="write it to a file")
    getting.set_defaults(run=_get)
    putting = commands.add_parser("put", help="promise what a file says, for open cases too")
    putting.set_defaults(run=_put)
    for command in (getting, putting):
        command.add_argument("--store", required=True)
    for command in (importing, getting, putting):
        command.add_argument("file", type=Path, metavar="FILE")


def _import(wanted: Namespace, console: Console) -> int:
    """A team is there before its members are, and a member before they lead a team."""
    roster, desk = _read(wanted.file, Roster), Desk.of("lead")
    known = {team["team_id"] for team in desk.call("GET", "/staff/teams")["teams"]}
    there = {member["member_id"]: member["name"] for member in desk.call("GET", "/staff/members")["members"]}
    new = [team.model_copy(update={"leads": ()}) for team in roster.teams if team.team_id not in known]
    saving: list[Team | Listed] = [*new, *roster.members, *roster.teams]
    for saved in track(saving, description="Saving", console=console):
        _save(desk, saved)
    console.print(f"{len(roster.teams)} teams and {len(roster.members)} members saved")
    for remark in _remarks(roster, there):
        console.print(remark, markup=False, soft_wrap=True)
    return 0


def _remarks(roster: Roster, there: dict[str, str]) -> Iterator[str]:
    """What may be right or forgotten. `there` are names by id, as they were before."""
    named = {member.member_id: member.name for member in roster.members}
    if others := [f"{name} ({key})" for key, name in there.items() if key not in named]:
        yield f"Not in the file, and as they were: {', '.join(others)}"
    if new := [f"{name} ({key})" for key, name in named.items() if key not in there]:
        yield f"New on the roster: {', '.join(new)}. Whoever of them has no sign-in yet needs one from ops"
    if rare := sorted({skill for member in roster.members for skill in member.skills} - set(Type)):
        yield f"Skills that only a policy can ask for: {', '.join(rare)}"


def _save(desk: Desk, saved: Team | Listed) -> None:
    """Raises `Refused`, and says whose facts they were."""
    kind, key = ("teams", "team_id") if isinstance(saved, Team) else ("members", "member_id")
    facts = saved.document()
    name = facts.pop(key)
    try:
        desk.call("PUT", f"/staff/{kind}/{quote(name, safe='')}", facts)
    except Refused as refused:
        raise Refused(f"{name}: {refused}", refused.document) from None


def _get(wanted: Namespace, console: Console) -> int:
    terms = Desk.of("lead").call("GET", _service(wanted.store))
    wanted.file.write_text(json.dumps(terms, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    console.print(f"{wanted.file} is what {wanted.store} promises", markup=False, soft_wrap=True)
    return 0


def _put(wanted: Namespace, console: Console) -> int:
    terms = _read(wanted.file, ServiceTerms)
    kept = Desk.of("lead").call("PUT", _service(wanted.store), terms.document())
    calendars = ", ".join(kept["calendars"])
    console.print(
        f"{wanted.store} promises so from now on: {len(kept['promises'])} promises, by {calendars}", markup=False
    )
    return 0


def _service(store: str) -> str:
    return f"/service/{quote(store, safe='')}"


def _read(file: Path, model: type[M]) -> M:
    """Raises `Refused`, with each field that does not fit."""
    try:
        return model.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise Refused(f"{file} does not fit", _fields(error)) from None


def _fields(error: ValidationError) -> Json:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return {"errors": [{"field": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in found]}
