"""What an application holds of its order's units, and where the goods are: it follows from where it stands."""

from collections import Counter

from aftersales.applications.lifecycle import FINAL, TALKING, Status, Type
from aftersales.applications.model import Application
from aftersales.applications.plan import coming_back
from aftersales.orders.ledger import Move

CONDITIONS = {"as_described": "received_good", "damaged": "received_damaged", "used": "received_damaged"}
"""Which counter of the ledger counts units in this condition. Missing or wrong ones did not come back."""

WITH_THE_CUSTOMER = frozenset({Status.REJECTED, Status.CANCELLED, Status.EXPIRED})
"""Where goods that had come go back, and goods on their way are not waited for any more."""


def held(application: Application) -> Move:
    """By line, against an order that nobody has applied about. What a refund or an exchange moves is not in it."""
    holding: Move = {}
    if application.type in TALKING:
        return holding
    for line in application.lines:
        counters = holding.setdefault(line.line_id, Counter())
        if application.status not in FINAL and not application.settled:
            counters.update(reserved=line.quantity, available=-line.quantity)
        if application.status is Status.REJECTED:
            counters["refused"] += line.quantity
    for line in application.refused_lines:
        holding.setdefault(line.line_id, Counter())["refused"] += line.quantity
    for line_id, counter, quantity in _goods(application):
        holding[line_id][counter] += quantity
    return holding


def _goods(application: Application) -> list[tuple[str, str, int]]:
    if application.status in WITH_THE_CUSTOMER or _sent_back(application):
        return []
    if application.inspection:
        known = [line for line in application.inspection if line.condition in CONDITIONS]
        return [(line.line_id, CONDITIONS[line.condition], line.quantity) for line in known]
    where = _whereabouts(application)
    return [(line.line_id, where, line.quantity) for line in coming_back(application)] if where else []


def _sent_back(application: Application) -> bool:
    """Repaired or not, the customer gets their own goods back."""
    return application.type is Type.REPAIR and application.delivery is not None


def _whereabouts(application: Application) -> str | None:
    if application.received_at:
        return "received"
    return "in_return" if application.parcel else None
