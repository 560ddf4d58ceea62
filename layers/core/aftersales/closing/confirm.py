"""The customer says that all is well."""

from typing import Any

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import CUSTOMER, Application


def confirm(number: str) -> Application:
    """Raises `StepNotPossible` before anything was done, and after the end."""
    return commit.until_written(lambda: _confirm(store.load(number)))


def _confirm(application: Application) -> Application:
    return commit.step(application, Step.CONFIRMED, CUSTOMER, **_arrived(application))


def _arrived(application: Application) -> dict[str, Any]:
    """Whoever confirms has the parcel, whatever its carrier has told."""
    delivery = application.delivery
    if delivery is None or delivery.delivered_at:
        return {}
    return {"delivery": delivery.model_copy(update={"delivered_at": clock.now()})}
