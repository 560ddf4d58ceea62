"""`aftersales policy check` and `test`, which need no desk, and how policy files are written."""

import difflib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.policy.packs import PACKS
from infra.cli.layout import written
from tests.unit.policy.conftest import BROKEN, Said
from tests.unit.policy.lantern import TERMS

SHIPPED = sorted(PACKS.glob("*.json"))


# --- files ---


@pytest.mark.parametrize("pack", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_has_no_errors_and_every_row_a_case(said: Said, pack: Path) -> None:
    assert said("check", pack)[0] == 0
    code, text = said("test", pack)
    assert code == 0
    assert "no case reaches" not in text


def test_sound_terms_have_nothing_to_tell(said: Said, file: Callable[..., Path]) -> None:
    path = file()
    assert said("check", path) == (0, f"{path}  no errors, no warnings\n")
    assert said("test", path) == (0, f"{path}  5 of 5 cases held, 6 of 6 rows reached\n")


def test_an_error_is_shown_with_its_place(said: Said, file: Callable[..., Path]) -> None:
    code, text = said("check", file(**BROKEN))
    assert code == 1
    for words in ("1 error,", "table urgency", "row dear", "column quantity"):
        assert words in text


def test_a_warning_is_shown_with_an_example_and_fails_nothing(said: Said, file: Callable[..., Path]) -> None:
    code, text = said(
        "check", file(**{'"type": "not in [\'complaint\', \'consultation\']", "tags": "contains': '"tags": "contains'})
    )
    assert (code, "no errors" in text, "warning" in text) == (0, True, True)
    assert "as for type complaint" in text


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({'"lantern",': '"lantern"'}, "line 3"),
        ({'"window": "7"}': '"window": "7", "window": "14"}'}, "'window' stands twice in one object, 'late'"),
        ({'"kind": "store"': '"kind": "shop"'}, "kind"),
        ({'"title": {': '"heading": {'}, "title"),
    ],
    ids=["no JSON", "a cell twice", "no such kind", "no title"],
)
def test_what_is_no_policy_is_a_finding(
    said: Said, file: Callable[..., Path], cells: dict[str, str], words: str
) -> None:
    path = file(**cells)
    for command in ("check", "test"):
        code, text = said(command, path)
        assert code == 1
        assert words in text


def test_a_file_that_is_not_there_is_named_and_the_others_are_checked(
    said: Said, file: Callable[..., Path], tmp_path: Path
) -> None:
    code, text = said("check", tmp_path / "nowhere.json", file())
    assert code == 1
    assert "No such file" in text
    assert "lantern.json  no errors" in text


def test_a_case_that_does_not_hold_says_what_came(said: Said, file: Callable[..., Path]) -> None:
    code, text = said("test", file(**{"> 7": "> 14"}))
    assert code == 1
    assert "4 of 5 cases held, 5 of 6 rows reached" in text
    assert "a day late" in text
    assert "outcome: accept, not reject" in text
    assert "no case reaches eligibility/late" in text


# --- how files are written ---


@pytest.mark.parametrize("pack", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_is_written_a_row_a_line(pack: Path) -> None:
    text = pack.read_text(encoding="utf-8")
    assert written(json.loads(text)) == text


def test_a_changed_cell_is_a_changed_line() -> None:
    before = written(TERMS)
    changed = json.loads(json.dumps(TERMS).replace(">= 3", ">= 6"))
    lines = [line for line in difflib.ndiff(before.splitlines(), written(changed).splitlines()) if line[0] in "+-"]
    assert [line[0] for line in lines] == ["-", "+"]
    assert all('"_id": "dear"' in line for line in lines)


NAMES = st.sampled_from(["graph", "nodes", "edges", "content", "rules", "reasons", "cases", "id"])
DOCUMENTS = st.dictionaries(
    NAMES,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    ),
)


@given(DOCUMENTS)
def test_whatever_is_written_can_be_read_again(document: dict[str, Any]) -> None:
    assert json.loads(written(document)) == document
