"""What a store has published: versions that never change, and from when each is in force. Before that, a draft."""

from typing import Annotated, Literal

from pydantic import Field

from aftersales.model import LongText, Model, Moment
from aftersales.policy.document import Policy
from aftersales.policy.packs import DEFAULT

Revision = Annotated[int, Field(ge=0)]
"""How often a draft was saved; 0 when there is none."""


class Version(Model):
    """A published policy, with the floors beneath it as they were then: it decides the same for ever."""

    store_id: str
    version: Annotated[int, Field(ge=1)]
    policy: Policy
    floors: tuple[Policy, ...]
    published_at: Moment
    published_by: str
    note: LongText


def called(store_id: str, version: int) -> str:
    """As decisions name it: `lantern@3`, or `default` for the plain terms."""
    return f"{store_id}@{version}" if version else DEFAULT


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


class Counted(Model):
    """How many versions and effects a store has, and its last published draft: the next are numbered after them."""

    versions: int = 0
    effects: int = 0
    revisions: int = 0
