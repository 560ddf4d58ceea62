"""Say whether it could be repaired."""

from typing import Literal

from aftersales.applications import commit
from aftersales.applications.charge import paid_for, voided
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application
from aftersales.applications.plan import back_to_work
from aftersales.applications.repair import Repair
from aftersales.errors import StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.repair.case import repair_of


class RepairResult(Model):
    """The customer reads `message`."""

    outcome: Literal["repaired", "not_repairable"]
    message: LongText


def finish(number: str, who: Principal, result: RepairResult) -> Application:
    """What was paid for a repair that was not possible is void. Raises `NotYours`, `StepNotPossible`."""
    application, known = repair_of(number, who)
    _check(application, known)
    repair = known.model_copy(update={"outcome": result.outcome})
    if result.outcome == "repaired":
        return commit.step(application, Step.REPAIRED, who.actor(), message=result.message, repair=repair)
    return commit.step(
        application,
        Step.NOT_REPAIRABLE,
        who.actor(),
        to=back_to_work(application),
        message=result.message,
        repair=repair,
        charges=voided(application.charges, "repair"),
    )


def _check(application: Application, repair: Repair) -> None:
    if repair.finding is None:
        raise StepNotPossible("it was not diagnosed")
    if repair.outcome:
        raise StepNotPossible(f"the repair has ended: {repair.outcome}")
    if repair.costs and not paid_for(application.charges, "repair"):
        raise StepNotPossible("the customer has not paid for it")
