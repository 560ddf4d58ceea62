"""The guide for policy owners says what the models and the engine do."""

import re
from typing import Any

import pytest

from aftersales.policy.answer import Answer
from aftersales.policy.check.check import read
from aftersales.policy.document import Policy
from aftersales.policy.engine import Engine
from infra.docs import facts
from tests.unit.policy.lantern import found, one_table

GUIDE = facts.PAGE.read_text(encoding="utf-8")


def section(title: str) -> str:
    return GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_field_of_an_answer_is_explained() -> None:
    rows = [line.split("|")[1] for line in section("What a row may answer").splitlines() if line.startswith("| `")]
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(Answer.model_fields)


CELLS: list[tuple[str, str, list[Any], list[Any]]] = [
    ("'exchange'", "type", ["exchange"], ["repair"]),
    ("'exchange', 'repair'", "type", ["exchange", "repair"], ["resend"]),
    ("!= 'general'", "category", ["digital"], ["general"]),
    ("true", "final_sale", [True], [False]),
    ("false", "final_sale", [False], [True]),
    ("7", "days_since_order", [7], [6, 8]),
    ("<= 7", "days_since_order", [0, 7], [8]),
    ("> 7", "days_since_order", [8], [7]),
    ("[8..14]", "days_since_order", [8, 14], [7, 15]),
    ("(7..14]", "days_since_order", [8, 14], [7, 15]),
    ("[8..15)", "days_since_order", [8, 14], [7, 15]),
    ("some($, # == 'outlet')", "tags", [["outlet"], ["new", "outlet"]], [[], ["new"]]),
    ("null", "opened", [None], [True, False]),
]
"""A cell, the fact that it tests, values that it fits, and values that it does not."""


def asked(cell: str, fact: str) -> Policy:
    """A policy of two rows: `r1` has this cell, and `r2` takes the rest."""
    document = one_table([fact], {fact: cell}, {})
    assert not [finding for finding in found(document) if finding.severity == "error"]
    policy, _ = read(document)
    assert policy
    return policy


@pytest.mark.parametrize(("cell", "fact", "fitting", "other"), CELLS, ids=[cell for cell, *_ in CELLS])
def test_a_cell_fits_what_the_guide_says(cell: str, fact: str, fitting: list[Any], other: list[Any]) -> None:
    assert f"`{cell}`" in section("How a table is read")
    policy = asked(cell, fact)
    engine = Engine([policy])
    answers = {
        row: [engine.say(policy.name, {fact: value}).fired[0].rule for value in values]
        for row, values in (("r1", fitting), ("r2", other))
    }
    assert answers == {"r1": ["r1"] * len(fitting), "r2": ["r2"] * len(other)}


def test_every_cell_of_the_guide_is_tried() -> None:
    rows = [line.split(" | ")[0] for line in section("How a table is read").splitlines() if line.startswith("| `")]
    assert {cell for row in rows for cell in re.findall(r"`([^`]+)`", row)} == {cell for cell, *_ in CELLS}
