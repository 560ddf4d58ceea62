"""What the guide for storefronts shows is what is told, and what is taken."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from aftersales.charges.confirmation import Confirmation as ChargeConfirmation
from aftersales.compensation.confirmation import Confirmation as CreditConfirmation
from aftersales.model import Model
from aftersales.replacement.confirmation import Confirmation as ReplacementConfirmation
from aftersales.webhooks.message import MessageType

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "storefront.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+\.\w+)` \| [^|]+ \| ([^|]+) \|", GUIDE, re.MULTILINE))
"""By type of message: the words on what its data has."""

EXAMPLES: list[dict[str, Any]] = [json.loads(block) for block in re.findall(r"^```json\n(.+?)^```", GUIDE, re.M | re.S)]
CONFIRMATIONS: dict[str, type[Model]] = {
    "replacements": ReplacementConfirmation,
    "charges": ChargeConfirmation,
    "credits": CreditConfirmation,
}
SAID: list[tuple[str, str]] = re.findall(r"^POST /(\w+)/\S+/confirmation\n({.+})$", GUIDE, re.MULTILINE)


def test_every_message_has_its_row() -> None:
    assert ROWS.keys() == {"refund.ordered", *get_args(MessageType)}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["type"])
def test_every_example_has_what_its_row_says(example: dict[str, Any]) -> None:
    words = ROWS[example["type"]].replace("the same", ROWS["replacement.reserve"])
    promised = set(re.findall(r"`(\w+)`", words)) - {"coupon", "points", "condition", "disposition"}
    may_be_absent = {"shipping", "tenders"}
    assert promised - may_be_absent <= example["data"].keys() <= promised | {"number", "order_number"}


def test_every_route_of_a_word_has_an_example() -> None:
    assert {room for room, _ in SAID} == CONFIRMATIONS.keys()


@pytest.mark.parametrize(("room", "body"), SAID)
def test_every_word_in_the_guide_is_taken(room: str, body: str) -> None:
    assert CONFIRMATIONS[room].model_validate_json(body)
