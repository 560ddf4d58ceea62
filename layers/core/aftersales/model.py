"""The base of every pydantic model: immutable, closed to unknown fields, its errors silent about values."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from aftersales.clock import rfc3339


class Foreign(BaseModel):
    """What another system sends: fields that we do not know are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, defer_build=True)


class Model(BaseModel):
    """`defer_build`: most models are parts of others or of other routes, and a cold start builds only what it uses."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    def document(self) -> dict[str, Any]:
        """Plain JSON values, absent instead of null: what is stored and what is answered."""
        return self.model_dump(mode="json", exclude_none=True)


Moment = Annotated[AwareDatetime, PlainSerializer(rfc3339, return_type=str, when_used="json")]
ToldMoment = Annotated[Moment, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(3000, 1, 1, tzinfo=UTC))]
"""One that somebody tells us: days and months can be counted from it, there and back."""

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Quantity = Annotated[int, Field(ge=1, le=10_000)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
