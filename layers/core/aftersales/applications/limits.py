"""How long an application may stay where it is."""

from datetime import datetime, timedelta

from aftersales.applications.lifecycle import FINAL, Status

S = Status
LIMITS: dict[Status, timedelta] = {
    S.SUBMITTED: timedelta(minutes=10),
    S.ACCEPTED: timedelta(minutes=15),
    S.MANUAL_REVIEW: timedelta(days=2),
    S.APPEALED: timedelta(days=2),
    S.APPROVAL_WANTED: timedelta(days=2),
    S.DISPUTED: timedelta(days=2),
    S.INFORMATION_WANTED: timedelta(days=7),
    S.QUOTE_OFFERED: timedelta(days=7),
    S.AWAITING_PAYMENT: timedelta(days=7),
    S.IN_PROGRESS: timedelta(days=2),
    S.AWAITING_GOODS: timedelta(days=14),
    S.IN_TRANSIT: timedelta(days=14),
    S.RECEIVED: timedelta(days=2),
    S.INSPECTED: timedelta(days=2),
    S.VISIT_PLANNED: timedelta(days=10),
    S.IN_REPAIR: timedelta(days=10),
    S.AWAITING_PARTS: timedelta(days=14),
    S.REPAIRED: timedelta(days=2),
    S.REFUND_ORDERED: timedelta(days=3),
    S.REPLACEMENT_ORDERED: timedelta(days=3),
    S.CREDIT_ORDERED: timedelta(days=3),
    S.DELIVERING: timedelta(days=14),
    S.AWAITING_CONFIRMATION: timedelta(days=7),
}
"""How long an application may stay in an open status. A customer's time-out ends the wait by a step of its own: the
application expires, an offer is declined, a delivery or the outcome counts as confirmed. Ours makes it overdue.
"""


def due(status: Status, since: datetime) -> datetime | None:
    """By when `status` should have ended, or None when it is final."""
    return None if status in FINAL else since + LIMITS[status]
