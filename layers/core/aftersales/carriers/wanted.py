"""Which goods the store pays the way back of, and what a label for them has to say."""

from aftersales.applications.lifecycle import DECIDING, FINAL
from aftersales.applications.model import Application
from aftersales.applications.plan import coming_back
from aftersales.carriers.gateway import Package, WantedLabel
from aftersales.orders.model import Order


def is_at_our_cost(application: Application) -> bool:
    """Whether goods come back, and the way back of every one of them is on the store."""
    decided = application.decision.lines if application.decision else ()
    ours = {line.line_id for line in decided if line.return_freight == "store"}
    back = {line.line_id for line in coming_back(application)}
    return bool(back) and back <= ours


def is_waited_for(application: Application) -> bool:
    """Whether a label is still of use: nobody has sent the goods, and the application has not ended."""
    sent = application.parcel is not None or application.received_at is not None
    return application.label is None and not sent and application.status not in FINAL | DECIDING


def wanted_label(application: Application, order: Order) -> WantedLabel | None:
    """None: the store has not told where the goods went, or what each of them weighs."""
    weights = [_grams(order, line.line_id, line.quantity) for line in coming_back(application)]
    known = [grams for grams in weights if grams is not None]
    if order.ship_to is None or len(known) < len(weights):
        return None
    return WantedLabel(application.number, order.ship_to, Package(grams=sum(known)))


def _grams(order: Order, line_id: str, units: int) -> int | None:
    line = order.line(line_id)
    return line.weight * units if line and line.weight else None
