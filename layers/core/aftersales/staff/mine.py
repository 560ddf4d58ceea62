"""Whose case it is."""

from aftersales.applications import store
from aftersales.applications.model import Application
from aftersales.errors import NotYours
from aftersales.identity.principal import Principal
from aftersales.staff.allowed import is_theirs


def mine(number: str, who: Principal) -> Application:
    """The application if `who` works on it or leads. Raises `NotFound`, `NotYours`."""
    application = store.load(number)
    must_be_of(application, who)
    return application


def must_be_of(application: Application, who: Principal) -> None:
    """Raises `NotYours` unless `who` works on it or leads."""
    if not is_theirs(application, who):
        raise NotYours
