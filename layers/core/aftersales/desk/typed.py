"""What was typed into a form of the desk."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from aftersales.errors import InvalidRequest, Problem

MAX_FIELDS = 500
"""An inspection has five for each of its lines, and there are at most 25."""


class Typed(NamedTuple):
    """By field, in the order of the form; a blank field is absent."""

    fields: dict[str, list[str]]

    def one(self, name: str) -> str:
        """Empty when it was left out."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        return self.fields.get(name, [])

    def but(self, name: str, value: str) -> "Typed":
        return Typed(self.fields | {name: [value]})


NOTHING = Typed({})


def typed(raw: bytes) -> Typed:
    """Raises `InvalidRequest`."""
    try:
        found = parse_qs(raw.decode("utf-8", "replace"), max_num_fields=MAX_FIELDS)
    except ValueError:
        raise InvalidRequest(f"at most {MAX_FIELDS} fields") from None
    return Typed({name: _plain(values) for name, values in found.items() if any(map(str.strip, values))})


def _plain(values: Iterable[str]) -> list[str]:
    return [value.replace("\r\n", "\n") for value in values if value.strip()]


class Failed(NamedTuple):
    """What was typed into the form of `step`, and why it was not taken: it stands in the form again.

    Without a problem it was not to be sent yet.
    """

    step: str
    typed: Typed
    problem: Problem | None = None

    @property
    def slug(self) -> str:
        return self.problem.slug if self.problem else ""

    @property
    def wrong(self) -> frozenset[str]:
        """The fields that do not fit: as the errors name them, or else the detail, which then begins with one."""
        if self.problem is None:
            return frozenset()
        errors: Any = self.problem.more.get("errors", ())
        named = (error["field"].partition(".")[0] for error in errors)
        field, colon, _ = self.problem.detail.partition(": ")
        return frozenset(named if errors or not colon else [field])
