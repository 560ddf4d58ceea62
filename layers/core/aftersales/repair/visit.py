"""Plan when somebody comes, or helps from afar, where the customer keeps the goods."""

from datetime import timedelta

from aftersales import clock
from aftersales.applications import commit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application
from aftersales.applications.plan import coming_back
from aftersales.applications.repair import Place, Visit
from aftersales.clock import rfc3339
from aftersales.errors import InvalidRequest, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model, ShortText, ToldMoment
from aftersales.repair.case import repair_of

TOLD_WITHIN = timedelta(days=2)
"""After the visit, staff say what came of it."""


class VisitPlan(Model):
    """The customer reads `who` comes or calls, and `message`."""

    place: Place
    at: ToldMoment
    who: ShortText | None = None
    message: LongText | None = None


def plan_visit(number: str, who: Principal, plan: VisitPlan) -> Application:
    """Planned again, the later plan holds. Raises `NotYours`, `StepNotPossible`, `InvalidRequest`."""
    application, known = repair_of(number, who)
    if coming_back(application):
        raise StepNotPossible("the goods are sent in for this repair")
    if plan.at <= clock.now():
        raise InvalidRequest("at: a visit lies ahead")
    visit = Visit(place=plan.place, at=plan.at, who=plan.who)
    return commit.step(
        application,
        Step.VISIT_PLANNED,
        who.actor(),
        message=plan.message,
        due_at=plan.at + TOLD_WITHIN,
        overdue_at=None,
        repair=known.model_copy(update={"visit": visit}),
        data={"place": plan.place, "at": rfc3339(plan.at)},
    )
