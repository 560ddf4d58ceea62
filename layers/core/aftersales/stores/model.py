"""A store that the desk serves. Registered by ops; read by everything."""

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from aftersales.applications.model import Email, Language
from aftersales.model import Country, Model, ShortText


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"no such time zone: {name}") from None
    return name


Seconds = Annotated[int, Field(ge=1, le=366 * 86400)]
WebAddress = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500)]


class Store(Model):
    """`webhook_url` is told of refunds; `follow_up_after` is in seconds.

    The law of `country` holds for an order that does not say where its goods went.
    """

    store_id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,40}$")]
    name: dict[Language, ShortText]
    country: Country
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    mail_from: Email
    webhook_url: WebAddress
    page_url: WebAddress | None = None
    follow_up_after: Seconds = 3 * 86400


class StoreSecrets(Model):
    """Kept in Secrets Manager, never in a table: what the store signs with and what we sign with."""

    shopify_secret: str
    webhook_secret: Annotated[str, Field(pattern=r"^whsec_")]
