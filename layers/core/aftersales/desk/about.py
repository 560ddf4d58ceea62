"""What cases are about, in the few words that stand under their numbers in a list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from aftersales import tables
from aftersales.applications.lifecycle import Status, Type
from aftersales.settings import Setting

WORDS = 60
"""Characters of what the customer says."""

STORED = (
    "number",
    "type",
    "status",
    "filed_at",
    "order_number",
    "contact",
    "lines",
    "refused_lines",
    "description",
    "look_at",
)


class About(NamedTuple):
    """`goods` is the first line's title, and `more` how many lines there are besides. `look`: a person should look."""

    number: str
    type: Type
    status: Status
    filed_at: datetime
    order_number: str
    name: str
    goods: str
    more: int
    words: str
    look: bool


def about(numbers: Iterable[str]) -> dict[str, About]:
    """By number, for so many cases as one page shows. What is new may be missing for a moment."""
    keys = [{"number": number, "item": "application"} for number in dict.fromkeys(numbers)]
    found = tables.load_all(Setting.APPLICATIONS_TABLE, keys, STORED)
    return {each["number"]: _about(each) for each in found}


def _about(stored: dict[str, Any]) -> About:
    lines = [*stored.get("lines", ()), *stored.get("refused_lines", ())]
    return About(
        number=stored["number"],
        type=Type(stored["type"]),
        status=Status(stored["status"]),
        filed_at=datetime.fromisoformat(stored["filed_at"]),
        order_number=stored["order_number"],
        name=stored["contact"].get("name", ""),
        goods=next((line.get("title") or line["line_id"] for line in lines), ""),
        more=max(0, len(lines) - 1),
        words=_first_words(stored["description"]),
        look="look_at" in stored,
    )


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WORDS else f"{line[: WORDS - 1]}…"
