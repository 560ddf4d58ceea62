"""The diagrams in `docs/architecture.md` are those of the code."""

import re
from pathlib import Path

import pytest

from aftersales.applications.lifecycle import Status
from infra import diagram


def test_diagrams_are_current() -> None:
    page = diagram.PAGE.read_text(encoding="utf-8")
    assert page == diagram.drawn(page)


def test_check_tells_a_stale_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagram, "PAGE", tmp_path / "architecture.md")
    assert diagram.main(["--check"]) == 1
    assert diagram.main([]) == 0
    assert diagram.main(["--check"]) == 0
    diagram.PAGE.write_text(diagram.PAGE.read_text().replace("Review", "Revue"))
    assert diagram.main(["--check"]) == 1


def test_what_stands_around_is_kept() -> None:
    page = f"before\n{diagram.EMPTY}after\n"
    drawn = diagram.drawn(page)
    assert (drawn[:7], drawn[-6:]) == ("before\n", "after\n")
    assert diagram.drawn(drawn) == drawn


def test_a_page_without_a_place_for_them_is_refused() -> None:
    with pytest.raises(ValueError, match="machine:begin"):
        diagram.drawn("# Architecture\n")


def test_every_state_and_every_status_is_drawn() -> None:
    drawn = set(re.findall(r"\w+", diagram.flowchart()))
    assert diagram.machine()["States"].keys() <= drawn
    assert set(Status) <= drawn
    assert set(Status) <= set(re.findall(r"\w+", diagram.lifecycle()))
