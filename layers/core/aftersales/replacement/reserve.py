"""Have the store set goods aside while those that they replace are on their way."""

from aftersales.applications import commit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import SYSTEM, Application
from aftersales.applications.replacement import Replacement
from aftersales.replacement.difference import replacement_lines
from aftersales.resolution.claim import claim_of
from aftersales.resolution.quoting import order_of


def reserve(application: Application) -> Application:
    """Raises `UnknownVariant`, `StepNotPossible`, `Outdated`."""
    replacement = Replacement(
        replacement_id=application.next_event_id,
        state="wanted",
        lines=replacement_lines(order_of(application), claim_of(application), application.lines),
    )
    data = {"replacement_id": replacement.replacement_id}
    return commit.step(application, Step.REPLACEMENT_WANTED, SYSTEM, replacement=replacement, data=data)
