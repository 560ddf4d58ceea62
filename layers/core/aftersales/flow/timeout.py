"""A wait has reached its limit."""

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import LIMITS, Status, Step, targets
from aftersales.applications.model import SYSTEM, Application
from aftersales.flow.standing import Standing


def time_out(waited: Standing) -> Application:
    """What a customer did not send expires; what we did not do, or is on its way, is marked overdue, once a status.

    Photos that came without a word are an answer by then.
    Looking again for a person, before the status is due, is neither.
    """
    return commit.until_written(lambda: _time_out(store.load(waited.number), waited))


def _time_out(application: Application, waited: Standing) -> Application:
    now = clock.now()
    if waited.is_left(application):
        return application
    if _photos_came(application):
        return commit.step(application, Step.INFORMATION_GIVEN, SYSTEM, to=application.asked_in, asked_in=None)
    on_its_way = application.status is Status.AWAITING_GOODS and application.parcel is not None
    if targets(Step.EXPIRED, application.status) and not on_its_way:
        return commit.step(application, Step.EXPIRED, SYSTEM)
    looked_for_someone = application.assignee is None and (application.due_at or now) > now
    if application.overdue_at or looked_for_someone:
        return application
    return commit.step(application, Step.OVERDUE, SYSTEM, overdue_at=now)


def _photos_came(application: Application) -> bool:
    """Since the customer was asked."""
    if application.status is not Status.INFORMATION_WANTED or application.due_at is None:
        return False
    asked_at = application.due_at - LIMITS[application.status]
    return any(photo.attached_at and photo.attached_at >= asked_at for photo in application.photos)
