"""Where a parcel goes, and where it comes from."""

from aftersales.applications.contact import Email
from aftersales.model import Country, Model, ShortText


class Address(Model):
    """`state` is what the post of `country` writes for the state, province or county; not all have one, nor a `zip`."""

    name: ShortText
    street1: ShortText
    street2: ShortText | None = None
    city: ShortText
    state: ShortText | None = None
    zip: ShortText | None = None
    country: Country
    phone: ShortText | None = None
    email: Email | None = None
