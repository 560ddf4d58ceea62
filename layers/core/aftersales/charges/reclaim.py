"""The time to send the goods is over, and they were paid for or replaced before: their price is asked for instead."""

from aftersales.applications import commit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.charges.ask import ask_for
from aftersales.charges.kept import owed
from aftersales.orders.moving import moving


def charge_for_goods_kept(application: Application, actor: Actor = SYSTEM) -> Application:
    """A gift, for which nothing was paid back, is the customer's again without a charge, and the case ends."""
    due = owed(application)
    if due.amount:
        return ask_for(due.amount, "goods_kept", application, Step.CHARGE_ORDERED, actor)
    books = [moving(application.store_id, application.order_number, due.move)] if due.move else []
    return commit.step(application, Step.EXPIRED, actor, *books)
