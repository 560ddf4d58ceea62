"""A wait has reached its limit."""

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step, targets
from aftersales.applications.model import SYSTEM, Application
from aftersales.flow.standing import Standing


def time_out(waited: Standing) -> Application:
    """What a customer did not send expires; what we did not do is marked overdue, once a status."""
    return commit.until_written(lambda: _time_out(store.load(waited.number), waited))


def _time_out(application: Application, waited: Standing) -> Application:
    if application.status != waited.status:
        return application
    if targets(Step.EXPIRED, application.status):
        return commit.step(application, Step.EXPIRED, SYSTEM)
    if application.overdue_at:
        return application
    return commit.step(application, Step.OVERDUE, SYSTEM, overdue_at=clock.now())
