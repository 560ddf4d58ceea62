"""One case as a member of staff sees it: whole."""

from typing import Annotated

from pydantic import Field

from aftersales.applications import photos, store
from aftersales.applications.lifecycle import Step, Type
from aftersales.applications.model import Application, TimelineEvent
from aftersales.errors import UnknownVariant
from aftersales.identity.principal import Principal
from aftersales.model import Model
from aftersales.policy import store as policies
from aftersales.policy.record import DecisionRecord
from aftersales.resolution.quoting import order_of, quote_now
from aftersales.resolution.remedy import remedies
from aftersales.sla.stays import Stay, stays
from aftersales.staff import tasks
from aftersales.staff.actions import ACTIONS, may_replace
from aftersales.staff.allowed import may_take
from aftersales.staff.casework import open_tasks


class CaseView(Model):
    """The application with its whole timeline, how long it stood where, what departments do for it, what the policy saw
    each time it decided, and what who asks can do about it now.
    """

    application: Application
    timeline: tuple[TimelineEvent, ...]
    stays: tuple[Stay, ...]
    tasks: tuple[tasks.Task, ...]
    decisions: tuple[DecisionRecord, ...]
    photo_links: Annotated[dict[str, str], Field(description="photo id to a link good for five minutes")]
    actions: tuple[str, ...]


def case(application: Application, who: Principal) -> CaseView:
    timeline = store.timeline(application.number)
    return CaseView(
        application=application,
        timeline=tuple(timeline),
        stays=tuple(stays(timeline)),
        tasks=tuple(tasks.of(application.number, timeline)),
        decisions=tuple(policies.records(timeline)),
        photo_links={p.photo_id: photos.link(application.number, p) for p in application.photos if p.attached_at},
        actions=tuple(action for action in _actions(application, timeline, who) if may_take(action, application, who)),
    )


def _actions(application: Application, timeline: list[TimelineEvent], who: Principal) -> tuple[str, ...]:
    """Notes are always possible."""
    closed = _closed_by_difference(application)
    closed |= {"completion"} if open_tasks(timeline) else set()
    closed |= set() if remedies(application, who) else {"remedy"}
    possible = [name for name, rule in ACTIONS.items() if name not in closed and rule(application)]
    called = any(event.step is Step.FOLLOWED_UP for event in timeline)
    call_is_due = application.follow_up_due_at is not None and not called
    return (*possible, *(["follow-up"] if call_is_due else []), "notes")


def _closed_by_difference(application: Application) -> set[str]:
    """Of an exchange: a difference is paid back, or paid, before anything is sent."""
    closed = {"refund", "charge", "replacement"}
    if application.type is not Type.EXCHANGE or application.settled or not may_replace(application):
        return set()
    try:
        difference = quote_now(application, order_of(application))
    except UnknownVariant:
        return closed
    if difference.total.amount:
        return closed - {"refund"}
    return closed - ({"charge"} if difference.to_pay else {"replacement"})
