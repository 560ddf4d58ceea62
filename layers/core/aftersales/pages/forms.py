"""Forms as browsers send them, and what the page says of one that was not taken."""

from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aftersales.errors import InvalidRequest, Problem

MAX_FIELDS = 20
KNOWN = frozenset({"accept", "message", "carrier", "tracking_number", "satisfaction", "effort", "comment"})
"""The fields that pages have, and words for when they do not fit."""


class Failed(NamedTuple):
    """Why the form was not taken, and what was typed: it stands in the form again."""

    problem: Problem
    typed: dict[str, str]

    @property
    def slug(self) -> str:
        return self.problem.slug

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that do not fit, as far as pages have them."""
        errors: Any = self.problem.more.get("errors", ())
        return tuple(error["field"] for error in errors if error["field"] in KNOWN)


def fields(raw: bytes) -> dict[str, str]:
    """What was typed, by field; a blank field is absent. Raises `InvalidRequest`."""
    try:
        pairs = parse_qsl(raw.decode("utf-8", "replace"), max_num_fields=MAX_FIELDS)
    except ValueError:
        raise InvalidRequest(f"at most {MAX_FIELDS} fields") from None
    return {name: text.replace("\r\n", "\n") for name, text in pairs if text.strip()}
