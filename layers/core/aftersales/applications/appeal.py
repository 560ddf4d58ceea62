"""The customer does not agree with a rejection: somebody who did not make it decides again, once."""

from datetime import datetime, timedelta

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import CUSTOMER, Application
from aftersales.errors import AppealTooLate, QuantityNotAvailable, StepNotPossible
from aftersales.model import LongText, Model
from aftersales.tables import Cancelled

WITHIN = timedelta(days=14)
"""How long a person's rejection may be appealed."""


class Appeal(Model):
    """The body of `POST /applications/{number}/appeal`: what was overlooked, or seen wrongly."""

    message: LongText


def appeal(number: str, words: Appeal) -> Application:
    """Its units are claimed again, and it waits for another person.

    Raises `StepNotPossible` for what is not rejected, or was appealed before; `AppealTooLate`; `QuantityNotAvailable`
    when another application has the units now.
    """
    return commit.until_written(lambda: _appeal(store.load(number), words))


def _appeal(application: Application, words: Appeal) -> Application:
    now = clock.now()
    until = deadline(application)
    if until is None:
        raise StepNotPossible("only a rejection can be appealed, and only once")
    if now > until:
        raise AppealTooLate(f"it was possible until {clock.rfc3339(until)}")
    try:
        return commit.step(application, Step.APPEALED, CUSTOMER, message=words.message, appealed_at=now, assignee=None)
    except Cancelled as cancelled:
        raise QuantityNotAvailable from cancelled


def deadline(application: Application) -> datetime | None:
    """Until when it may be appealed, this moment included. None for what is not rejected, or rejected for good."""
    if application.status is not Status.REJECTED or application.appealed_at or not application.decision:
        return None
    return application.decision.appeal_until


def possible_until(application: Application) -> datetime | None:
    """As `deadline`; None also once it is over."""
    until = deadline(application)
    return until if until and clock.now() <= until else None
