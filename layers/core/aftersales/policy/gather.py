"""Gather the facts of an application, as they were when it was filed: a slow queue costs no customer their right."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from aftersales.applications.model import Application, ApplicationLine
from aftersales.money import share
from aftersales.orders.model import Order, OrderLine
from aftersales.policy.danger import tells_of_danger
from aftersales.policy.facts import Facts, Line
from aftersales.policy.windows import day, days_off_before, months_since
from aftersales.stores.model import Store

DAY = timedelta(days=1)


class Repairs(NamedTuple):
    """Earlier repairs of one line, and the days that they took together."""

    tried: int = 0
    days: int = 0


class History(NamedTuple):
    """When the customer applied and ordered within the last year, and what was repaired, by line.

    `ordered` is None when the store does not say whose order it is.
    """

    applied: tuple[datetime, ...] = ()
    ordered: tuple[datetime, ...] | None = None
    repairs: dict[str, Repairs] = {}


def gather(application: Application, order: Order, store: Store, history: History) -> tuple[Line, ...]:
    """One set of facts a line; for an application about none, one set without a line."""
    zone = ZoneInfo(store.time_zone)
    country = order.country or store.country
    filed_on = day(application.filed_at, zone)
    delivered_on = _delivered_on(order, zone, filed_on)
    common = {
        "type": application.type,
        "channel": application.channel,
        "danger": tells_of_danger(application.description),
        "currency": order.currency,
        "evidence": application.photos_attached,
        "country": country,
        "days_since_order": max((filed_on - day(order.placed_at, zone)).days, 0),
        **(since_delivery(delivered_on, filed_on, country) if delivered_on else {"delivered": False}),
        **_order(order),
        **_customer(application, order, history),
    }
    parts: Iterable[dict[str, Any]] = [
        _line(line, order, filed_on, history.repairs.get(line.line_id, Repairs())) for line in application.lines
    ] or [{}]
    return tuple(Line(Facts.model_validate(common | part), delivered_on) for part in parts)


def _delivered_on(order: Order, zone: ZoneInfo, filed_on: date) -> date | None:
    """What arrived only after it was applied for had not arrived."""
    delivered_on = day(order.delivered_at, zone) if order.delivered_at else None
    return delivered_on if delivered_on and delivered_on <= filed_on else None


def since_delivery(delivered_on: date, filed_on: date, country: str) -> dict[str, Any]:
    """The facts that follow from the day of delivery."""
    days = max((filed_on - delivered_on).days, 0)
    return {
        "delivered": True,
        "days_since_delivery": days,
        "days_since_delivery_at_work": max(days - days_off_before(filed_on, country), 0),
        "months_since_delivery": months_since(delivered_on, filed_on),
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "order_total": sum(order.ledger[line.line_id].paid for line in order.lines),
        "order_channel": order.channel,
        "season": order.season,
        "payment_instrument": order.payment_instrument,
    }


def _customer(application: Application, order: Order, history: History) -> dict[str, Any]:
    known: dict[str, Any] = {}
    if order.customer:
        known |= {"customer_tier": order.customer.tier, "risk": order.customer.risk}
    for days in (90, 365):
        since = application.filed_at - days * DAY
        applied = sum(since <= moment < application.filed_at for moment in history.applied)
        ordered = sum(since <= moment <= application.filed_at for moment in history.ordered or ())
        rate = round(100 * applied / ordered) if ordered else None
        known |= {f"applications_{days}": applied, f"application_rate_{days}": rate}
    return known


def _line(line: ApplicationLine, order: Order, filed_on: date, repairs: Repairs) -> dict[str, Any]:
    sold, ledger = order.line(line.line_id), order.ledger[line.line_id]
    known = _sold(sold, line.quantity, filed_on, repairs) if sold else {}
    told = (line.serial_number, sold.serial_number if sold else None)
    return known | {
        "reason": line.reason,
        "opened": line.opened,
        "serial_number": next((serial for serial in told if serial and serial.strip()), None),
        "quantity": line.quantity,
        "price_paid": share(ledger.paid, ledger.bought, ledger.settled, line.quantity) if ledger.bought else 0,
        "repairs_tried": repairs.tried,
        "days_in_repair": repairs.days,
    }


def _sold(sold: OrderLine, quantity: int, filed_on: date, repairs: Repairs) -> dict[str, Any]:
    ends = sold.warranty_ends_on
    return {
        "category": sold.category,
        "tags": sold.tags,
        "final_sale": sold.final_sale,
        "custom_made": sold.custom_made or sold.category == "custom_made",
        "perishable": sold.perishable or sold.category == "perishable",
        "digital": sold.digital or sold.category == "digital",
        "periodical": sold.category == "periodical",
        "no_return_confirmed": sold.no_return_confirmed,
        "seller": sold.seller,
        "discount": share(sold.discount, sold.quantity, 0, min(quantity, sold.quantity)),
        "warranty_days_left": (ends - filed_on).days + repairs.days if ends else None,
    }
