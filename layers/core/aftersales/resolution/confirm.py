"""The storefront, or a team lead, says whether a refund was paid."""

from aftersales.errors import NotFound, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.resolution.confirmation import OfflineConfirmation, RefundConfirmation, RefundState
from aftersales.resolution.correct import correct
from aftersales.resolution.settle import application_of, settle


def confirm_refund(refund_id: str, who: Principal, told: RefundConfirmation) -> None:
    """Told again, the same outcome changes nothing; another one is refused, and staff see that it was told.

    Raises `NotFound`, for another store's refund as well, `CurrencyMismatch`, `RefundTooHigh`, `StepNotPossible`.
    """
    refund_state(refund_id, who)
    if settle(refund_id, who.actor(), told) == "contradicted":
        raise StepNotPossible("the refund was confirmed otherwise before; staff have been told")


def report_refund(number: str, who: Principal, told: OfflineConfirmation) -> None:
    """For money that moves where no program reports it. As for a storefront's word, the first one counts, but for this:
    a lead may say that what failed was paid after all.
    """
    if application_of(told.refund_id).number != number:
        raise NotFound
    confirmation = RefundConfirmation(outcome=told.outcome, amount=told.amount, reference=told.reference)
    if not correct(told.refund_id, who.actor(), confirmation):
        confirm_refund(told.refund_id, who, confirmation)


def refund_state(refund_id: str, who: Principal) -> RefundState:
    """Raises `NotFound`, for another store's refund as well."""
    application = application_of(refund_id)
    who.must_own(application.number, application.store_id)
    return RefundState(refund_id=refund_id, number=application.number, status=application.status)
