"""By when something should have happened to a case, what is due first, and what happens should it not."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from aftersales import clock
from aftersales.applications.lifecycle import Status
from aftersales.applications.model import Application, Language, Priority
from aftersales.desk.names import code_name
from aftersales.desk.render import say
from aftersales.desk.text import Text
from aftersales.model import Moment
from aftersales.sla.clock import ClockKind
from aftersales.sla.clocks import Mark, consequences

S = Status

LATE = Text("标为逾期", "it is marked overdue")

ENDS: dict[Status, Text] = {
    S.QUOTE_OFFERED: Text("视为客户未接受报价", "the offer counts as declined"),
    S.AWAITING_PAYMENT: Text("视为客户未付款", "it counts as not paid"),
    S.DELIVERING: Text("视为已送达", "it counts as delivered"),
    S.AWAITING_CONFIRMATION: Text("视为客户已确认", "it counts as confirmed"),
}
"""What the end of a wait for the customer comes to."""

CLOSES = Text("申请关闭", "the case is closed")
UNSENT = (S.INFORMATION_WANTED, S.AWAITING_GOODS)
"""Where it closes, unless something was paid or replaced before: then it goes on."""

FOLLOWS: dict[Mark, Text] = {
    "raised": Text("提高优先级", "its priority is raised"),
    "escalated": Text("通知主管", "a lead is told"),
    "taken_back": Text("转给其他人", "it goes to somebody else"),
}


class Deadline(NamedTuple):
    """`then` is what happens when it is missed; empty once it was, and where nothing does."""

    name: str
    at: Moment
    then: str


def deadlines(application: Application, clocks: Mapping[ClockKind, Moment], language: Language) -> list[Deadline]:
    """Of its status and of what was promised; what is due first comes first."""
    found = [_of_clock(kind, at, application.priority, language) for kind, at in clocks.items()]
    if application.due_at:
        found.append(_of_status(application, application.due_at, language))
    return sorted(found, key=lambda deadline: deadline.at)


def _of_clock(kind: ClockKind, at: Moment, priority: Priority, language: Language) -> Deadline:
    texts = [FOLLOWS[mark] for mark in consequences(kind, priority)]
    name = say(language, "task_due") if kind == "task" else code_name(kind, language)
    return Deadline(name, at, _then(at, texts, language))


def _of_status(application: Application, at: Moment, language: Language) -> Deadline:
    return Deadline(say(language, "status_due"), at, _then(at, _ends(application), language))


def _ends(application: Application) -> list[Text]:
    if application.status in UNSENT:
        return [] if application.settled else [CLOSES]
    return [ENDS.get(application.status, LATE)]


def _then(at: Moment, texts: Iterable[Text], language: Language) -> str:
    said = [text.in_(language) for text in texts]
    if not said or at <= clock.now():
        return ""
    return say(language, "then", what=say(language, "and").join(said))
