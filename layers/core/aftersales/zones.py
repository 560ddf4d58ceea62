"""Time zones by name."""

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

NOWHERE = frozenset({"Factory", "localtime", "posix", "posixrules", "right"})
"""Names, and folders of names, that some machines have beside those of places: each means another time elsewhere."""


def _known(name: str) -> str:
    """A folder of zones and a name too long for a file are an `OSError`."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no such time zone: {name}") from None
    if name.partition("/")[0] in NOWHERE:
        raise ValueError(f"a time zone is that of a place: {name}")
    return name


TimeZone = Annotated[str, AfterValidator(_known)]
