"""What a member of staff does to a case."""

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field

from aftersales.applications import commit, store
from aftersales.applications.lifecycle import REFUNDING, Status, Step
from aftersales.applications.model import Application, Decision, InspectedLine, PolicyReason
from aftersales.errors import InvalidRequest, NoCapacity, NotYours, StepNotPossible
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


class StaffDecision(Model):
    """`message` is the reason; the customer reads it."""

    outcome: Literal["accept", "reject"]
    message: LongText


class Inspection(Model):
    """Every unit of every line, in one condition or another. The customer reads `message`."""

    lines: Annotated[list[InspectedLine], Field(min_length=1, max_length=200)]
    message: LongText | None = None


def mine(number: str, who: Principal) -> Application:
    """The application if `who` works on it or leads. Raises `NotFound`, `NotYours`."""
    application = store.load(number)
    if application.assignee != who.id and not who.leads:
        raise NotYours
    return application


def claim(number: str, who: Principal) -> Application:
    """Take it from the backlog; to have it already is fine. Raises `NotYours`, `NoCapacity`."""
    application = store.load(number)
    if application.assignee == who.id:
        return application
    if application.assignee:
        raise NotYours
    if application.status not in (Status.ACCEPTED, Status.MANUAL_REVIEW):
        raise StepNotPossible(f"an application that is {application.status} cannot be claimed")
    try:
        return give_to(application, who.id, who.actor())
    except Cancelled as cancelled:
        raise NoCapacity from cancelled


def ask(number: str, who: Principal, question: Question) -> Application:
    application = mine(number, who)
    return commit.step(
        application,
        Step.INFORMATION_REQUESTED,
        who.actor(),
        message=question.message,
        asked_in=application.status,
    )


def decide(number: str, who: Principal, decision: StaffDecision) -> Application:
    """A manual review ends; the decision keeps the facts that the policy saw and who decided."""
    application = mine(number, who)
    policy = application.decision.policy if application.decision else "none"
    reason = PolicyReason(code="person", text={application.language: decision.message})
    return commit.step(
        application,
        Step.ACCEPTED if decision.outcome == "accept" else Step.REJECTED,
        who.actor(),
        message=decision.message,
        decision=Decision(
            outcome=decision.outcome,
            reasons=(reason,),
            policy=policy,
            facts=application.decision.facts if application.decision else {},
            decided_by=who.id,
        ),
    )


def receive(number: str, who: Principal, remark: Remark) -> Application:
    return commit.step(mine(number, who), Step.GOODS_RECEIVED, who.actor(), message=remark.message)


def inspect(number: str, who: Principal, inspection: Inspection) -> Application:
    """Raises `InvalidRequest` unless the inspected units are exactly those applied for."""
    application = mine(number, who)
    inspected: Counter[str] = Counter()
    for line in inspection.lines:
        inspected[line.line_id] += line.quantity
    if inspected != Counter({line.line_id: line.quantity for line in application.lines}):
        raise InvalidRequest("the inspection must account for exactly the units applied for")
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
