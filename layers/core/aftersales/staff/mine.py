"""Whose case it is."""

from typing import Any

from aftersales.applications import store
from aftersales.applications.model import Application
from aftersales.errors import NotYours
from aftersales.identity.principal import Principal
from aftersales.staff.allowed import is_theirs


def aside(application: Application, who: Principal) -> dict[str, Any]:
    """Of a step that may be beside the case: by others than who has it or leads it is no sign that it is seen to."""
    if is_theirs(application, who):
        return {}
    return {"look_at": application.look_at, "data": {"aside": True}}


def mine(number: str, who: Principal) -> Application:
    """The application if `who` works on it or leads. Raises `NotFound`, `NotYours`."""
    application = store.load(number)
    must_be_of(application, who)
    return application


def must_be_of(application: Application, who: Principal) -> None:
    """Raises `NotYours` unless `who` works on it or leads."""
    if not is_theirs(application, who):
        raise NotYours
