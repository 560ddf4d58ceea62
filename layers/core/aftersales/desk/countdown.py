"""How long is left until a moment, in the two largest units. The script on the page goes on with the same words."""

from datetime import datetime

from aftersales.applications.model import Language

UNITS: dict[Language, tuple[str, ...]] = {"zh-CN": ("天", "小时", "分钟", "秒"), "en": ("d", "h", "min", "s")}
SECONDS = (86400, 3600, 60, 1)
SOON = 4 * 3600
"""Seconds from which on it catches the eye."""


def seconds_left(due: datetime, now: datetime) -> int:
    """Below zero when it is late."""
    return round((due - now).total_seconds())


def span(seconds: int, language: Language) -> str:
    """`2 d 3 h`, `4 min 10 s`."""
    left = abs(seconds)
    first = next((i for i, size in enumerate(SECONDS[:-2]) if left >= size), 2)
    counts = (left // SECONDS[first], left % SECONDS[first] // SECONDS[first + 1])
    names = UNITS[language][first : first + 2]
    return " ".join(f"{count} {name}" for count, name in zip(counts, names, strict=True))


def urgency(seconds: int) -> str:
    if seconds < 0:
        return "late"
    return "soon" if seconds < SOON else ""
