"""The storefront, or a team lead, says whether a coupon or points were given."""

from typing import Any

from aftersales.applications import commit, store
from aftersales.applications.compensation import Credit, CreditOutcome
from aftersales.applications.lifecycle import TALKING, Status, Step
from aftersales.applications.model import Actor, Application
from aftersales.applications.plan import back_to_work
from aftersales.compensation.confirmation import Confirmation, CreditReport, Heard
from aftersales.errors import NotFound, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.orders.moving import crediting
from aftersales.tables import Write

ENDS: dict[Step, CreditOutcome] = {Step.CREDIT_GIVEN: "given", Step.CREDIT_FAILED: "failed"}


def confirm_credit(credit_id: str, who: Principal, told: Confirmation) -> None:
    """Told again, the same outcome changes nothing; another one is refused.

    Raises `NotFound`, for another store's credit as well, and `StepNotPossible`.
    """
    credit_state(credit_id, who)
    commit.until_written(lambda: _settle(store.load_by_event(credit_id), credit_id, who.actor(), told))


def report_credit(number: str, who: Principal, told: CreditReport) -> None:
    """For a storefront that gives coupons where no program reports it. The first word counts, whoever says it."""
    if store.load_by_event(told.credit_id).number != number:
        raise NotFound
    confirm_credit(told.credit_id, who, told)


def credit_state(credit_id: str, who: Principal) -> Heard:
    """Raises `NotFound`, for another store's credit as well."""
    application = store.load_by_event(credit_id)
    who.must_own(application.number, application.store_id)
    return Heard(credit_id=credit_id, number=application.number, status=application.status)


def _settle(application: Application, credit_id: str, actor: Actor, told: Confirmation) -> None:
    credit = application.credit
    if credit is not None and credit.credit_id == credit_id and credit.outcome is None:
        _end(application, credit, actor, told)
    elif _ended(application.number, credit_id) != told.outcome:
        raise StepNotPossible("the credit was confirmed otherwise before")


def _ended(number: str, credit_id: str) -> CreditOutcome:
    """How a credit ended, also one before the last. Raises `NotFound`."""
    ends = [event for event in store.timeline(number) if event.step in ENDS and event.data["credit_id"] == credit_id]
    if not ends:
        raise NotFound
    return ENDS[ends[0].step]


def _end(application: Application, credit: Credit, actor: Actor, told: Confirmation) -> None:
    given = told.outcome == "given"
    ended = credit.model_copy(update={"outcome": told.outcome, "reference": told.reference})
    commit.step(
        application,
        Step.CREDIT_GIVEN if given else Step.CREDIT_FAILED,
        actor,
        *_taken_off(application, credit, given=given),
        message=told.message,
        credit=ended,
        data={"credit_id": credit.credit_id, "kind": credit.kind},
        **_after(application, given=given),
    )


def _after(application: Application, *, given: bool) -> dict[str, Any]:
    """Where nothing else was asked for, the answer that came with it is all; else a person goes on."""
    settled = application.settled or (given and application.type in TALKING)
    done = given and settled
    return {"to": Status.AWAITING_CONFIRMATION if done else back_to_work(application), "settled": settled}


def _taken_off(application: Application, credit: Credit, *, given: bool) -> list[Write]:
    """The order counts only what was given."""
    amount = credit.amount.amount
    return [] if given else [crediting(application.store_id, application.order_number, -amount)]
