"""The storefront, or a team lead, says whether the customer has paid."""

from aftersales.charges.confirmation import ChargeReport, Confirmation, Heard
from aftersales.charges.settle import application_of, settle
from aftersales.errors import NotFound
from aftersales.identity.principal import Principal


def confirm_charge(charge_id: str, who: Principal, told: Confirmation) -> None:
    """Told again, the same outcome changes nothing; another one is refused.

    Raises `NotFound`, for another store's charge as well, `CurrencyMismatch`, `InvalidRequest`, `StepNotPossible`.
    """
    charge_state(charge_id, who)
    settle(charge_id, who.actor(), told)


def report_charge(number: str, who: Principal, told: ChargeReport) -> None:
    """Where no program reports it. As for a storefront's word, the first one counts."""
    if application_of(told.charge_id).number != number:
        raise NotFound
    settle(told.charge_id, who.actor(), told)


def charge_state(charge_id: str, who: Principal) -> Heard:
    """Raises `NotFound`, for another store's charge as well."""
    application = application_of(charge_id)
    who.must_own(application.number, application.store_id)
    return Heard(charge_id=charge_id, number=application.number, status=application.status)
