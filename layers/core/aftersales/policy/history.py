"""What the desk knows of a customer and of the goods from before."""

from collections import defaultdict
from datetime import datetime, timedelta

from aftersales.applications import store as applications
from aftersales.applications.model import Application
from aftersales.orders import store as orders
from aftersales.orders.customer import key_of_account
from aftersales.orders.model import Order
from aftersales.policy.gather import History, Repairs
from aftersales.repair.days import repaired

YEAR = timedelta(days=365)


def history(application: Application, order: Order) -> History:
    until = application.filed_at
    applied = applications.filed_by(application.customer, until - YEAR, until)
    return History(tuple(applied), _ordered(order, until), _repairs(application, order))


def _ordered(order: Order, until: datetime) -> tuple[datetime, ...] | None:
    if order.customer is None or not order.customer.customer_id:
        return None
    account = key_of_account(order.store_id, order.customer.customer_id)
    return tuple(orders.placed_by(account, until - YEAR, until))


def _repairs(application: Application, order: Order) -> dict[str, Repairs]:
    """Of every line: repairs that were finished before. Few orders have any, so they are looked up one by one."""
    found: defaultdict[str, Repairs] = defaultdict(Repairs)
    for number in dict.fromkeys(order.repairs):
        if number == application.number:
            continue
        times, days = repaired(applications.timeline(number))
        for line in applications.load(number).lines:
            tried, taken = found[line.line_id]
            found[line.line_id] = Repairs(tried + times, taken + days)
    return dict(found)
