"""How long is left until a moment, in the two largest units. The script on the page goes on with the same words."""

from datetime import datetime

from aftersales.applications.model import Language
from aftersales.desk.text import Text

UNITS: dict[int, Text] = {
    86400: Text("天", "d"),
    3600: Text("小时", "h"),
    60: Text("分钟", "min"),
    1: Text("秒", "s"),
}
"""By their seconds, the largest first."""

SIZES = tuple(UNITS)
SOON = 4 * 3600
"""Seconds from which on it catches the eye."""


def seconds_left(due: datetime, now: datetime) -> int:
    """Below zero when it is late."""
    return round((due - now).total_seconds())


def span(seconds: int, language: Language) -> str:
    """`2 d 3 h`, `4 min 10 s`."""
    left = abs(seconds)
    first = next((i for i, size in enumerate(SIZES[:-2]) if left >= size), 2)
    large, small = SIZES[first : first + 2]
    counts = {large: left // large, small: left % large // small}
    return " ".join(f"{count} {UNITS[size].in_(language)}" for size, count in counts.items())


def age(seconds: int, language: Language) -> str:
    """In its largest unit alone: `2 d`, `0 min`."""
    size = next((size for size in SIZES[:-1] if seconds >= size), SIZES[-2])
    return f"{seconds // size} {UNITS[size].in_(language)}"


def urgency(seconds: int) -> str:
    if seconds < 0:
        return "late"
    return "soon" if seconds < SOON else ""
