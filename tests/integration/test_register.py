"""`ops register FILE` makes sign-ins, as often as the file changes; what is said of people is then for leads to say."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aftersales.settings import Setting
from infra.ops.__main__ import main
from tests.integration.deployed import deployed
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import call
from tests.integration.user_pool import UserPool, user_pool

Json = dict[str, Any]
Ops = Callable[..., tuple[int, str]]
LIN: Json = {
    "username": "lin",
    "role": "agent",
    "member": {
        "name": "林梅",
        "email": "lin@desk.example",
        "languages": ["zh-CN", "en"],
        "skills": {"repair": 3, "refund_only": 2},
        "capacity": 20,
        "may_give": {"CNY": 2000},
    },
}
GRACE: Json = {
    "username": "grace",
    "role": "lead",
    "member": {
        "name": "Grace Miller",
        "email": "grace@desk.example",
        "languages": ["en"],
        "skills": ["complaint", "refund_only"],
        "capacity": 10,
        "leads": True,
    },
}
MORNINGS = {"time_zone": "Asia/Shanghai", "week": {"monday": [{"opens": "09:00:00", "closes": "12:00:00"}]}}


@pytest.fixture
def pool(desk: Desk) -> Iterator[UserPool]:
    with user_pool() as users:
        yield users


@pytest.fixture
def register(
    pool: UserPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Ops:
    """Runs it with these people; gives the exit code and all that was on the screen."""
    deployed(monkeypatch, PoolId="ap-southeast-1_Lantern")
    monkeypatch.setenv(Setting.STAFF_TABLE, "of-another-stack")
    path = tmp_path / "register.json"

    def run(*people: Json) -> tuple[int, str]:
        path.write_text(json.dumps({"staff": people}), encoding="utf-8")
        monkeypatch.setattr("sys.argv", ["infra.ops", "register", str(path)])
        capsys.readouterr()
        return main(), "".join(capsys.readouterr())

    return run


def member(member_id: str) -> Json:
    return call(MEI, "GET", f"/staff/members/{member_id}").body


def of_the_file(person: Json, **changes: Any) -> Json:
    """The person with other facts than before."""
    return person | {"member": person["member"] | changes}


def test_who_is_new_can_sign_in_and_gets_work(pool: UserPool, register: Ops) -> None:
    code, text = register(LIN, GRACE)
    assert (code, "lin is lin" in text) == (0, True)
    assert pool.groups == {"lin": {"agent"}, "grace": {"lead"}}
    assert pool.mailed == ["lin@desk.example", "grace@desk.example"]
    there = {"teams": ["desk"], "open": 0, "presence": "available", "leave": [], "leads": False}
    assert member("lin") == LIN["member"] | there | {"member_id": "lin"}
    assert (member("grace")["skills"], member("grace")["leads"]) == ({"complaint": 1, "refund_only": 1}, True)


@pytest.mark.parametrize("person", [LIN | {"role": "lead"}, GRACE | {"role": "agent"}], ids=["lead", "agent"])
def test_who_leads_by_sign_in_leads_on_the_roster_and_the_other_way_round(register: Ops, person: Json) -> None:
    """Else they are given what they cannot decide, or are never given it."""
    code, text = register(person)
    assert (code, "do not go together" in " ".join(text.split())) == (1, True)


@pytest.mark.parametrize(
    "said",
    [
        {"hours": MORNINGS},
        {"leave": [{"first": "2026-05-06", "last": "2026-05-08"}]},
        {"teams": ["desk", "workshop"]},
        {"leads": True, "may_give": {"CNY": 20000}},
        {"skills": {"repair": 1}, "languages": ["zh-CN"], "capacity": 0},
    ],
    ids=", ".join,
)
def test_what_leads_have_said_since_is_not_taken_back(register: Ops, said: Json) -> None:
    register(LIN)
    as_registered = member("lin")
    assert call(HUA, "PUT", "/staff/teams/workshop", {"name": {"zh-CN": "维修组", "en": "Workshop"}}).status == 200
    assert call(HUA, "PUT", "/staff/members/lin", LIN["member"] | said).status == 200
    before = member("lin")
    assert before != as_registered
    assert register(LIN)[0] == 0
    assert register(of_the_file(LIN, name="林小梅", capacity=7))[0] == 0
    assert member("lin") == before


def test_who_is_added_to_the_file_is_added_and_the_others_stay(pool: UserPool, register: Ops) -> None:
    register(LIN)
    before = call(MEI, "GET", "/staff/members").body["members"]
    assert register(LIN, GRACE)[0] == 0
    after = call(MEI, "GET", "/staff/members").body["members"]
    assert [each for each in after if each["member_id"] != "grace"] == before
    assert pool.mailed == ["lin@desk.example", "grace@desk.example"]


def test_who_can_sign_in_but_is_not_on_the_roster_comes_onto_it(pool: UserPool, register: Ops) -> None:
    """The first run died between the two."""
    pool.groups["lin"] = set()
    register(LIN)
    assert (pool.groups["lin"], pool.mailed) == ({"agent"}, [])
    assert member("lin")["name"] == "林梅"


def test_another_role_takes_the_place_of_the_one_before(pool: UserPool, register: Ops) -> None:
    register(GRACE)
    register(of_the_file(GRACE, leads=False) | {"role": "agent"})
    assert pool.groups == {"grace": {"agent"}}


@pytest.mark.parametrize(
    ("person", "place"),
    [
        (of_the_file(LIN, capacity="twenty"), "staff.1.member.capacity: "),
        (of_the_file(LIN, email="lin at desk"), "staff.1.member.email: "),
        (of_the_file(LIN, open=0), "staff.1.member.open: "),
        (LIN | {"role": "boss"}, "staff.1.role: "),
    ],
    ids=["no number", "no address", "not for a file", "no role"],
)
def test_a_file_with_a_mistake_is_refused_before_anybody_is_registered(
    pool: UserPool, register: Ops, person: Json, place: str
) -> None:
    code, text = register(GRACE, person)
    assert (code, place in text.replace("\n", "")) == (1, True), text
    assert pool.groups == {}
