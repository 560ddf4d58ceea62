"""Someone who came by the link in a mail."""

from typing import NamedTuple
from urllib.parse import quote

from aftersales.applications import store as applications
from aftersales.applications.model import Application
from aftersales.errors import NotFound
from aftersales.identity.links import number_of
from aftersales.stores import store as stores
from aftersales.stores.model import Store


class Visit(NamedTuple):
    """The application that the link opens, and its store. `token` is as it stands in an address."""

    token: str
    application: Application
    store: Store

    @property
    def store_name(self) -> str:
        return self.store.name.get(self.application.language) or next(iter(self.store.name.values()))


def number_behind(token: str) -> str:
    """Raises `NotFound`."""
    number = number_of(token)
    if number is None:
        raise NotFound
    return number


def visit(token: str) -> Visit:
    """Raises `NotFound`."""
    application = applications.load(number_behind(token))
    return Visit(address_part(token), application, stores.load(application.store_id))


def address_part(token: str) -> str:
    """What is not of the base64 alphabet passes the check of a signature, and must pass no further."""
    return quote(token, safe="")
