"""What is left to do for an application that was accepted: it follows from where the goods are and what was done."""

from aftersales.applications.lifecycle import REFUNDING, REPLACING, RETURNING, Status, Step, Type
from aftersales.applications.model import Application, ApplicationLine, RefundDue

DUE_IN: dict[RefundDue, frozenset[Status]] = {
    "at_once": frozenset({Status.ACCEPTED, Status.AWAITING_GOODS, Status.IN_TRANSIT, Status.RECEIVED}),
    "at_handover": frozenset({Status.IN_TRANSIT, Status.RECEIVED}),
    "at_receipt": frozenset({Status.RECEIVED}),
    "after_inspection": frozenset(),
}
"""In which statuses, before the inspection, the money or the replacement may go to the customer.

At the handover: where a carrier is heard, it must have said that it has the goods. Else a person looks before they pay.
"""


def coming_back(application: Application) -> tuple[ApplicationLine, ...]:
    """The lines whose goods the store waits for: by the type, unless the decision lets the customer keep them."""
    if application.type not in RETURNING:
        return ()
    decided = application.decision.lines if application.decision else ()
    kept = {line.line_id for line in decided if not line.send_back}
    return tuple(line for line in application.lines if line.line_id not in kept)


def remedy_is_due(application: Application) -> bool:
    """Whether nothing has to be waited for: the inspection, or by the terms of each line that comes back less."""
    lines = {line.line_id for line in coming_back(application)}
    if not lines or application.inspection:
        return True
    terms = application.decision.lines if application.decision else ()
    due = {line.line_id for line in terms if _is_due(application, line.refund_due)}
    return lines <= due


def _is_due(application: Application, refund_due: RefundDue) -> bool:
    if refund_due == "at_handover" and not _is_handed_over(application):
        return False
    return application.status in DUE_IN[refund_due]


def _is_handed_over(application: Application) -> bool:
    parcel = application.parcel
    return application.received_at is not None or (parcel is not None and parcel.is_handed_over)


def next_status(application: Application) -> Status:
    """Where an accepted application stands next: goods that come back first, then what is done, then the customer."""
    if coming_back(application) and not application.inspection:
        return _of_goods(application)
    if not application.settled:
        return back_to_work(application)
    under_way = application.delivery is not None and application.delivery.delivered_at is None
    return Status.DELIVERING if under_way else Status.AWAITING_CONFIRMATION


def _of_goods(application: Application) -> Status:
    if application.received_at:
        return Status.RECEIVED
    return Status.IN_TRANSIT if application.parcel else Status.AWAITING_GOODS


def back_to_work(application: Application) -> Status:
    """Where a person goes on: goods that were inspected are still here."""
    return Status.INSPECTED if application.inspection else Status.IN_PROGRESS


def by_itself(application: Application) -> Step | None:
    """What the desk does next without a person; None when it is for one.

    What the policy accepts with everything due at once is given at once. Goods to be exchanged are set aside as soon as
    the exchange is accepted, so that there is something to send when the old ones are here.
    """
    if application.status is not Status.ACCEPTED or application.settled:
        return None
    if application.type in REFUNDING and not application.refunds:
        return Step.REFUND_ORDERED if _at_once(application) else None
    if application.type in REPLACING and application.replacement is None:
        if _at_once(application):
            return Step.REPLACEMENT_ORDERED
        return Step.REPLACEMENT_WANTED if application.type is Type.EXCHANGE else None
    return None


def _at_once(application: Application) -> bool:
    """By the policy alone: what a person accepted is carried out by a person."""
    decision = application.decision
    if decision is None or decision.decided_by is not None:
        return False
    terms = {line.line_id: line.refund_due for line in decision.lines}
    return all(terms.get(line.line_id) == "at_once" for line in application.lines)
