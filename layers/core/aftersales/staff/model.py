"""People who work on applications."""

from typing import Annotated

from pydantic import Field

from aftersales.applications.contact import Email
from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Language
from aftersales.model import Model, ShortText
from aftersales.money import Currency


class Member(Model):
    """`member_id` is the Cognito username. `open` counts what the member works on now, never above `capacity`.

    `leads`: disputes, and what others may not decide alone, go to them. `may_give` is what they may give alone as
    compensation, in minor units by currency.
    """

    member_id: Annotated[str, Field(min_length=1, max_length=128)]
    name: ShortText
    email: Email
    skills: tuple[Type, ...]
    languages: tuple[Language, ...]
    capacity: Annotated[int, Field(ge=0, le=1000)]
    open: Annotated[int, Field(ge=0)] = 0
    leads: bool = False
    may_give: dict[Currency, Annotated[int, Field(ge=0)]] = {}

    @property
    def free(self) -> int:
        return self.capacity - self.open

    def can_take(self, type_: Type, language: Language) -> bool:
        return type_ in self.skills and language in self.languages and self.free > 0
