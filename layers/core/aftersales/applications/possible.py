"""What a customer may still do, where that depends on more than the status."""

from aftersales.applications.lifecycle import Step, targets
from aftersales.applications.model import Application
from aftersales.applications.plan import coming_back


def is_to_send(application: Application) -> bool:
    """Whether the store waits for goods that it does not have yet, and can be told of their parcel."""
    waiting = bool(coming_back(application)) and application.received_at is None and not application.inspection
    return waiting and bool(targets(Step.GOODS_SENT, application.status))


def may_cancel(application: Application) -> bool:
    """Not after money or goods have gone to the customer, or the customer has paid: that cannot be taken back."""
    paid_back = any(refund.outcome != "failed" for refund in application.refunds)
    sent = was_replaced(application)
    given = application.credit is not None and application.credit.outcome != "failed"
    charged = any(charge.holds for charge in application.charges)
    nothing_happened = not (application.settled or paid_back or sent or given or charged)
    return nothing_happened and bool(targets(Step.CANCELLED, application.status))


def may_dispute(application: Application) -> bool:
    """Once."""
    return application.disputed_at is None and bool(targets(Step.DISPUTED, application.status))


def was_replaced(application: Application) -> bool:
    replacement = application.replacement
    return replacement is not None and replacement.state in {"ordered", "shipped", "delivered"}
