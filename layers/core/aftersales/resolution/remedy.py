"""Do something else about it than was asked for: a repair that is not possible becomes an exchange, say."""

from typing import Any

from aftersales.applications import commit
from aftersales.applications.charge import voided
from aftersales.applications.lifecycle import REPLACING, RETURNING, TALKING, Status, Step, Type
from aftersales.applications.model import Application
from aftersales.applications.plan import next_status
from aftersales.errors import Forbidden, InvalidRequest, QuantityNotAvailable, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.staff.mine import mine
from aftersales.tables import Cancelled


class RemedyChange(Model):
    """The customer reads `message`."""

    type: Type
    message: LongText


def change_remedy(number: str, who: Principal, wanted: RemedyChange) -> Application:
    """To what the decision allows for every line, or by a lead to anything. Goods that are here are not sent again.

    Raises `NotYours`, `Forbidden`, `InvalidRequest`, `StepNotPossible`, `QuantityNotAvailable`, `Outdated`.
    """
    application = mine(number, who)
    _check(application, wanted.type)
    if not who.leads and wanted.type not in allowed(application):
        raise Forbidden("the decision does not allow it: a lead may")
    after = application.model_copy(update={"type": wanted.type})
    try:
        return commit.step(
            application,
            Step.REMEDY_CHANGED,
            who.actor(),
            to=next_status(after),
            message=wanted.message,
            type=wanted.type,
            data={"from": application.type, "to": wanted.type},
            **_no_longer_wanted(application, wanted.type),
        )
    except Cancelled as cancelled:
        raise QuantityNotAvailable from cancelled


def _check(application: Application, wanted: Type) -> None:
    if wanted in TALKING:
        raise InvalidRequest("type: an answer alone is no other remedy")
    if wanted is application.type:
        raise StepNotPossible("that is what is done about it")
    if not application.lines:
        raise StepNotPossible("this application is about no goods")
    if application.settled:
        raise StepNotPossible("what was to be done was done: only compensation is left")
    if application.status is Status.IN_TRANSIT and wanted not in RETURNING:
        raise StepNotPossible("the goods are on their way here: wait for them")


def remedies(application: Application, who: Principal) -> set[Type]:
    """What this person can do about it instead."""
    if not application.lines:
        return set()
    others = (RETURNING if application.status is Status.IN_TRANSIT else set(Type) - TALKING) - {application.type}
    return set(others if who.leads else others & allowed(application))


def allowed(application: Application) -> set[Type]:
    terms = {line.line_id: set(line.resolutions) for line in application.decision.lines} if application.decision else {}
    return set.intersection(*(terms.get(line.line_id, set()) for line in application.lines))


def _no_longer_wanted(application: Application, wanted: Type) -> dict[str, Any]:
    """Goods that were set aside are let go; what was paid for the old remedy is void."""
    changes: dict[str, Any] = {"charges": voided(application.charges, "price_difference", "repair")}
    if application.replacement and wanted not in REPLACING:
        changes["replacement"] = application.replacement.model_copy(update={"state": "failed"})
    return changes
