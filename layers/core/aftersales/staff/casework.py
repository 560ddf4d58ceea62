"""What a member of staff does to a case."""

from collections import Counter
from typing import Annotated

from pydantic import Field

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.holding import CONDITIONS
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Application, InspectedLine, TimelineEvent
from aftersales.applications.plan import back_to_work, coming_back, next_status
from aftersales.errors import AnotherPersonDecides, Forbidden, InvalidRequest, NotYours, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.staff.actions import may_ask, may_claim, may_complete, may_receive
from aftersales.staff.allowed import may_claim_it
from aftersales.staff.assign import take_on
from aftersales.staff.mine import aside, mine
from aftersales.staff.routing import leads_enough


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


def must_have_no_open_tasks(number: str) -> None:
    """What another department still does belongs to the answer. Raises `StepNotPossible`, and says which.

    Read after the application: a task that is opened meanwhile changes the application, and is found then.
    """
    if waiting := open_tasks(store.timeline(number)):
        raise StepNotPossible(f"tasks are open: {', '.join(waiting)}")


def open_tasks(timeline: list[TimelineEvent]) -> list[str]:
    """The ids of those that are not done."""
    done = {event.data["task_id"] for event in timeline if event.step is Step.TASK_DONE}
    opened = [event.data["task_id"] for event in timeline if event.step is Step.TASK_OPENED]
    return [task_id for task_id in opened if task_id not in done]


def claim(number: str, who: Principal) -> Application:
    """Take it from the backlog; to have it already is fine. What a lead decides, a lead takes.

    Raises `NotYours`, `StepNotPossible`, `Forbidden`, `AnotherPersonDecides`, `NoCapacity`.
    """
    application = store.load(number)
    if application.assignee == who.id:
        return application
    _check_claim(application, who)
    return take_on(application, who.id, who.actor())


def _check_claim(application: Application, who: Principal) -> None:
    if application.assignee:
        raise NotYours
    if not may_claim(application):
        raise StepNotPossible(f"an application that is {application.status} cannot be claimed")
    if not leads_enough(application, leads=who.leads):
        raise Forbidden("a team lead decides this")
    if not may_claim_it(application, who):
        raise AnotherPersonDecides


def ask(number: str, who: Principal, question: Question) -> Application:
    application = mine(number, who)
    if not may_ask(application):
        raise StepNotPossible(f"nothing is asked while the application is {application.status}")
    return commit.step(
        application,
        Step.INFORMATION_REQUESTED,
        who.actor(),
        message=question.message,
        asked_in=application.status,
    )


def write(number: str, who: Principal, words: Question) -> Application:
    """Nothing is asked: whatever it waits for, it goes on waiting."""
    return commit.step(mine(number, who), Step.MESSAGE_SENT, who.actor(), message=words.message)


def receive(number: str, who: Principal, remark: Remark) -> Application:
    """While money or a replacement is on its way already, it is recorded beside that."""
    application = mine(number, who)
    if not may_receive(application):
        raise StepNotPossible("no goods are on their way back")
    return commit.step(application, Step.GOODS_RECEIVED, who.actor(), message=remark.message, received_at=clock.now())


def inspect(number: str, who: Principal, inspection: Inspection) -> Application:
    """Raises `InvalidRequest` unless the inspected units are exactly those that come back."""
    application = mine(number, who)
    inspected: Counter[str] = Counter()
    for line in inspection.lines:
        inspected[line.line_id] += line.quantity
    if inspected != Counter({line.line_id: line.quantity for line in coming_back(application)}):
        raise InvalidRequest("the inspection must account for exactly the units that come back")
    lines = tuple(inspection.lines)
    return commit.step(
        application,
        Step.GOODS_INSPECTED,
        who.actor(),
        to=_after_inspection(application.model_copy(update={"inspection": lines})),
        message=inspection.message,
        inspection=lines,
    )


def _after_inspection(application: Application) -> Status:
    """Where the remedy went out before the goods came, all is done, unless some of them are not here."""
    all_here = all(line.condition in CONDITIONS for line in application.inspection)
    return next_status(application) if all_here else back_to_work(application)


def complete(number: str, who: Principal, answer: Question) -> Application:
    """For what is answered, and for what was settled before and opened again: the customer reads `answer`."""
    application = mine(number, who)
    if not may_complete(application):
        raise StepNotPossible("this application ends with what it asks for, or with a rejection")
    must_have_no_open_tasks(number)
    return commit.step(application, Step.COMPLETED, who.actor(), message=answer.message)


def note(number: str, who: Principal, words: Question) -> Application:
    application = store.load(number)
    return commit.step(application, Step.NOTED, who.actor(), message=words.message, **aside(application, who))
