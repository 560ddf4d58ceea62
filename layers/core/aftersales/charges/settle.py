"""Bring a charge to its end: once, whoever tells of it and however often."""

from typing import Any

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.charge import Charge
from aftersales.applications.holding import held
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import SYSTEM, Actor, Application
from aftersales.applications.plan import back_to_work, next_status
from aftersales.charges.confirmation import Confirmation
from aftersales.charges.kept import owed, paid_refund
from aftersales.errors import CurrencyMismatch, InvalidRequest, NotFound, StepNotPossible
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders.moving import moving
from aftersales.resolution.settle import changed


def application_of(charge_id: str) -> Application:
    """The application that the charge was ordered for, now or before. Raises `NotFound`."""
    application = store.load_by_event(charge_id)
    _charge(application, charge_id)
    return application


def settle(charge_id: str, actor: Actor, told: Confirmation) -> Application:
    """The first word counts; told again, it changes nothing. A later word that differs moves nothing, and staff see it.

    Raises `NotFound`, `CurrencyMismatch`, `InvalidRequest`, and `StepNotPossible` for another word later.
    """
    application = commit.until_written(lambda: _settle(application_of(charge_id), charge_id, actor, told))
    if _charge(application, charge_id).outcome != told.outcome:
        raise StepNotPossible("the charge ended otherwise before; staff have been told")
    return application


def leave_unpaid(application: Application) -> Application:
    """The customer let the time to pay pass."""
    return _failed(application, _charge(application), SYSTEM)


def _settle(application: Application, charge_id: str, actor: Actor, told: Confirmation) -> Application:
    charge = _charge(application, charge_id)
    _check_amount(charge, told.amount)
    if charge.outcome == told.outcome:
        return application
    if charge.outcome:
        return _contradicted(application, charge, actor, told)
    heard = charge.model_copy(update={"reference": told.reference})
    if told.outcome == "failed":
        return _failed(application, heard, actor, message=told.message)
    paid = _goods_kept_paid if charge.purpose == "goods_kept" else _paid
    return paid(application, heard, actor, message=told.message)


def _contradicted(application: Application, charge: Charge, actor: Actor, told: Confirmation) -> Application:
    """Recorded once, beside the status: whether the customer has paid, nobody knows without looking."""
    if charge.contradicted:
        return application
    doubtful = charge.model_copy(update={"contradicted": told.outcome})
    return commit.step(
        application,
        Step.CHARGE_CONTRADICTED,
        actor,
        message=told.message,
        charges=tuple(doubtful if each.charge_id == charge.charge_id else each for each in application.charges),
        look_at=clock.now(),
        data={"charge_id": charge.charge_id, "told": told.outcome, "reference": told.reference},
    )


def _charge(application: Application, charge_id: str | None = None) -> Charge:
    """Of that name, or the last. Raises `NotFound`."""
    named = (charge for charge in reversed(application.charges) if charge_id in (None, charge.charge_id))
    found = next(named, None)
    if found is None:
        raise NotFound
    return found


def _check_amount(charge: Charge, amount: Money) -> None:
    if amount.currency != charge.amount.currency:
        raise CurrencyMismatch(f"the charge is in {charge.amount.currency}")
    if amount != charge.amount:
        raise InvalidRequest(f"amount: {charge.amount.amount} was asked for")


def _failed(application: Application, charge: Charge, actor: Actor, message: str | None = None) -> Application:
    """Goods that are here or on their way by now are gone on with; what never came is for a person."""
    on_its_way = not application.inspection and (application.parcel or application.received_at)
    for_a_person = charge.purpose == "goods_kept" and not on_its_way
    to = back_to_work(application) if for_a_person else next_status(application)
    ended = charge.model_copy(update={"outcome": "failed"})
    return commit.step(application, Step.CHARGE_FAILED, actor, to=to, message=message, **_ended(application, ended))


def _paid(application: Application, charge: Charge, actor: Actor, message: str | None) -> Application:
    """What it was for goes on: a repair where the goods are, or an exchange."""
    in_workshop = charge.purpose == "repair" and application.inspection
    to = Status.IN_REPAIR if in_workshop else next_status(application)
    ended = charge.model_copy(update={"outcome": "paid"})
    return commit.step(application, Step.CHARGED, actor, to=to, message=message, **_ended(application, ended))


def _goods_kept_paid(application: Application, charge: Charge, actor: Actor, message: str | None) -> Application:
    """As if nothing had been given for them. Where nothing else came it ends, and goods still on their way go back."""
    due, refund = owed(application), paid_refund(application)
    after = next_status(application) if application.inspection else Status.EXPIRED
    let_go = ledger.difference(held(application), held(application.model_copy(update={"status": after})))
    reclaimed = refund.model_copy(update={"reclaimed": due.units}) if refund else None
    return commit.step(
        application,
        Step.CHARGED,
        actor,
        moving(application.store_id, application.order_number, ledger.together(due.move, let_go)),
        to=after,
        message=message,
        refunds=changed(application, reclaimed) if reclaimed else application.refunds,
        **_ended(application, charge.model_copy(update={"outcome": "paid"})),
    )


def _ended(application: Application, charge: Charge) -> dict[str, Any]:
    """The last one is the one that is waited for."""
    return {
        "charges": (*application.charges[:-1], charge),
        "data": {"charge_id": charge.charge_id, "purpose": charge.purpose, "reference": charge.reference},
    }
