"""Send the customer's own goods back: repaired, or as they came."""

from aftersales import clock
from aftersales.applications import commit
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Application
from aftersales.applications.repair import Repair
from aftersales.applications.replacement import Delivery
from aftersales.errors import StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model, ShortText
from aftersales.repair.case import repair_of


class Dispatch(Model):
    """The customer reads all of it."""

    carrier: ShortText
    tracking_number: ShortText
    message: LongText | None = None


def dispatch(number: str, who: Principal, parcel: Dispatch) -> Application:
    """With it the case is settled. Raises `NotYours`, `StepNotPossible`."""
    application, known = repair_of(number, who)
    _check(application, known)
    sent = Delivery(carrier=parcel.carrier, tracking_number=parcel.tracking_number, sent_at=clock.now())
    return commit.step(
        application,
        Step.GOODS_DISPATCHED,
        who.actor(),
        message=parcel.message,
        delivery=sent,
        data={"outcome": known.outcome},
    )


def _check(application: Application, repair: Repair) -> None:
    """Nothing goes back unrepaired before it is known why."""
    if application.status is Status.INSPECTED and repair.finding is None:
        raise StepNotPossible("it was not diagnosed")
    if application.delivery:
        raise StepNotPossible("the customer has the goods again")
