"""Days, months and last moments, in the time zone of the store and never in the host's.

A period counts full days from the day after the event: 消费者权益保护法 article 25 and 网络购买商品七日无理由退货办法
article 10 (次日开始起算), and Regulation (EEC, Euratom) 1182/71 article 3. By its paragraph 4 a period that would end
on a day off goes on to the end of the next working day.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

SATURDAY = 5


def day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def end_of(last: date, zone: ZoneInfo) -> datetime:
    """The last millisecond of that day there, in UTC; a day whose midnight the clocks skip ends all the same."""
    following = datetime.combine(last + timedelta(days=1), time(), zone)
    return following.astimezone(UTC) - timedelta(milliseconds=1)


def months_after(start: date, months: int) -> date:
    """The same day of the month, or the last day of a month that is too short."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def months_since(start: date, today: date) -> int:
    """The least number of months after `start` that has not passed yet: 0 on the day itself, 24 until two years."""
    months = max((today.year - start.year) * 12 + today.month - start.month, 0)
    return months if today <= months_after(start, months) else months + 1


def days_off_before(today: date, country: str) -> int:
    """How many days directly before `today` are days off: a period that ended on one of them still runs today."""
    count = 0
    while is_day_off(today - timedelta(days=count + 1), country):
        count += 1
    return count


def next_working_day(last: date, country: str) -> date:
    """`last`, or the first working day after it."""
    while is_day_off(last, country):
        last += timedelta(days=1)
    return last


def is_day_off(when: date, country: str) -> bool:
    """A Saturday, a Sunday or a public holiday of the whole country."""
    return when.weekday() >= SATURDAY or when in _holidays(country, when.year)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> Any:
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415 only some laws ask for days off

    return country_holidays(country, years=year) if country in list_supported_countries() else {}
