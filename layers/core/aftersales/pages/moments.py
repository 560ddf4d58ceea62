"""A moment as people of one time zone and language read it."""

from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from aftersales.applications.model import Language

PATTERNS: dict[Language, str] = {"zh-CN": "{0.year}年{0.month}月{0.day}日 {0:%H:%M}", "en": "{0.day} {0:%B %Y, %H:%M}"}


class LocalTime(NamedTuple):
    """`stamp` is for machines, `text` for people; `offset` is `UTC+8`, since names such as CST mean several zones."""

    stamp: str
    text: str
    offset: str


def local(moment: datetime, zone: str, language: Language) -> LocalTime:
    there = moment.astimezone(ZoneInfo(zone))
    return LocalTime(there.isoformat(timespec="minutes"), PATTERNS[language].format(there), _offset(there))


def _offset(there: datetime) -> str:
    minutes = round((there.replace(tzinfo=UTC) - there).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
