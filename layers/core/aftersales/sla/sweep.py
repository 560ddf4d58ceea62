"""Tell what is due of a case's clocks, and do what follows: each thing once, as one step under the version folded.

What was told stands on the timeline, so a sweep that is killed, or missed, is made up for by the next.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from pydantic import ValidationError

from aftersales import clock
from aftersales.applications import commit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import PRIORITIES, SYSTEM, Application
from aftersales.errors import Outdated
from aftersales.sla import store
from aftersales.sla.clocks import Due, Mark
from aftersales.sla.escalation import escalate
from aftersales.sla.promised import fingerprint, promised
from aftersales.sla.refresh import folded, summarised
from aftersales.sla.store import OpenCases
from aftersales.staff.pass_on import is_for_nobody_else, take_back

FRESH = timedelta(days=1)
MOST_AT_ONCE = 30
"""Of one case: more than can be due. The next sweep goes on."""


def waiting(cases: OpenCases, now: datetime) -> list[str]:
    """The numbers of cases to look at: what is due first; then those that were folded otherwise than today, or too long
    ago for it to be certain that no event was missed.
    """
    by_time = sorted(cases.known, key=lambda summary: summary.due_next or datetime.max.replace(tzinfo=now.tzinfo))
    terms = {store_id: _terms_of(store_id) for store_id in {summary.store_id for summary in cases.known}}
    due = [each.number for each in by_time if each.due_next and each.due_next <= now]
    old = [each.number for each in by_time if each.terms != terms[each.store_id] or each.folded_at < now - FRESH]
    return list(dict.fromkeys([*due, *cases.unread, *old]))


def _terms_of(store_id: str) -> str:
    """Of a store whose terms cannot be read, no case is up to date: each says so, and holds up no other store's."""
    with suppress(ValidationError):
        return fingerprint(promised(store_id))
    return ""


def attend(number: str) -> list[Mark]:
    """Tell and do all that is due by now. Gives what was told and done."""
    made: list[Mark] = []
    for _ in range(MOST_AT_ONCE):
        case = folded(number)
        due = next((due for due in case.clocks.due() if due.at <= clock.now()), None)
        if due is None:
            store.keep(summarised(case))
            break
        with suppress(Outdated):  # somebody was faster: it is folded again
            DOING[due.mark](case.application, due)
            made.append(due.mark)
    return made


def _marked(step: Step) -> Callable[[Application, Due], object]:
    return lambda application, due: commit.step(application, step, SYSTEM, data=_about(due) | {"kind": due.clock.kind})


def _raise(application: Application, due: Due) -> None:
    following = PRIORITIES.index(application.priority) + 1
    priority = PRIORITIES[min(following, len(PRIORITIES) - 1)]
    told = _about(due) | {"priority": priority}
    commit.step(application, Step.PRIORITY_CHANGED, SYSTEM, data=told, priority=priority)


def _escalate(application: Application, due: Due) -> None:
    escalate(application, due.clock.kind, **_about(due))


def _to_somebody_else(application: Application, due: Due) -> None:
    """Where it is for nobody else, who has it keeps it, and a lead hears of it."""
    if is_for_nobody_else(application):
        _escalate(application, due)
    else:
        take_back(application)


def _about(due: Due) -> dict[str, str]:
    return {"clock": due.clock.name}


DOING: dict[Mark, Callable[[Application, Due], object]] = {
    "warned": _marked(Step.SLA_WARNED),
    "breached": _marked(Step.SLA_BREACHED),
    "raised": _raise,
    "escalated": _escalate,
    "taken_back": _to_somebody_else,
}
