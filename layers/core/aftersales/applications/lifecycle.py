"""The lifecycle of an application: the one table of statuses, steps and time limits.

Everything else that knows a status (state machine, contract, mails, diagram) is generated from this file or tested
against it.
"""

from datetime import datetime, timedelta
from enum import StrEnum


class Type(StrEnum):
    REFUND_ONLY = "refund_only"
    RETURN_REFUND = "return_refund"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    RESEND = "resend"
    COMPLAINT = "complaint"
    CONSULTATION = "consultation"


TALKING = frozenset({Type.COMPLAINT, Type.CONSULTATION})
"""Types that claim no unit of the order, and need not name a line."""

REFUNDING = frozenset({Type.REFUND_ONLY, Type.RETURN_REFUND})
"""Types that end with money paid back."""

RETURNING = frozenset({Type.RETURN_REFUND, Type.EXCHANGE, Type.REPAIR})
"""Types that begin with goods sent back."""


class Status(StrEnum):
    SUBMITTED = "submitted"
    MANUAL_REVIEW = "manual_review"
    INFORMATION_WANTED = "information_wanted"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    AWAITING_GOODS = "awaiting_goods"
    RECEIVED = "received"
    INSPECTED = "inspected"
    REFUND_ORDERED = "refund_ordered"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    APPEALED = "appealed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


FINAL = frozenset({Status.RESOLVED, Status.REJECTED, Status.CANCELLED, Status.EXPIRED})
"""Where an application ends. A rejection may be appealed; nothing else leads on."""

OPEN = frozenset(Status) - FINAL

DECIDING = frozenset({Status.MANUAL_REVIEW, Status.APPEALED})
"""Where a person decides."""


class Step(StrEnum):
    """What can happen to an application; each is one event on its timeline."""

    FILED = "filed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    APPEALED = "appealed"
    REFERRED = "referred"
    ASSIGNED = "assigned"
    INFORMATION_REQUESTED = "information_requested"
    INFORMATION_GIVEN = "information_given"
    EVIDENCE_ATTACHED = "evidence_attached"
    GOODS_SENT = "goods_sent"
    GOODS_RECEIVED = "goods_received"
    GOODS_INSPECTED = "goods_inspected"
    REFUND_ORDERED = "refund_ordered"
    REFUND_FAILED = "refund_failed"
    REFUNDED = "refunded"
    REFUND_UNDELIVERED = "refund_undelivered"
    REFUND_CONTRADICTED = "refund_contradicted"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    OVERDUE = "overdue"
    NOTED = "noted"
    NOTICE_UNCERTAIN = "notice_uncertain"
    SURVEY_SENT = "survey_sent"
    SURVEY_ANSWERED = "survey_answered"
    FOLLOW_UP_PLANNED = "follow_up_planned"
    FOLLOW_UP_DUE = "follow_up_due"
    FOLLOWED_UP = "followed_up"


S = Status
TRANSITIONS: dict[Step, dict[Status, frozenset[Status]]] = {
    step: {source: frozenset(targets) for source, targets in moves.items()}
    for step, moves in {
        Step.ACCEPTED: {
            S.SUBMITTED: {S.ACCEPTED},
            S.MANUAL_REVIEW: {S.ACCEPTED},
            S.APPEALED: {S.ACCEPTED},
        },
        Step.REJECTED: {
            S.SUBMITTED: {S.REJECTED},
            S.MANUAL_REVIEW: {S.REJECTED},
            S.APPEALED: {S.REJECTED},
            S.IN_PROGRESS: {S.REJECTED},
            S.INSPECTED: {S.REJECTED},
        },
        Step.APPEALED: {S.REJECTED: {S.APPEALED}},
        Step.REFERRED: {S.SUBMITTED: {S.MANUAL_REVIEW}},
        Step.ASSIGNED: {
            S.ACCEPTED: {S.IN_PROGRESS, S.AWAITING_GOODS, S.INSPECTED},
            S.MANUAL_REVIEW: {S.MANUAL_REVIEW},
            S.APPEALED: {S.APPEALED},
        },
        Step.INFORMATION_REQUESTED: {
            S.SUBMITTED: {S.INFORMATION_WANTED},
            S.MANUAL_REVIEW: {S.INFORMATION_WANTED},
            S.APPEALED: {S.INFORMATION_WANTED},
            S.IN_PROGRESS: {S.INFORMATION_WANTED},
        },
        Step.INFORMATION_GIVEN: {
            S.INFORMATION_WANTED: {S.SUBMITTED, S.MANUAL_REVIEW, S.APPEALED, S.IN_PROGRESS},
        },
        Step.GOODS_SENT: {S.AWAITING_GOODS: {S.AWAITING_GOODS}},
        Step.GOODS_RECEIVED: {S.AWAITING_GOODS: {S.RECEIVED}},
        Step.GOODS_INSPECTED: {S.RECEIVED: {S.INSPECTED}},
        Step.REFUND_ORDERED: {source: {S.REFUND_ORDERED} for source in (S.IN_PROGRESS, S.RECEIVED, S.INSPECTED)},
        Step.REFUND_FAILED: {S.REFUND_ORDERED: {S.IN_PROGRESS, S.RECEIVED, S.INSPECTED}},
        Step.REFUNDED: {S.REFUND_ORDERED: {S.RESOLVED}},
        Step.COMPLETED: {S.IN_PROGRESS: {S.RESOLVED}, S.INSPECTED: {S.RESOLVED}},
        Step.CANCELLED: {
            source: {S.CANCELLED}
            for source in (
                S.SUBMITTED,
                S.MANUAL_REVIEW,
                S.APPEALED,
                S.INFORMATION_WANTED,
                S.ACCEPTED,
                S.IN_PROGRESS,
                S.AWAITING_GOODS,
            )
        },
        Step.EXPIRED: {S.INFORMATION_WANTED: {S.EXPIRED}, S.AWAITING_GOODS: {S.EXPIRED}},
    }.items()
}
"""From which status to which a step may lead. A step that is not listed leaves every status as it is."""

BESIDE = frozenset(Step) - TRANSITIONS.keys() - {Step.FILED}
"""Steps that are recorded beside the status, at any time."""

STAFF_ONLY = frozenset(
    {
        Step.OVERDUE,
        Step.NOTED,
        Step.NOTICE_UNCERTAIN,
        Step.REFUND_UNDELIVERED,
        Step.REFUND_CONTRADICTED,
        Step.FOLLOW_UP_DUE,
        Step.FOLLOWED_UP,
    }
)
"""Steps that customers do not see. Of an assignment they see the step, not who."""

LIMITS: dict[Status, timedelta] = {
    S.SUBMITTED: timedelta(minutes=10),
    S.ACCEPTED: timedelta(minutes=15),
    S.MANUAL_REVIEW: timedelta(days=2),
    S.APPEALED: timedelta(days=2),
    S.INFORMATION_WANTED: timedelta(days=7),
    S.IN_PROGRESS: timedelta(days=2),
    S.AWAITING_GOODS: timedelta(days=14),
    S.RECEIVED: timedelta(days=2),
    S.INSPECTED: timedelta(days=2),
    S.REFUND_ORDERED: timedelta(days=3),
}
"""How long an application may stay in an open status. A customer's time-out expires it, ours makes it overdue."""


def targets(step: Step, status: Status) -> frozenset[Status]:
    """The statuses that `step` may lead to from `status`; empty when it is not possible there."""
    if step in BESIDE:
        return frozenset({status})
    return TRANSITIONS.get(step, {}).get(status, frozenset())


def due(status: Status, since: datetime) -> datetime | None:
    """By when `status` should have ended, or None when it is final."""
    return None if status in FINAL else since + LIMITS[status]
