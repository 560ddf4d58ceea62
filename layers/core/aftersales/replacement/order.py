"""Have the replacement sent: the goods of an exchange, or once more what did not arrive."""

from aftersales.applications import commit
from aftersales.applications.lifecycle import REPLACING, Step, Type
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.applications.plan import remedy_is_due
from aftersales.applications.replacement import Replacement
from aftersales.errors import StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.orders.model import Order
from aftersales.replacement.again import may_be_sent_again, sent_again
from aftersales.replacement.difference import exchange_quote, replacement_lines
from aftersales.resolution.claim import Claim, claim_of
from aftersales.resolution.quoting import order_of
from aftersales.staff.mine import mine


class ReplacementOrder(Model):
    """The customer reads `message`."""

    message: LongText | None = None


def order_replacement(number: str, who: Principal, wanted: ReplacementOrder) -> Application:
    """Raises `StepNotPossible`, also while a price difference is open, `UnknownVariant`, `Outdated`."""
    return _order(mine(number, who), who.actor(), wanted.message)


def order_replacement_by_itself(application: Application) -> Application:
    """The same, without a person."""
    return _order(application, SYSTEM, None)


def _order(application: Application, actor: Actor, message: str | None) -> Application:
    _check(application)
    replacement = sent_again(application) if application.settled else _first(application)
    return commit.step(
        application,
        Step.REPLACEMENT_ORDERED,
        actor,
        message=message,
        replacement=replacement,
        data={"replacement_id": replacement.replacement_id},
    )


def _check(application: Application) -> None:
    if application.type not in REPLACING:
        raise StepNotPossible("this application does not end with goods sent to the customer")
    if application.settled and not may_be_sent_again(application):
        raise StepNotPossible("the replacement was sent before")
    if not remedy_is_due(application):
        raise StepNotPossible("the goods have not been inspected")
    if not claim_of(application).units:
        raise StepNotPossible("nothing of it came back that could be replaced: reject it")


def _first(application: Application) -> Replacement:
    order, claim = order_of(application), claim_of(application)
    if application.type is Type.EXCHANGE:
        _check_difference(application, order, claim)
    return _replacement(application, order, claim)


def _check_difference(application: Application, order: Order, claim: Claim) -> None:
    difference = exchange_quote(order, claim, application.lines)
    if difference.total.amount:
        raise StepNotPossible(f"the replacement is cheaper: refund {difference.total.amount} first")
    if difference.to_pay:
        raise StepNotPossible(f"the replacement is dearer: {difference.to_pay} is to be paid first")


def _replacement(application: Application, order: Order, claim: Claim) -> Replacement:
    """What was set aside keeps its name; after a failure it is another one.

    What is sent once more is the same, whatever was wanted when it was to be exchanged.
    """
    known = application.replacement
    lines = replacement_lines(order, claim, application.lines if application.type is Type.EXCHANGE else ())
    if known and known.state in ("wanted", "reserved"):
        return known.model_copy(update={"state": "ordered", "lines": lines})
    return Replacement(replacement_id=application.next_event_id, state="ordered", lines=lines)
