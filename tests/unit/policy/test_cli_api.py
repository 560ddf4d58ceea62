"""`aftersales policy` and a desk that refuses, is slow, or whose answers are lost."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest

from infra.cli import policy
from tests.served import Asked, served
from tests.unit.policy.conftest import BROKEN, Said
from tests.unit.policy.lantern import TERMS

PROBLEM = "urn:aftersales:problem:"
UNAUTHORIZED = {"type": f"{PROBLEM}unauthorized", "title": "A valid token is needed", "status": 401}
FORBIDDEN = {"type": f"{PROBLEM}forbidden", "title": "This is not for you", "status": 403}
NOT_FOUND = {"type": f"{PROBLEM}not-found", "title": "There is nothing here that you may see", "status": 404}
INVALID = {
    "type": f"{PROBLEM}invalid-request",
    "title": "The request does not fit the contract",
    "detail": "the body does not fit",
    "errors": [{"field": "note", "message": "at most 4000 characters"}],
}
REFUSED = {
    "type": f"{PROBLEM}policy-refused",
    "title": "The policy has errors and changes nothing",
    "findings": [{"severity": "error", "code": "name_taken", "message": "choose another name"}],
}


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[Asked]]]:
    """A desk that gives these answers in turn, the last one again and again; tells what it was asked."""
    answers: list[tuple[int, Any] | None] = []
    asked: list[Asked] = []

    def answer(request: Asked) -> tuple[int, Any] | None:
        asked.append(request)
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def answering(*wanted: tuple[int, Any] | None) -> list[Asked]:
        answers[:] = wanted
        return asked

    with served(answer) as url:
        monkeypatch.setenv("AFTERSALES_URL", f"{url}/local/")
        monkeypatch.setenv("AFTERSALES_TOKEN", jwt.encode({"username": "yun"}, "any key of at least thirty-two bytes"))
        monkeypatch.setattr(policy, "LOOK_AGAIN", 0)
        yield answering


@pytest.mark.parametrize("lacking", ["AFTERSALES_URL", "AFTERSALES_TOKEN"])
def test_a_desk_that_is_not_named_is_asked_for(
    said: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lacking: str
) -> None:
    for name in {"AFTERSALES_URL", "AFTERSALES_TOKEN"} - {lacking}:
        monkeypatch.setenv(name, "something")
    code, text = said("get", "--store", "lantern", tmp_path / "lantern.json")
    assert (code, text.count("\n"), lacking in text) == (1, 1, True)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((401, UNAUTHORIZED), "A valid token is needed"),
        ((403, FORBIDDEN), "This is not for you"),
        ((502, "<html>Bad gateway</html>"), "what answers is not the desk (502)"),
        ((400, INVALID), "the body does not fit\n  note: at most 4000 characters"),
        ((422, REFUSED), "choose another name"),
    ],
    ids=["no token", "another role", "no desk", "a field", "findings"],
)
def test_a_refusal_is_told_in_its_own_words(
    said: Said, desk: Callable[..., list[Asked]], answer: tuple[int, Any], words: str
) -> None:
    desk(answer)
    code, text = said("rollback", 3, "--store", "lantern", "--note", "back")
    assert code == 1
    assert words in text
    assert "Traceback" not in text


def test_where_nothing_answers_is_named(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSALES_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AFTERSALES_TOKEN", "any")
    code, text = said("rollback", 3, "--store", "lantern", "--note", "back")
    assert (code, "http://127.0.0.1:9 does not answer" in text, text.count("\n")) == (1, True, 1)


def test_a_file_that_cannot_be_written_is_named(said: Said, desk: Callable[..., list[Asked]], tmp_path: Path) -> None:
    desk((200, {"name": "lantern@3", "policy": TERMS}))
    path = tmp_path / "no folder" / "lantern.json"
    assert said("get", "--store", "lantern", "--version", 3, path) == (1, f"{path}: No such file or directory\n")


def test_a_file_with_errors_is_not_sent(
    said: Said, desk: Callable[..., list[Asked]], file: Callable[..., Path]
) -> None:
    asked = desk((500, {}))
    code, text = said("publish", file(**BROKEN), "--store", "lantern", "--note", "更长")
    assert (code, asked) == (1, [])
    assert "column quantity" in text


STATE = {"store_id": "lantern", "in_force": "lantern@1", "floors": ["china", "eu"], "effects": []}
DRAFT = {"revision": 4, "saved_by": "wei", "saved_at": "2026-11-20T08:00:00Z", "policy": TERMS, "findings": []}
NOTHING = {"tried": 0, "changed": 0, "unreadable": 0, "outcomes": {}, "paid_before": {}, "paid_after": {}}
RUNNING = {"backtest_id": "b1", "state": "running", "progress": 0, "tally": NOTHING}
DONE = RUNNING | {"state": "done", "progress": 100}
OCTOBER = ("--store", "lantern", "--since", "2026-10-01", "--until", "2026-11-01")


def test_anothers_draft_is_not_replaced_unasked(
    said: Said, desk: Callable[..., list[Asked]], file: Callable[..., Path]
) -> None:
    asked = desk((200, DRAFT | {"policy": {"name": "other"}}))
    code, text = said("backtest", file(), *OCTOBER)
    assert code == 1
    assert "wei saved another draft at 2026-11-20T08:00:00Z; --replace takes its place" in text
    assert [request.method for request in asked] == ["GET"]


@pytest.mark.parametrize(
    ("draft", "options"), [({"saved_by": "yun"}, ()), ({}, ("--replace",))], ids=["own", "as was asked"]
)
def test_a_draft_is_replaced_at_its_revision(
    said: Said,
    desk: Callable[..., list[Asked]],
    file: Callable[..., Path],
    draft: dict[str, str],
    options: tuple[str, ...],
) -> None:
    known = DRAFT | {"policy": {"name": "other"}} | draft
    asked = desk((200, known), (200, DRAFT | {"revision": 5}), (202, RUNNING), (200, DONE), (200, {"items": []}))
    code, text = said("backtest", file(), *OCTOBER, *options)
    assert code == 0
    assert "Nothing was decided in that period" in text
    _, save, begin = asked[:3]
    assert (save.method, save.body) == ("PUT", {"policy": TERMS, "revision": 4})
    assert (begin.path, begin.body["revision"]) == ("/local/policies/lantern/backtests", 5)


def test_a_backtest_that_stands_still_is_given_up(
    said: Said, desk: Callable[..., list[Asked]], file: Callable[..., Path]
) -> None:
    desk((404, NOT_FOUND), (200, DRAFT), (202, RUNNING), (200, RUNNING | {"state": "stalled"}))
    code, text = said("backtest", file(), *OCTOBER)
    assert code == 1
    assert "stood still" in text


def test_a_publication_whose_answer_was_lost_is_asked_for_again_under_its_key(
    said: Said, desk: Callable[..., list[Asked]], file: Callable[..., Path]
) -> None:
    asked = desk((404, NOT_FOUND), (200, DRAFT), None, (201, STATE))
    assert said("publish", file(), "--store", "lantern", "--note", "更长")[0] == 0
    first, again = asked[2:]
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"]
    assert first.body == again.body == {"revision": 4, "note": "更长"}


def test_a_draft_whose_answer_was_lost_is_not_sent_again(
    said: Said, desk: Callable[..., list[Asked]], file: Callable[..., Path]
) -> None:
    asked = desk((404, NOT_FOUND), None)
    code, text = said("publish", file(), "--store", "lantern", "--note", "更长")
    assert (code, "does not answer" in text) == (1, True)
    assert [request.method for request in asked] == ["GET", "PUT"]


@pytest.fixture
def _in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as here:
        here.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_in_shanghai")
def test_a_date_is_the_days_first_moment_where_the_owner_is(
    said: Said, desk: Callable[..., list[Asked]], file: Callable[..., Path]
) -> None:
    asked = desk((404, NOT_FOUND), (200, DRAFT), (202, RUNNING), (200, DONE), (200, {"items": []}))
    said("backtest", file(), *OCTOBER)
    period = {"since": "2026-09-30T16:00:00.000Z", "until": "2026-10-31T16:00:00.000Z"}
    assert asked[2].body == {"revision": 4} | period


@pytest.mark.parametrize("period", [("--since", "last month"), ("--since", "2026-13-01")])
def test_a_period_is_given_in_dates(
    said: Said, file: Callable[..., Path], capsys: pytest.CaptureFixture[str], period: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit):
        said("backtest", file(), *OCTOBER, *period)
    assert "--since" in capsys.readouterr().err
