"""The one place that reads the time. Every moment in the system is an aware UTC `datetime`."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC, to the millisecond: finer digits would not survive a round trip through every store."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def rfc3339(moment: datetime) -> str:
    """`2026-11-22T08:30:00.000Z`: fixed width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
