"""The lifecycle of an application: the one table of statuses and steps. How long each may last stands in `limits.py`.

Everything else that knows a status (state machine, contract, mails, diagram) is generated from this file or tested
against it.
"""

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

REPLACING = frozenset({Type.EXCHANGE, Type.RESEND})
"""Types that end with goods sent to the customer."""

RETURNING = frozenset({Type.RETURN_REFUND, Type.EXCHANGE, Type.REPAIR})
"""Types that begin with goods sent back."""


class Status(StrEnum):
    SUBMITTED = "submitted"
    MANUAL_REVIEW = "manual_review"
    INFORMATION_WANTED = "information_wanted"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    AWAITING_GOODS = "awaiting_goods"
    IN_TRANSIT = "in_transit"
    RECEIVED = "received"
    INSPECTED = "inspected"
    REFUND_ORDERED = "refund_ordered"
    REPLACEMENT_ORDERED = "replacement_ordered"
    CREDIT_ORDERED = "credit_ordered"
    APPROVAL_WANTED = "approval_wanted"
    QUOTE_OFFERED = "quote_offered"
    AWAITING_PAYMENT = "awaiting_payment"
    VISIT_PLANNED = "visit_planned"
    IN_REPAIR = "in_repair"
    AWAITING_PARTS = "awaiting_parts"
    REPAIRED = "repaired"
    DELIVERING = "delivering"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    DISPUTED = "disputed"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    APPEALED = "appealed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


FINAL = frozenset({Status.RESOLVED, Status.REJECTED, Status.CANCELLED, Status.EXPIRED})
"""Where an application ends. A rejection may be appealed; nothing else leads on."""

OPEN = frozenset(Status) - FINAL

DONE = FINAL | {Status.DELIVERING, Status.AWAITING_CONFIRMATION}
"""Where nobody at the desk has anything left to do, unless the customer disputes it."""

DECIDING = frozenset({Status.MANUAL_REVIEW, Status.APPEALED})
"""Where a person decides."""

LEADING = frozenset({Status.APPROVAL_WANTED, Status.DISPUTED})
"""Where a team lead decides."""

WORKING = frozenset(
    {
        Status.IN_PROGRESS,
        Status.RECEIVED,
        Status.INSPECTED,
        Status.VISIT_PLANNED,
        Status.IN_REPAIR,
        Status.AWAITING_PARTS,
        Status.REPAIRED,
    }
)
"""Where a member of staff works on what was accepted."""

STAFFED = DECIDING | LEADING | WORKING
"""Where it waits for a person at the desk."""
FOR_A_PERSON = STAFFED | {Status.ACCEPTED}
"""Where somebody is to have it: what was accepted goes on with that."""


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
    MESSAGE_SENT = "message_sent"
    EVIDENCE_ATTACHED = "evidence_attached"
    REMEDY_CHANGED = "remedy_changed"
    LABEL_ISSUED = "label_issued"
    GOODS_SENT = "goods_sent"
    PARCEL_MOVED = "parcel_moved"
    GOODS_RECEIVED = "goods_received"
    GOODS_INSPECTED = "goods_inspected"
    REFUND_ORDERED = "refund_ordered"
    REFUND_FAILED = "refund_failed"
    REFUNDED = "refunded"
    REFUND_CONTRADICTED = "refund_contradicted"
    REPLACEMENT_WANTED = "replacement_wanted"
    REPLACEMENT_RESERVED = "replacement_reserved"
    REPLACEMENT_ORDERED = "replacement_ordered"
    REPLACEMENT_FAILED = "replacement_failed"
    REPLACEMENT_SHIPPED = "replacement_shipped"
    DIAGNOSED = "diagnosed"
    QUOTE_ACCEPTED = "quote_accepted"
    QUOTE_DECLINED = "quote_declined"
    CHARGE_ORDERED = "charge_ordered"
    CHARGED = "charged"
    CHARGE_FAILED = "charge_failed"
    CHARGE_CONTRADICTED = "charge_contradicted"
    VISIT_PLANNED = "visit_planned"
    PARTS_WANTED = "parts_wanted"
    PARTS_ARRIVED = "parts_arrived"
    REPAIRED = "repaired"
    NOT_REPAIRABLE = "not_repairable"
    GOODS_DISPATCHED = "goods_dispatched"
    DELIVERED = "delivered"
    COMPENSATION_PROPOSED = "compensation_proposed"
    COMPENSATION_REFUSED = "compensation_refused"
    CREDIT_ORDERED = "credit_ordered"
    CREDIT_GIVEN = "credit_given"
    CREDIT_FAILED = "credit_failed"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    DISPUTE_ANSWERED = "dispute_answered"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNDELIVERED = "undelivered"
    OVERDUE = "overdue"
    SLA_WARNED = "sla_warned"
    SLA_BREACHED = "sla_breached"
    ESCALATED = "escalated"
    PRIORITY_CHANGED = "priority_changed"
    TAKEN_BACK = "taken_back"
    HANDED_OVER = "handed_over"
    TASK_OPENED = "task_opened"
    TASK_DONE = "task_done"
    NOTED = "noted"
    NOTICE_UNCERTAIN = "notice_uncertain"
    SURVEY_SENT = "survey_sent"
    SURVEY_ANSWERED = "survey_answered"
    FOLLOW_UP_PLANNED = "follow_up_planned"
    FOLLOW_UP_DUE = "follow_up_due"
    FOLLOWED_UP = "followed_up"


S = Status
Moves = dict[Status, set[Status]]

AT_WORK = {S.IN_PROGRESS, S.INSPECTED}
"""Where staff choose what is done next: without goods, or once they were looked at."""

UNDER_WAY = {S.AWAITING_GOODS, S.IN_TRANSIT, S.RECEIVED} | AT_WORK
"""Where an accepted application stands while something is left to do, by where its goods are."""

DELIVERED_OR_NOT = {S.DELIVERING, S.AWAITING_CONFIRMATION}


def _each(sources: set[Status], *targets: Status) -> Moves:
    return {source: set(targets) for source in sources}


def _staying(sources: set[Status]) -> Moves:
    return {source: {source} for source in sources}


TRANSITIONS: dict[Step, dict[Status, frozenset[Status]]] = {
    step: {source: frozenset(targets) for source, targets in moves.items()}
    for step, moves in {
        Step.ACCEPTED: _each({S.SUBMITTED, S.MANUAL_REVIEW, S.APPEALED}, S.ACCEPTED),
        Step.REJECTED: _each({S.SUBMITTED, S.MANUAL_REVIEW, S.APPEALED} | AT_WORK, S.REJECTED),
        Step.APPEALED: {S.REJECTED: {S.APPEALED}},
        Step.REFERRED: {S.SUBMITTED: {S.MANUAL_REVIEW}},
        Step.ASSIGNED: {S.ACCEPTED: UNDER_WAY} | _staying(set(OPEN - DONE - {S.SUBMITTED, S.ACCEPTED})),
        Step.INFORMATION_REQUESTED: _each(
            {S.SUBMITTED, S.MANUAL_REVIEW, S.APPEALED, S.IN_PROGRESS}, S.INFORMATION_WANTED
        ),
        Step.INFORMATION_GIVEN: {
            S.INFORMATION_WANTED: {S.SUBMITTED, S.MANUAL_REVIEW, S.APPEALED, S.IN_PROGRESS},
        },
        Step.MESSAGE_SENT: _staying(set(OPEN - {S.SUBMITTED})),
        Step.REMEDY_CHANGED: _each(UNDER_WAY - {S.RECEIVED}, *UNDER_WAY),
        Step.GOODS_SENT: {S.AWAITING_GOODS: {S.IN_TRANSIT}}
        | _staying({S.IN_TRANSIT, S.REFUND_ORDERED, S.REPLACEMENT_ORDERED, S.AWAITING_PAYMENT}),
        Step.GOODS_RECEIVED: _each({S.AWAITING_GOODS, S.IN_TRANSIT, S.IN_PROGRESS}, S.RECEIVED)
        | _staying({S.REFUND_ORDERED, S.REPLACEMENT_ORDERED, S.AWAITING_PAYMENT}),
        Step.GOODS_INSPECTED: _each({S.RECEIVED}, S.INSPECTED, *DELIVERED_OR_NOT),
        Step.REFUND_ORDERED: _each({S.ACCEPTED, S.APPROVAL_WANTED} | UNDER_WAY, S.REFUND_ORDERED),
        Step.REFUND_FAILED: {S.REFUND_ORDERED: UNDER_WAY},
        Step.REFUNDED: _each({S.REFUND_ORDERED} | UNDER_WAY, *UNDER_WAY, *DELIVERED_OR_NOT),
        Step.REPLACEMENT_ORDERED: _each({S.ACCEPTED} | UNDER_WAY, S.REPLACEMENT_ORDERED),
        Step.REPLACEMENT_FAILED: {S.REPLACEMENT_ORDERED: UNDER_WAY}
        | _staying({S.ACCEPTED, S.INFORMATION_WANTED, S.REFUND_ORDERED, S.AWAITING_PAYMENT} | UNDER_WAY),
        Step.REPLACEMENT_SHIPPED: {S.REPLACEMENT_ORDERED: UNDER_WAY | DELIVERED_OR_NOT},
        Step.DIAGNOSED: {
            S.RECEIVED: {S.IN_REPAIR, S.QUOTE_OFFERED, S.INSPECTED},
            S.INSPECTED: {S.IN_REPAIR, S.QUOTE_OFFERED, S.INSPECTED},
            S.IN_PROGRESS: {S.QUOTE_OFFERED, S.IN_PROGRESS},
            S.VISIT_PLANNED: {S.QUOTE_OFFERED, S.IN_PROGRESS},
        },
        Step.QUOTE_ACCEPTED: {S.QUOTE_OFFERED: {S.AWAITING_PAYMENT}},
        Step.QUOTE_DECLINED: {S.QUOTE_OFFERED: AT_WORK},
        Step.CHARGE_ORDERED: _each({S.AWAITING_GOODS} | AT_WORK, S.AWAITING_PAYMENT),
        Step.CHARGED: {S.AWAITING_PAYMENT: {S.IN_REPAIR, S.EXPIRED} | UNDER_WAY | DELIVERED_OR_NOT},
        Step.CHARGE_FAILED: {S.AWAITING_PAYMENT: UNDER_WAY},
        Step.VISIT_PLANNED: _each({S.IN_PROGRESS, S.VISIT_PLANNED}, S.VISIT_PLANNED),
        Step.PARTS_WANTED: {S.IN_REPAIR: {S.AWAITING_PARTS}},
        Step.PARTS_ARRIVED: {S.AWAITING_PARTS: {S.IN_REPAIR}},
        Step.REPAIRED: {
            S.IN_REPAIR: {S.REPAIRED},
            S.IN_PROGRESS: {S.AWAITING_CONFIRMATION},
            S.VISIT_PLANNED: {S.AWAITING_CONFIRMATION},
        },
        Step.NOT_REPAIRABLE: _each({S.IN_REPAIR, S.AWAITING_PARTS}, S.INSPECTED)
        | _each({S.IN_PROGRESS, S.VISIT_PLANNED}, S.IN_PROGRESS),
        Step.GOODS_DISPATCHED: _each({S.REPAIRED, S.INSPECTED}, S.DELIVERING),
        Step.DELIVERED: {S.DELIVERING: {S.AWAITING_CONFIRMATION}}
        | _staying({S.REFUND_ORDERED, S.AWAITING_PAYMENT, S.AWAITING_CONFIRMATION} | UNDER_WAY),
        Step.COMPENSATION_PROPOSED: _each(AT_WORK, S.APPROVAL_WANTED),
        Step.COMPENSATION_REFUSED: {S.APPROVAL_WANTED: AT_WORK},
        Step.CREDIT_ORDERED: _each({S.APPROVAL_WANTED} | AT_WORK, S.CREDIT_ORDERED),
        Step.CREDIT_GIVEN: {S.CREDIT_ORDERED: {S.AWAITING_CONFIRMATION} | AT_WORK},
        Step.CREDIT_FAILED: {S.CREDIT_ORDERED: AT_WORK},
        Step.COMPLETED: _each(AT_WORK, S.AWAITING_CONFIRMATION),
        Step.CONFIRMED: _each(DELIVERED_OR_NOT, S.RESOLVED),
        Step.DISPUTED: _each(DELIVERED_OR_NOT, S.DISPUTED),
        Step.DISPUTE_ANSWERED: {S.DISPUTED: {S.RESOLVED}},
        Step.REOPENED: {S.DISPUTED: AT_WORK},
        Step.CANCELLED: _each(
            {S.SUBMITTED, S.INFORMATION_WANTED, S.ACCEPTED, S.IN_PROGRESS, S.AWAITING_GOODS, S.IN_TRANSIT} | DECIDING,
            S.CANCELLED,
        ),
        Step.EXPIRED: _each({S.INFORMATION_WANTED, S.AWAITING_GOODS}, S.EXPIRED),
    }.items()
}
"""From which status to which a step may lead. A step that is not listed leaves every status as it is."""

BESIDE = frozenset(Step) - TRANSITIONS.keys() - {Step.FILED}
"""Steps that are recorded beside the status, at any time."""

STAFF_ONLY = frozenset(
    {
        Step.OVERDUE,
        Step.SLA_WARNED,
        Step.SLA_BREACHED,
        Step.ESCALATED,
        Step.PRIORITY_CHANGED,
        Step.TAKEN_BACK,
        Step.HANDED_OVER,
        Step.TASK_OPENED,
        Step.TASK_DONE,
        Step.NOTED,
        Step.NOTICE_UNCERTAIN,
        Step.UNDELIVERED,
        Step.REFUND_CONTRADICTED,
        Step.CHARGE_CONTRADICTED,
        Step.COMPENSATION_PROPOSED,
        Step.COMPENSATION_REFUSED,
        Step.REPLACEMENT_WANTED,
        Step.FOLLOW_UP_DUE,
        Step.FOLLOWED_UP,
    }
)
"""Steps that customers do not see. Of an assignment they see the step, not who."""


def targets(step: Step, status: Status) -> frozenset[Status]:
    """The statuses that `step` may lead to from `status`; empty when it is not possible there."""
    if step in BESIDE:
        return frozenset({status})
    return TRANSITIONS.get(step, {}).get(status, frozenset())
