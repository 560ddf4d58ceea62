"""What a member of staff does to a case."""

from collections import Counter
from typing import Annotated

from pydantic import Field

from aftersales.applications import commit, store
from aftersales.applications.holding import coming_back
from aftersales.applications.lifecycle import DECIDING, REFUNDING, Status, Step
from aftersales.applications.model import Application, InspectedLine
from aftersales.errors import AnotherPersonDecides, InvalidRequest, NoCapacity, NotYours, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.staff.assign import give_to
from aftersales.tables import Cancelled


class Question(Model):
    """Words. The customer reads them, unless they are a note or what came of a call back."""

    message: LongText


class Remark(Model):
    """Words for the customer, if any."""

    message: LongText | None = None


class Inspection(Model):
    """Every unit of every line that comes back, in one condition or another. The customer reads `message`."""

    lines: Annotated[list[InspectedLine], Field(min_length=1, max_length=200)]
    message: LongText | None = None


def mine(number: str, who: Principal) -> Application:
    """The application if `who` works on it or leads. Raises `NotFound`, `NotYours`."""
    application = store.load(number)
    must_be_of(application, who)
    return application


def must_be_of(application: Application, who: Principal) -> None:
    """Raises `NotYours` unless `who` works on it or leads."""
    if application.assignee != who.id and not who.leads:
        raise NotYours


def claim(number: str, who: Principal) -> Application:
    """Take it from the backlog; to have it already is fine.

    Raises `NotYours`, `AnotherPersonDecides`, `NoCapacity`.
    """
    application = store.load(number)
    if application.assignee == who.id:
        return application
    if application.assignee:
        raise NotYours
    if application.status not in DECIDING | {Status.ACCEPTED}:
        raise StepNotPossible(f"an application that is {application.status} cannot be claimed")
    if application.rejected_by == who.id:
        raise AnotherPersonDecides
    try:
        return give_to(application, who.id, who.actor())
    except Cancelled as cancelled:
        raise NoCapacity from cancelled


def ask(number: str, who: Principal, question: Question) -> Application:
    application = mine(number, who)
    if application.status is Status.SUBMITTED:
        raise StepNotPossible("here the policy asks, and nobody else")
    return commit.step(
        application,
        Step.INFORMATION_REQUESTED,
        who.actor(),
        message=question.message,
        asked_in=application.status,
    )


def receive(number: str, who: Principal, remark: Remark) -> Application:
    return commit.step(mine(number, who), Step.GOODS_RECEIVED, who.actor(), message=remark.message)


def inspect(number: str, who: Principal, inspection: Inspection) -> Application:
    """Raises `InvalidRequest` unless the inspected units are exactly those that come back."""
    application = mine(number, who)
    inspected: Counter[str] = Counter()
    for line in inspection.lines:
        inspected[line.line_id] += line.quantity
    if inspected != Counter({line.line_id: line.quantity for line in coming_back(application)}):
        raise InvalidRequest("the inspection must account for exactly the units that come back")
    return commit.step(
        application,
        Step.GOODS_INSPECTED,
        who.actor(),
        message=inspection.message,
        inspection=tuple(inspection.lines),
    )


def complete(number: str, who: Principal, answer: Question) -> Application:
    """For what pays nothing back: the customer reads `answer`, and the case is done."""
    application = mine(number, who)
    if application.type in REFUNDING:
        raise StepNotPossible("this application ends with a refund or a rejection")
    return commit.step(application, Step.COMPLETED, who.actor(), message=answer.message)


def note(number: str, who: Principal, words: Question) -> Application:
    return commit.step(store.load(number), Step.NOTED, who.actor(), message=words.message)
