"""Say what is wrong with the goods: from there they are repaired, a repair is offered, or there is none."""

from aftersales.applications import commit
from aftersales.applications.charge import paid_for
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Application, InspectedLine
from aftersales.applications.plan import back_to_work, coming_back
from aftersales.applications.repair import Repair
from aftersales.errors import CurrencyMismatch, InvalidRequest, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.money import Money
from aftersales.repair.case import repair_of
from aftersales.resolution.claim import claim_of


class Diagnosis(Model):
    """The customer reads `finding`. Out of warranty, `price` is what the repair costs them, if only nothing."""

    finding: LongText
    repairable: bool
    under_warranty: bool
    price: Money | None = None


def diagnose(number: str, who: Principal, diagnosis: Diagnosis) -> Application:
    """Goods that were not inspected are damaged by that, all of them.

    Raises `NotYours`, `StepNotPossible`, `InvalidRequest`, `CurrencyMismatch`.
    """
    application, known = repair_of(number, who)
    _check(application, known)
    _check_price(application, diagnosis)
    after = application.model_copy(update={"inspection": application.inspection or _damaged(application)})
    return commit.step(
        application,
        Step.DIAGNOSED,
        who.actor(),
        to=_next(after, diagnosis),
        message=diagnosis.finding,
        repair=_found(known, diagnosis),
        inspection=after.inspection,
        data={"repairable": diagnosis.repairable, "under_warranty": diagnosis.under_warranty, **_priced(diagnosis)},
    )


def _check(application: Application, known: Repair) -> None:
    if application.delivery:
        raise StepNotPossible("the customer has the goods again")
    if not claim_of(application).units:
        raise StepNotPossible("nothing of it came that could be looked at")
    if known.outcome is None and paid_for(application.charges, "repair"):
        raise StepNotPossible("the customer has paid for the repair: say what came of it")


def _check_price(application: Application, diagnosis: Diagnosis) -> None:
    priced = diagnosis.repairable and not diagnosis.under_warranty
    if diagnosis.price and not priced:
        raise InvalidRequest("price: only a repair that no warranty covers has one")
    if priced and diagnosis.price is None:
        raise InvalidRequest("price: say what the repair costs, if only nothing")
    if diagnosis.price and diagnosis.price.currency != application.currency:
        raise CurrencyMismatch(f"the order is in {application.currency}")


def _damaged(application: Application) -> tuple[InspectedLine, ...]:
    """Empty where the customer keeps the goods."""
    return tuple(
        InspectedLine(line_id=line.line_id, quantity=line.quantity, condition="damaged")
        for line in coming_back(application)
    )


def _next(application: Application, diagnosis: Diagnosis) -> Status:
    if not diagnosis.repairable:
        return back_to_work(application)
    if diagnosis.price and diagnosis.price.amount:
        return Status.QUOTE_OFFERED
    return Status.IN_REPAIR if application.inspection else Status.IN_PROGRESS


def _found(known: Repair, diagnosis: Diagnosis) -> Repair:
    return known.model_copy(
        update={
            "finding": diagnosis.finding,
            "under_warranty": diagnosis.under_warranty,
            "price": diagnosis.price,
            "outcome": None if diagnosis.repairable else "not_repairable",
        }
    )


def _priced(diagnosis: Diagnosis) -> dict[str, object]:
    return {"price": diagnosis.price.document()} if diagnosis.price else {}
