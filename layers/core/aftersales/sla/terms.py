"""What a store has promised: how much working time each thing may take, by what it is about and how urgent it is."""

from itertools import product
from typing import Annotated, get_args

from pydantic import Field, model_validator

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import PRIORITIES, Priority
from aftersales.model import Model
from aftersales.sla.calendar import Calendar
from aftersales.sla.clock import Kind

Minutes = Annotated[int, Field(ge=1, le=366 * 24 * 60)]


class Promise(Model):
    """Working minutes by kind, for applications of these types, priorities and customer tiers; empty fits all.

    They are counted in the calendar of that name. A kind that no promise names has no clock.
    """

    types: tuple[Type, ...] = ()
    priorities: tuple[Priority, ...] = ()
    tiers: tuple[str, ...] = ()
    calendar: str
    minutes: dict[Kind, Minutes]

    def fits(self, type_: Type, priority: Priority, tier: str) -> bool:
        return (
            (not self.types or type_ in self.types)
            and (not self.priorities or priority in self.priorities)
            and (not self.tiers or tier in self.tiers)
        )


class ServiceTerms(Model):
    """For each kind the first promise that fits holds. A warning comes when `warn_share` percent of it has run."""

    calendars: Annotated[dict[str, Calendar], Field(min_length=1, max_length=20)]
    promises: Annotated[tuple[Promise, ...], Field(min_length=1, max_length=100)]
    warn_share: Annotated[int, Field(ge=1, le=99)] = 75

    @model_validator(mode="after")
    def _calendars_are_known(self) -> "ServiceTerms":
        for promise in self.promises:
            if promise.calendar not in self.calendars:
                raise ValueError(f"no calendar {promise.calendar}")
        return self

    def hole(self) -> str | None:
        """What is promised at some priorities and not at all, in words. A clock starts at one and follows to others."""
        for kind, type_, tier in product(get_args(Kind), Type, sorted(self._tiers)):
            lacking = [each for each in PRIORITIES if not self.promise(kind, type_, each, tier)]
            if lacking and lacking != list(PRIORITIES):
                whose = f"{type_} (tier {tier})" if tier else type_
                return f"{kind} is promised for {whose} at some priorities, but not at {', '.join(lacking)}"
        return None

    @property
    def _tiers(self) -> set[str]:
        """All that are named, and one for all that are not."""
        return {"", *(tier for promise in self.promises for tier in promise.tiers)}

    @property
    def look_at_tiers(self) -> bool:
        return any(promise.tiers for promise in self.promises)

    def promise(self, kind: Kind, type_: Type, priority: Priority, tier: str = "") -> Promise | None:
        return next((p for p in self.promises if kind in p.minutes and p.fits(type_, priority, tier)), None)
