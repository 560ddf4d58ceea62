"""The words of the pages are complete in both languages, each is used, and times are read as people write them."""

import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from aftersales import pages
from aftersales.applications.charge import ChargePurpose
from aftersales.applications.compensation import Credit
from aftersales.applications.consignment import Movement
from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Language, Reason
from aftersales.applications.repair import Place
from aftersales.pages.forms import KNOWN, fields
from aftersales.pages.moments import local
from aftersales.pages.names import REASON, TYPE
from aftersales.pages.words import PAGE

SOURCES = [path for path in Path(next(iter(pages.__path__))).rglob("*.*") if path.suffix in (".py", ".html")]
BY = ("customer", "staff", "storefront", "system")
PROBLEMS = (
    "already-answered",
    "appeal-too-late",
    "invalid-request",
    "outdated",
    "quantity-not-available",
    "step-not-possible",
)
KINDS = (*get_args(ChargePurpose), *get_args(Place), *get_args(Credit.model_fields["kind"].annotation))
"""Words of the contract that a page says in words of its own."""

NOTICES = ("missing", "missing_title", "broken", "broken_title")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same() -> None:
    assert set(PAGE) == set(TYPE) == set(REASON) == set(get_args(Language))
    chinese, english = PAGE["zh-CN"], PAGE["en"]
    assert chinese.keys() == english.keys()
    assert all(placeholders(chinese[key]) == placeholders(english[key]) for key in chinese)
    assert all(set(names) == set(Type) for names in TYPE.values())
    assert all(set(names) == set(Reason) for names in REASON.values())


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "words.py")
    said = set(re.findall(r'say\("(\w+)"[,)]', source)) | set(re.findall(r'"(due_\w+)"', source))
    built = {f"by_{who}" for who in BY} | {f"{field}_wrong" for field in KNOWN} | set(PROBLEMS) | set(NOTICES)
    built |= set(KINDS) | {f"moved_{movement}" for movement in get_args(Movement)}
    lines = set(re.findall(r'parts\.line\(say, failed, "(\w+)"\)', source))
    assert PAGE["en"].keys() == said | built | lines


@pytest.mark.parametrize(
    ("zone", "stamp", "text", "offset"),
    [
        ("Asia/Shanghai", "2026-07-01T06:05+08:00", "1 July 2026, 06:05", "UTC+8"),
        ("America/New_York", "2026-06-30T18:05-04:00", "30 June 2026, 18:05", "UTC−4"),
        ("Asia/Kolkata", "2026-07-01T03:35+05:30", "1 July 2026, 03:35", "UTC+5:30"),
        ("America/St_Johns", "2026-06-30T19:35-02:30", "30 June 2026, 19:35", "UTC−2:30"),
        ("UTC", "2026-06-30T22:05+00:00", "30 June 2026, 22:05", "UTC"),
    ],
)
def test_times_are_local_and_say_their_offset(zone: str, stamp: str, text: str, offset: str) -> None:
    assert local(datetime(2026, 6, 30, 22, 5, 59, tzinfo=UTC), zone, "en") == (stamp, text, offset)


def test_a_chinese_date() -> None:
    assert local(datetime(2026, 1, 2, 16, 5, tzinfo=UTC), "Asia/Shanghai", "zh-CN").text == "2026年1月3日 00:05"


def test_a_form_is_read_as_browsers_send_it() -> None:
    assert fields(b"message=a%0D%0Ab+c%26&carrier=&satisfaction=5") == {"message": "a\nb c&", "satisfaction": "5"}
