"""What a store has published: versions that never change, and from when each is in force."""

from typing import Annotated, Literal

from pydantic import Field

from aftersales.model import LongText, Model, Moment
from aftersales.policy.document import Policy


class Version(Model):
    """A published policy, with the floors beneath it as they were then: it decides the same for ever."""

    store_id: str
    version: Annotated[int, Field(ge=1)]
    policy: Policy
    floors: tuple[Policy, ...]
    published_at: Moment
    published_by: str
    note: LongText

    @property
    def name(self) -> str:
        """As decisions name it: `lantern@3`."""
        return f"{self.store_id}@{self.version}"


class Effect(Model):
    """From `effective_from` on, `version` is in force; 0 is the plain terms that come before every other version.

    Of two from the same moment the later `sequence` holds.
    """

    sequence: int
    effective_from: Moment
    version: int
    kind: Literal["publication", "rollback"]
    at: Moment
    by: str
    note: LongText


class Head(Model):
    """How many versions and effects a store has: the next ones are numbered after them."""

    versions: int = 0
    effects: int = 0
