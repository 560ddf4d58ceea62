"""The customer says that all is well."""

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.arrival import arrived
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import CUSTOMER, Application


def confirm(number: str) -> Application:
    """Whoever confirms has the parcel, whatever its carrier has told.

    Raises `StepNotPossible` before anything was done, and after the end.
    """
    return commit.until_written(lambda: _confirm(store.load(number)))


def _confirm(application: Application) -> Application:
    return commit.step(application, Step.CONFIRMED, CUSTOMER, **arrived(application, clock.now()))
