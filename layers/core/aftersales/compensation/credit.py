"""Have a coupon or points given by the storefront."""

from typing import Any, Literal

from aftersales.applications import commit
from aftersales.applications.compensation import Credit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Actor, Application
from aftersales.errors import Outdated
from aftersales.money import Money
from aftersales.orders.moving import crediting
from aftersales.tables import Cancelled, Write


def order_credit(
    application: Application,
    actor: Actor,
    kind: Literal["coupon", "points"],
    amount: Money,
    *more: Write,
    **details: Any,
) -> Application:
    """With it the order counts what it is worth. Raises `StepNotPossible`, `Outdated`."""
    credit = Credit(credit_id=application.next_event_id, kind=kind, amount=amount)
    try:
        return commit.step(
            application,
            Step.CREDIT_ORDERED,
            actor,
            crediting(application.store_id, application.order_number, amount.amount),
            *more,
            credit=credit,
            data={"credit_id": credit.credit_id, "kind": kind, "amount": amount.document()},
            **details,
        )
    except Cancelled as cancelled:
        raise Outdated from cancelled
