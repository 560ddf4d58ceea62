"""What stands in `docs/` by the code is what the code says."""

import re
from pathlib import Path

import pytest

from aftersales.applications.lifecycle import Status
from infra.docs import diagram
from infra.docs.__main__ import pages
from infra.docs.place import filled


@pytest.mark.parametrize(("path", "text"), [pytest.param(*page, id=page[0].name) for page in pages()])
def test_every_page_is_current(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text


def test_what_stands_around_a_place_is_kept() -> None:
    page = "before\n<!-- machine:begin -->\nold\n<!-- machine:end -->\nafter\n"
    assert filled(page, "machine", "new") == page.replace("old", "new")


@pytest.mark.parametrize("page", ["# Architecture\n", "<!-- machine:end -->\n<!-- machine:begin -->\n"])
def test_a_page_without_the_place_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="machine:begin"):
        filled(page, "machine", "new")


def test_every_state_and_every_status_is_drawn() -> None:
    drawn = set(re.findall(r"\w+", diagram.flowchart()))
    assert diagram.machine()["States"].keys() <= drawn
    assert set(Status) <= drawn
    assert set(Status) <= set(re.findall(r"\w+", diagram.lifecycle()))
