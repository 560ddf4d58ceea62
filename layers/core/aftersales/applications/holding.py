"""What an application holds of its order's units, and where the goods are: it follows from where it stands."""

from collections import Counter

from aftersales.applications.lifecycle import FINAL, RETURNING, TALKING, Status
from aftersales.applications.model import Application, ApplicationLine
from aftersales.orders.ledger import Move

CONDITIONS = {"as_described": "received_good", "damaged": "received_damaged", "used": "received_damaged"}
"""Which counter of the ledger counts units in this condition. Missing or wrong ones did not come back."""

WITH_THE_CUSTOMER = frozenset({Status.REJECTED, Status.CANCELLED, Status.EXPIRED})
"""Where goods that had come go back, and goods on their way are not waited for any more."""

HERE = frozenset({Status.RECEIVED, Status.REFUND_ORDERED, Status.RESOLVED})


def coming_back(application: Application) -> tuple[ApplicationLine, ...]:
    """The lines whose goods the store waits for: by the type, unless the decision lets the customer keep them."""
    if application.type not in RETURNING:
        return ()
    decided = application.decision.lines if application.decision else ()
    kept = {line.line_id for line in decided if not line.send_back}
    return tuple(line for line in application.lines if line.line_id not in kept)


def may_be_paid(application: Application) -> bool:
    """Whether nothing has to be waited for: the inspection, or by the terms of each line that comes back its receipt.

    Terms that let the customer have the money before the goods are here are kept when the goods are.
    """
    lines = {line.line_id for line in coming_back(application)}
    if not lines or application.inspection:
        return True
    terms = application.decision.lines if application.decision else ()
    early = {line.line_id for line in terms if line.refund_due != "after_inspection"}
    return application.status is Status.RECEIVED and lines <= early


def held(application: Application) -> Move:
    """By line, against an order that nobody has applied about. What a refund moves is not in it."""
    holding: Move = {}
    if application.type in TALKING:
        return holding
    for line in application.lines:
        counters = holding.setdefault(line.line_id, Counter())
        if application.status not in FINAL:
            counters.update(reserved=line.quantity, available=-line.quantity)
        if application.status is Status.REJECTED:
            counters["refused"] += line.quantity
    for line in application.refused_lines:
        holding.setdefault(line.line_id, Counter())["refused"] += line.quantity
    for line_id, counter, quantity in _goods(application):
        holding[line_id][counter] += quantity
    return holding


def _goods(application: Application) -> list[tuple[str, str, int]]:
    if application.status in WITH_THE_CUSTOMER:
        return []
    if application.inspection:
        known = [line for line in application.inspection if line.condition in CONDITIONS]
        return [(line.line_id, CONDITIONS[line.condition], line.quantity) for line in known]
    where = _whereabouts(application)
    return [(line.line_id, where, line.quantity) for line in coming_back(application)] if where else []


def _whereabouts(application: Application) -> str | None:
    if application.status in HERE:
        return "received"
    return "in_return" if application.status is Status.AWAITING_GOODS and application.parcel else None
