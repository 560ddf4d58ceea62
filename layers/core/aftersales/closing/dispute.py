"""The customer does not agree with how it ended: a team lead answers, or goes on with the case."""

from typing import Literal

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import CUSTOMER, Application
from aftersales.applications.plan import back_to_work
from aftersales.applications.possible import may_dispute
from aftersales.errors import NoCapacity, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.staff import capacity
from aftersales.staff import store as staff
from aftersales.tables import Cancelled


class Dispute(Model):
    """The body of `POST /applications/{number}/dispute`: what is not well."""

    message: LongText


class DisputeAnswer(Model):
    """`stands`: what was done is all. `reopened`: something more is done. The customer reads `message`."""

    outcome: Literal["stands", "reopened"]
    message: LongText


def dispute(number: str, words: Dispute) -> Application:
    """It waits for a team lead, whoever worked on it. Raises `StepNotPossible`, also for a second time."""
    return commit.until_written(lambda: _dispute(store.load(number), words))


def _dispute(application: Application, words: Dispute) -> Application:
    if not may_dispute(application):
        raise StepNotPossible("only what was done can be disputed, and only once")
    return commit.step(
        application, Step.DISPUTED, CUSTOMER, message=words.message, disputed_at=clock.now(), assignee=None
    )


def answer(number: str, who: Principal, wanted: DisputeAnswer) -> Application:
    """By any team lead; who opens it again has it from there on. Raises `StepNotPossible`, `NoCapacity`, `Outdated`."""
    application = store.load(number)
    if wanted.outcome == "stands":
        return commit.step(application, Step.DISPUTE_ANSWERED, who.actor(), message=wanted.message)
    return _reopen(application, who, wanted)


def _reopen(application: Application, who: Principal, wanted: DisputeAnswer) -> Application:
    weight = application.needs.weight
    taken = [] if application.assignee == who.id else [capacity.taking_on(staff.find(who.id), weight)]
    try:
        return commit.step(
            application,
            Step.REOPENED,
            who.actor(),
            *taken,
            to=back_to_work(application),
            message=wanted.message,
            assignee=who.id,
        )
    except Cancelled as cancelled:
        raise NoCapacity from cancelled
