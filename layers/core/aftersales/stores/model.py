"""A store that the desk serves. Registered by ops; read by everything."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from aftersales.applications.contact import Email
from aftersales.applications.model import Language
from aftersales.model import Country, Model, ShortText
from aftersales.orders.address import Address
from aftersales.zones import TimeZone

Seconds = Annotated[int, Field(ge=1, le=366 * 86400)]
WebAddress = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500)]
Payments = Literal["storefront", "stripe", "offline"]
"""Who pays refunds: the storefront, when it is told; Stripe; or people, who say so."""
Carrier = Literal["manual", "easypost"]
"""Who makes return labels and follows parcels: people, or EasyPost."""

SigningSecret = Annotated[str, Field(pattern=r"^whsec_")]


class Store(Model):
    """`webhook_url` is told of refunds that the storefront pays; `follow_up_after` is in seconds.

    The law of `country` holds for an order that does not say where its goods went. `coupon_below_minimum`: what
    becomes of a discount on an order when the goods that are kept no longer reach what had to be spent for it.
    """

    store_id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,40}$")]
    name: dict[Language, ShortText]
    country: Country
    time_zone: TimeZone
    mail_from: Email
    payments: Payments = "storefront"
    webhook_url: WebAddress | None = None
    page_url: WebAddress | None = None
    follow_up_after: Seconds = 3 * 86400
    coupon_below_minimum: Literal["keep", "claw_back"] = "keep"
    carrier: Carrier = "manual"
    return_address: Address | None = None

    @model_validator(mode="after")
    def _can_be_told(self) -> "Store":
        if self.payments == "storefront" and not self.webhook_url:
            raise ValueError("a storefront that pays refunds needs a webhook_url")
        return self

    @model_validator(mode="after")
    def _can_be_sent_to(self) -> "Store":
        if self.carrier == "easypost" and not self.return_address:
            raise ValueError("a store that buys return labels needs a return_address")
        return self


class StoreSecrets(Model):
    """Kept in Secrets Manager, never in a table: what the store signs with, what we sign with, and its keys to Stripe
    and EasyPost.

    While a webhook secret is exchanged, `webhook_secret_previous` signs as well.
    """

    shopify_secret: str
    webhook_secret: SigningSecret
    webhook_secret_previous: SigningSecret | None = None
    stripe_api_key: Annotated[str | None, Field(pattern=r"^(sk|rk)_")] = None
    stripe_webhook_secret: SigningSecret | None = None
    easypost_api_key: Annotated[str | None, Field(pattern=r"^EZ[AT]K")] = None
    easypost_webhook_secret: Annotated[str | None, Field(min_length=1)] = None

    @property
    def signing(self) -> tuple[str, ...]:
        """All that a webhook is signed with, the newest first."""
        known = (self.webhook_secret, self.webhook_secret_previous)
        return tuple(secret for secret in known if secret)
