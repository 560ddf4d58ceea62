"""Calendars that tests count in, and moments as the people there say them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aftersales.sla.calendar import WEEKDAYS, Calendar


def span(opens: str, closes: str) -> dict[str, str]:
    return {"opens": opens, "closes": closes}


LUNCH = [span("09:00", "12:00"), span("13:00", "18:00")]
OFFICE = [span("09:00", "17:00")]
ALL_DAY = [span("00:00", "00:00")]


def calendar(zone: str, spans: list[dict[str, str]], worked: tuple[str, ...] = WEEKDAYS[:5], **more: Any) -> Calendar:
    """The same spans each day, from Monday to Friday unless said."""
    return Calendar.model_validate({"time_zone": zone, "week": dict.fromkeys(worked, spans), **more})


CHINA = calendar("Asia/Shanghai", LUNCH, holidays_of="CN")
GERMANY = calendar("Europe/Berlin", OFFICE, holidays_of="DE")
ALWAYS = calendar("UTC", ALL_DAY, WEEKDAYS)


def at(zone: str, text: str) -> datetime:
    """`at("Asia/Shanghai", "2026-02-13 17:30")`, in UTC; of a time that comes twice, `+2` after it is the second."""
    wall, _, which = text.partition("+")
    moment = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=int(which == "2"))
    return moment.astimezone(UTC)


def shanghai(text: str) -> datetime:
    return at("Asia/Shanghai", text)
