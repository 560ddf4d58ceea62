"""A team lead at the command line: who works at the desk, and what a store promises, from files."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest

from aftersales.sla.promised import default
from infra.cli.__main__ import main
from tests.integration.desk import HUA, Desk
from tests.integration.gateway import call, staff
from tests.integration.owners_api import token
from tests.served import Asked, served

Json = dict[str, Any]
Lead = Callable[..., tuple[int, str]]
MORNINGS = {"time_zone": "Asia/Shanghai", "week": {"monday": [{"opens": "09:00", "closes": "12:00"}]}}
LIN = {
    "member_id": "lin",
    "name": "林晓",
    "email": "lin@desk.example",
    "skills": {"repair": 3, "electronics": 2},
    "languages": ["zh-CN"],
    "teams": ["workshop"],
    "capacity": 4,
    "hours": MORNINGS,
}
ROSTER = {
    "teams": [{"team_id": "workshop", "name": {"zh-CN": "维修组", "en": "Workshop"}, "leads": ["lin"]}],
    "members": [LIN],
}


@pytest.fixture
def lead(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Lead]:
    """Hua runs `aftersales …`; gives the exit code and all that was on the screen."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("AFTERSALES_TOKEN", token("hua"))

    def run(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        monkeypatch.setattr("sys.argv", ["aftersales", *map(str, arguments)])
        code = main()
        return code, "".join(capsys.readouterr())

    with served(_answer) as url:
        monkeypatch.setenv("AFTERSALES_URL", url)
        yield run


def _answer(asked: Asked) -> tuple[int, Any]:
    claims = jwt.decode(asked.headers["authorization"].removeprefix("Bearer "), options={"verify_signature": False})
    answer = call(staff(claims["username"], "lead"), asked.method, asked.path, asked.body)
    return answer.status, answer.body


@pytest.fixture
def file(tmp_path: Path) -> Callable[[object], Path]:
    def write(document: object) -> Path:
        path = tmp_path / "told.json"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def at_the_desk() -> dict[str, Json]:
    return {member["member_id"]: member for member in call(HUA, "GET", "/staff/members").body["members"]}


# --- people ---


def test_a_team_and_its_lead_come_from_one_file(lead: Lead, file: Callable[[object], Path]) -> None:
    """Neither can be saved whole before the other."""
    code, text = lead("staff", "import", file(ROSTER))
    assert (code, "1 teams and 1 members saved" in text) == (0, True), text
    assert call(HUA, "GET", "/staff/teams").body["teams"] == ROSTER["teams"]
    lin = at_the_desk()["lin"]
    assert (lin["skills"], lin["teams"], lin["hours"]["time_zone"]) == (LIN["skills"], ["workshop"], "Asia/Shanghai")


def test_who_is_not_in_the_file_stays_and_is_named(lead: Lead, file: Callable[[object], Path]) -> None:
    before = at_the_desk()
    text = lead("staff", "import", file(ROSTER))[1]
    assert "Not in the file, and as they were: Mei (mei), Tom (tom)" in text
    assert {name: member for name, member in at_the_desk().items() if name != "lin"} == before


def test_who_is_new_and_what_only_a_policy_asks_for_is_named(lead: Lead, file: Callable[[object], Path]) -> None:
    """A sign-in is made by ops, and a skill with a slip in its name would bring nobody work."""
    path = file(ROSTER | {"members": [LIN | {"skills": {"repair": 3, "electronics": 2, "repairs": 1}}]})
    text = lead("staff", "import", path)[1]
    assert "New on the roster: 林晓 (lin). Whoever of them has no sign-in yet needs one from ops" in text
    assert "Skills that only a policy can ask for: electronics, repairs" in text
    again = lead("staff", "import", path)[1]
    assert "New on the roster" not in again


def test_imported_again_it_changes_what_the_file_says_and_not_what_they_work_on(
    desk: Desk, lead: Lead, file: Callable[[object], Path]
) -> None:
    desk.in_progress()
    busy = at_the_desk()["mei"]
    assert busy["open"] > 0
    told = {name: value for name, value in busy.items() if name not in ("open", "presence")}
    path = file({"members": [told | {"capacity": 9}]})
    for _ in range(2):
        assert lead("staff", "import", path)[0] == 0
    assert at_the_desk()["mei"] == busy | {"capacity": 9}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"members": [LIN | {"capacity": "four"}]}, "members.0.capacity: "),
        ({"members": [LIN | {"open": 0}]}, "members.0.open: "),
        ({"members": [LIN | {"hours": MORNINGS | {"week": {}}}]}, "members.0.hours: "),
        ({"members": [LIN]}, "lin: The desk has no such team: workshop"),
        ([], "told.json does not fit"),
    ],
    ids=["a field", "not for a file", "never open", "no team", "no roster"],
)
def test_what_does_not_fit_is_named_and_nobody_is_changed(
    lead: Lead, file: Callable[[object], Path], document: object, words: str
) -> None:
    before = at_the_desk()
    code, text = lead("staff", "import", file(document))
    assert (code, words in text) == (1, True), text
    assert at_the_desk() == before


def test_a_file_that_is_not_there_is_said_in_one_line(lead: Lead, tmp_path: Path) -> None:
    code, text = lead("staff", "import", tmp_path / "nowhere.json")
    assert (code, text.count("\n"), "No such file" in text) == (1, 1, True)


# --- promises ---


def test_what_a_store_promises_is_got_changed_and_put(desk: Desk, lead: Lead, tmp_path: Path) -> None:
    path = tmp_path / "lantern.json"
    assert lead("service", "get", "--store", "lantern", path)[0] == 0
    terms = json.loads(path.read_text(encoding="utf-8"))
    assert terms == default().document()
    path.write_text(json.dumps(terms | {"warn_share": 60}), encoding="utf-8")
    code, text = lead("service", "put", "--store", "lantern", path)
    assert (code, "lantern promises so from now on" in text) == (0, True), text
    assert call(HUA, "GET", "/service/lantern").body["warn_share"] == 60


@pytest.mark.parametrize(
    ("store", "changes", "words"),
    [
        ("lantern", {"warn_share": 100}, "warn_share: "),
        ("lantern", {"promises": [{"calendar": "moon", "minutes": {"pickup": 5}}]}, "no calendar moon"),
        ("nobodys", {}, "the desk serves no store nobodys"),
    ],
    ids=["a field", "no calendar", "no store"],
)
def test_what_cannot_be_promised_is_not(
    lead: Lead, file: Callable[[object], Path], store: str, changes: Json, words: str
) -> None:
    code, text = lead("service", "put", "--store", store, file(default().document() | changes))
    assert (code, words in text) == (1, True), text
    assert call(HUA, "GET", "/service/lantern").body == default().document()
