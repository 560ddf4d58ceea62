"""A policy owner at the command line, from a changed cell to a published version and back, with the real functions."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.cli import policy
from infra.cli.__main__ import main
from tests.integration.desk import Desk
from tests.integration.gateway import call
from tests.integration.owners_api import owners_api, token
from tests.integration.policies import LANTERN, YUN, publish, save, state, terms, thirty_days

KEPT = {"type": "refund_only", "lines": [{"line_id": "cup", "quantity": 1, "reason": "other"}]}
MARCH = ("--store", "lantern", "--since", "2026-03-01T00:00:00Z", "--until", "2026-05-01T00:00:00Z")
Owner = Callable[..., tuple[int, str]]


@pytest.fixture
def owner(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Owner]:
    """Yun, or whoever `who` is, runs `aftersales policy …`; gives the exit code and all that was on the screen."""
    monkeypatch.setattr(policy, "LOOK_AGAIN", 0)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object, who: str = "yun") -> tuple[int, str]:
        monkeypatch.setenv("AFTERSALES_TOKEN", token(who))
        monkeypatch.setattr("sys.argv", ["aftersales", "policy", *map(str, arguments)])
        code = main()
        return code, "".join(capsys.readouterr())

    with owners_api() as url:
        monkeypatch.setenv("AFTERSALES_URL", url)
        yield run


@pytest.fixture
def file(tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    def write(document: dict[str, Any]) -> Path:
        path = tmp_path / "lantern.json"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def filed(desk: Desk, count: int) -> list[str]:
    numbers = [desk.filed(**KEPT) for _ in range(count)]
    for number in numbers:
        desk.later(seconds=1)
        desk.review(number)
    return numbers


def test_what_is_in_force_is_written_a_row_a_line(desk: Desk, owner: Owner, tmp_path: Path) -> None:
    publish(thirty_days())
    path = tmp_path / "terms.json"
    assert owner("get", "--store", "lantern", path) == (0, f"{path} is lantern@1\n")
    assert json.loads(path.read_text(encoding="utf-8")) == thirty_days()
    [row] = [line for line in path.read_text(encoding="utf-8").splitlines() if '"> 30"' in line]
    assert row.strip().startswith('{"_id": "window_over"')


def test_a_shipped_pack_is_there_to_begin_with(desk: Desk, owner: Owner, tmp_path: Path) -> None:
    path = tmp_path / "terms.json"
    assert owner("get", "--store", "lantern", path)[1] == f"{path} is default\n"
    assert owner("get", "--store", "lantern", "--version", "eu", path)[1] == f"{path} is eu\n"
    assert owner("check", path)[0] == 0


def test_a_backtest_tells_whom_it_would_decide_otherwise(
    desk: Desk, owner: Owner, file: Callable[[dict[str, Any]], Path], tmp_path: Path
) -> None:
    desk.later(days=20)
    late = filed(desk, 3)
    told = tmp_path / "told.json"
    code, text = owner("backtest", file(thirty_days()), *MARCH, "--json", told)
    assert code == 0
    assert "3 decisions tried, 3 would be otherwise" in text
    assert "0.00 CNY" in text
    assert "4.98 CNY" in text
    for words in (*late, "window_over", "lantern_terms/eligibility/within_terms"):
        assert words in text
    written = json.loads(told.read_text(encoding="utf-8"))
    assert [each["number"] for each in written["differences"]] == late
    assert written["backtest"]["tally"]["changed"] == 3


def test_the_first_differences_stand_on_the_screen_and_all_when_asked_for(
    desk: Desk, owner: Owner, file: Callable[[dict[str, Any]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.cli.show.ON_SCREEN", 2)
    desk.later(days=20)
    first, _, last = filed(desk, 3)
    _, text = owner("backtest", file(thirty_days()), *MARCH)
    assert (first in text, last in text, "and 1 more" in text) == (True, False, True)
    _, text = owner("backtest", file(thirty_days()), *MARCH, "--all")
    assert (first in text, last in text, "more" in text) == (True, True, False)


def test_a_narrow_screen_breaks_lines_and_cuts_nothing_off(
    desk: Desk, owner: Owner, file: Callable[[dict[str, Any]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    desk.later(days=20)
    filed(desk, 1)
    _, tried = owner("backtest", file(thirty_days()), *MARCH)
    why = "退货期延长到三十天，先试行一年，再看退货率。"
    _, published = owner("publish", file(thirty_days()), "--store", "lantern", "--note", why)
    assert state()["effects"][0]["effective_from"] in published
    assert "…" not in tried + published


def test_trying_the_same_file_again_saves_no_other_draft(
    desk: Desk, owner: Owner, file: Callable[[dict[str, Any]], Path]
) -> None:
    for _ in range(2):
        assert owner("backtest", file(thirty_days()), *MARCH)[0] == 0
    assert state()["draft"] == 1


def test_another_owners_draft_stands_until_it_is_to_be_replaced(
    desk: Desk, owner: Owner, file: Callable[[dict[str, Any]], Path]
) -> None:
    save(terms())
    code, text = owner("publish", file(thirty_days()), "--store", "lantern", "--note", "更长的退货期", who="wei")
    assert code == 1
    assert "yun saved another draft" in text
    assert state()["in_force"] == "default"
    wanted = ("publish", file(thirty_days()), "--store", "lantern", "--note", "更长的退货期", "--replace")
    assert owner(*wanted, who="wei")[0] == 0
    assert state()["in_force"] == "lantern@1"


def test_publishing_decides_the_next_application_and_rolling_back_the_one_after(
    desk: Desk, owner: Owner, file: Callable[[dict[str, Any]], Path]
) -> None:
    assert owner("publish", file(terms()), "--store", "lantern", "--note", "开店")[0] == 0
    desk.later(days=20)
    code, text = owner("publish", file(thirty_days()), "--store", "lantern", "--note", "更长的退货期")
    assert code == 0
    assert "In force at lantern: lantern@2" in text
    assert "更长的退货期" in text
    [number] = filed(desk, 1)
    assert desk.application(number).status == "accepted"
    assert owner("rollback", 1, "--store", "lantern", "--note", "出错了，先退回")[0] == 0
    desk.later(seconds=1)
    [number] = filed(desk, 1)
    assert desk.application(number).status == "rejected"


def test_a_policy_may_hold_from_a_day_to_come(desk: Desk, owner: Owner, file: Callable[[dict[str, Any]], Path]) -> None:
    wanted = ("publish", file(thirty_days()), "--store", "lantern", "--note", "双十一")
    assert owner(*wanted, "--from", "2026-04-01T00:00:00+08:00")[0] == 0
    [effect] = state()["effects"]
    assert (state()["in_force"], effect["effective_from"]) == ("default", "2026-03-31T16:00:00.000Z")
    assert owner(*wanted, "--from", "2026-01-01T00:00:00Z")[0] == 1


def test_what_a_store_may_not_call_its_own_is_told_by_the_desk(
    desk: Desk, owner: Owner, file: Callable[[dict[str, Any]], Path]
) -> None:
    code, text = owner("publish", file(terms() | {"name": "china"}), "--store", "lantern", "--note", "我们的")
    assert code == 1
    assert "choose another" in text


def test_a_version_that_there_is_not_cannot_hold(desk: Desk, owner: Owner) -> None:
    code, text = owner("rollback", 7, "--store", "lantern", "--note", "back")
    assert (code, "There is nothing here that you may see" in text) == (1, True)
    assert call(YUN, "GET", LANTERN).body["effects"] == []
