"""Ask for money: from here on the storefront is to take it from the customer."""

from typing import Any

from aftersales.applications import commit
from aftersales.applications.charge import Charge, ChargePurpose
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Actor, Application
from aftersales.money import Money


def ask_for(
    amount: int, purpose: ChargePurpose, application: Application, step: Step, actor: Actor, **details: Any
) -> Application:
    """`amount` is in minor units. Raises `StepNotPossible`, `Outdated`."""
    charge = Charge(
        charge_id=application.next_event_id,
        purpose=purpose,
        amount=Money(amount=amount, currency=application.currency),
    )
    return commit.step(
        application,
        step,
        actor,
        charges=(*application.charges, charge),
        data={"charge_id": charge.charge_id, "purpose": purpose, "amount": charge.amount.document()},
        **details,
    )
