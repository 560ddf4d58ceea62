"""Staff ask the customer for what is due from them: a price difference, or the price of goods that are not here."""

from aftersales.applications.charge import ChargePurpose
from aftersales.applications.lifecycle import AT_WORK, Step, Type
from aftersales.applications.model import Application
from aftersales.applications.plan import remedy_is_due
from aftersales.charges.ask import ask_for
from aftersales.charges.kept import owed
from aftersales.errors import StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.replacement.difference import exchange_quote
from aftersales.resolution.claim import claim_of
from aftersales.resolution.quoting import order_of
from aftersales.staff.mine import mine

Due = tuple[ChargePurpose, int]
"""For what, and how much in minor units."""


class ChargeOrder(Model):
    """What is due follows from the case. The customer reads `message`."""

    message: LongText | None = None


def order_charge(number: str, who: Principal, wanted: ChargeOrder) -> Application:
    """After the remedy, for goods that are not here; before it, for a replacement that is dearer.

    Raises `NotYours`, `StepNotPossible`, `Outdated`.
    """
    application = mine(number, who)
    purpose, amount = _for_goods_kept(application) if application.settled else _difference(application)
    return ask_for(amount, purpose, application, Step.CHARGE_ORDERED, who.actor(), message=wanted.message)


def _for_goods_kept(application: Application) -> Due:
    if application.status not in AT_WORK:
        raise StepNotPossible("goods that may still come are not charged for")
    amount = owed(application).amount
    if not amount:
        raise StepNotPossible("nothing is owed: what was paid back or replaced is here, or was paid for")
    return "goods_kept", amount


def _difference(application: Application) -> Due:
    if application.type is not Type.EXCHANGE:
        raise StepNotPossible("nothing is due from the customer")
    if not remedy_is_due(application):
        raise StepNotPossible("the goods have not been inspected")
    left = exchange_quote(order_of(application), claim_of(application), application.lines).to_pay
    if not left:
        raise StepNotPossible("nothing is left to pay for the replacement")
    return "price_difference", left
