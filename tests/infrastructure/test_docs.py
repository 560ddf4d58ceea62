"""What stands in `docs/` by the code is what the code says."""

import re
from pathlib import Path

import pytest

from aftersales.applications.lifecycle import OPEN, TRANSITIONS, UNDER_WAY, Status, Step, targets
from aftersales.flow.timeout import ENDED_BY
from infra.docs import diagram, paths
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


# --- the ways ---


def arrows(name: str) -> set[tuple[str, str, str]]:
    """From, to and step of each arrow in the picture of a way."""
    found = set()
    for source, target, said in re.findall(r"(\S+) --> (\S+) : (.+)", paths.picture(paths.WAYS[name])):
        steps, _, back = said.partition(paths.BACK)
        found |= {(source, target, step) for step in steps.split(", ")}
        found |= {(target, source, step) for step in back.split(", ") if step}
    return found


def test_every_status_but_that_of_giving_up_is_on_a_way() -> None:
    """Nearly anywhere a customer may cancel: that is for the table."""
    assert {status for way in paths.WAYS.values() for status in way.statuses} == set(Status) - {Status.CANCELLED}


def test_every_step_that_leads_on_is_on_a_way() -> None:
    drawn = {step for name in paths.WAYS for _, _, step in arrows(name)} - {Step.FILED}
    leading = {step for step, moves in TRANSITIONS.items() if any(moves[source] - {source} for source in moves)}
    assert drawn == leading - {Step.CANCELLED, Step.REMEDY_CHANGED}


@pytest.mark.parametrize("name", paths.WAYS)
def test_arrow_is_what_the_table_allows(name: str) -> None:
    way = paths.WAYS[name]
    box = UNDER_WAY & set(way.statuses)
    for source, target, step in arrows(name) - {("[*]", Status.SUBMITTED, Step.FILED)}:
        sources, reached = (box if end == paths.GROUP else {Status(end)} for end in (source, target))
        assert all(reached - {each} <= targets(Step(step), each) for each in sources), (source, target, step)


def test_what_is_true_of_all_that_is_under_way_is_one_arrow() -> None:
    refund = arrows("refund")
    assert {step for source, target, step in refund if (source, target) == ("under_way", "refund_ordered")} == {
        Step.REFUND_ORDERED
    }
    assert not {source for source, _, step in refund if step == Step.REFUND_ORDERED} & UNDER_WAY
    assert ("awaiting_goods", "in_transit", "goods_sent") in refund


def test_tables_name_every_step_and_every_limit() -> None:
    assert set(re.findall(r"^\| (\w+)", paths.steps(), re.MULTILINE)) == {"step", *TRANSITIONS}
    assert set(re.findall(r"^\| (\w+)", paths.limits(), re.MULTILINE)) == {"status", *OPEN}
    assert "| awaiting_goods | 14 days | expired or charge_ordered |" in paths.limits()


def test_silence_that_ends_a_wait_is_in_the_table() -> None:
    assert paths.BY_SILENCE.keys() == ENDED_BY.keys()
