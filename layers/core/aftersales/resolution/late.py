"""What may still become of a refund that failed."""

from aftersales.applications.lifecycle import Status, Step, targets
from aftersales.applications.model import Application


def may_be_corrected(application: Application) -> bool:
    """While it is the last that was ordered, and its units are still this application's to settle."""
    refund = application.refund
    if refund is None or refund.outcome != "failed" or application.status is Status.REFUND_ORDERED:
        return False
    units_are_gone = application.settled and any(line.quantity for line in refund.lines)
    return bool(targets(Step.REFUNDED, application.status)) and not units_are_gone
