"""What the tables of a policy answer about one line, and what comes of it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import (
    Evidence,
    LineOutcome,
    LineTerms,
    Payer,
    Percent,
    Priority,
    RefundDue,
    TeamId,
    Weight,
)
from aftersales.model import Foreign, Model

LevelledSkill = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}(:[1-3])?$")]
"""A skill, with the least level of it where that is above the first: `electronics:2`."""


class Answer(Foreign):
    """The fields that a table may answer. What no table answers is as it stands here.

    The window is counted from delivery; `window_rolls` when one that would end on a day off ends on the next working
    day. `resolutions` are what the customer may have, whether or not they applied for it. `team`, `skills` and `weight`
    are about who is to have it, where a person is needed.
    """

    outcome: LineOutcome
    reason: str | None = None
    resolutions: tuple[Type, ...] = ()
    window_days: Annotated[int | None, Field(ge=0, le=36500)] = None
    window_months: Annotated[int | None, Field(ge=0, le=1200)] = None
    window_rolls: bool = False
    send_back: bool = True
    refund_due: RefundDue = "after_inspection"
    return_freight: Payer = "customer"
    restocking_fee: Percent = 0
    evidence: tuple[Evidence, ...] = ()
    priority: Priority = "normal"
    team: TeamId | None = None
    skills: Annotated[tuple[LevelledSkill, ...], Field(max_length=10)] = ()
    weight: Weight = 1


class Fired(Model):
    """A rule that fired: which row of which table of which policy."""

    policy: str
    table: str
    rule: str


class Verdict(LineTerms):
    """What is said about one line. `window_ends_on` is the last day, in the store's time zone.

    `rules` are those that decided, by their whole names, `fired` are all. `missing` are facts that were needed and
    unknown, `failed` policies that came to nothing: then a person decides.
    """

    window_ends_on: date | None = None
    priority: Priority = "normal"
    team: TeamId | None = None
    skills: tuple[LevelledSkill, ...] = ()
    weight: Weight = 1
    fired: tuple[Fired, ...] = ()
    failed: tuple[str, ...] = ()
