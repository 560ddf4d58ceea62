"""How a case stands by its clocks now: folded from its timeline, and kept for the index of due times."""

from collections.abc import Sequence
from typing import NamedTuple

from aftersales import clock
from aftersales.applications import store as applications
from aftersales.applications.model import Application, TimelineEvent
from aftersales.orders import store as orders
from aftersales.sla import store
from aftersales.sla.clock import Clock
from aftersales.sla.clocks import Clocks
from aftersales.sla.fold import Subject, fold
from aftersales.sla.promised import fingerprint, promised
from aftersales.sla.summary import Summary


class Folded(NamedTuple):
    """An application, and the clocks and the timeline of just its version."""

    application: Application
    timeline: list[TimelineEvent]
    clocks: Clocks
    terms: str

    def stopped_by(self, sequence: int) -> list[Clock]:
        """The clocks that ended with that event."""
        moments = [event.at for event in self.timeline if event.version == sequence]
        return [each for each in self.clocks.past if each.stopped_at in moments]


def folded(number: str) -> Folded:
    """Raises `NotFound`."""
    application = applications.load(number)
    timeline = [event for event in applications.timeline(number) if event.version <= application.version]
    terms = fingerprint(promised(application.store_id))
    return Folded(application, timeline, clocks_of(application, timeline), terms)


def clocks_of(application: Application, timeline: Sequence[TimelineEvent]) -> Clocks:
    terms = promised(application.store_id)
    subject = Subject(application.type, _tier(application) if terms.look_at_tiers else "")
    return fold(timeline, subject, terms)


def _tier(application: Application) -> str:
    """As the store says now."""
    order = orders.load(application.store_id, application.order_number)
    return order.customer.tier if order and order.customer else ""


def refresh(number: str) -> Folded:
    """Fold anew, and keep what comes of it unless somebody has kept a later one. Raises `NotFound`."""
    case = folded(number)
    store.keep(summarised(case))
    return case


def summarised(case: Folded) -> Summary:
    application, _, clocks, terms = case
    due = clocks.due()
    return Summary(
        number=application.number,
        version=application.version,
        terms=terms,
        store_id=application.store_id,
        team=application.team,
        status=application.status,
        type=application.type,
        priority=application.priority,
        assignee=application.assignee,
        filed_at=application.filed_at,
        due_at=clocks.first("due_at"),
        warn_at=clocks.first("warn_at"),
        due_next=due[0].at if due else None,
        escalated=clocks.escalated,
        folded_at=clock.now(),
    )
