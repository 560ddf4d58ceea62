"""What is told of a charge: that the customer paid it, or that it failed."""

from aftersales.applications.charge import ChargeOutcome
from aftersales.applications.lifecycle import Status
from aftersales.model import LongText, Model, ShortText
from aftersales.money import Money


class Confirmation(Model):
    """`amount` must be what was asked for; `reference` finds the payment in the books. `message` is for staff."""

    outcome: ChargeOutcome
    amount: Money
    reference: ShortText
    message: LongText | None = None


class ChargeReport(Confirmation):
    """A team lead says what became of it."""

    charge_id: str


class Heard(Model):
    """The case as it stands after the confirmation."""

    charge_id: str
    number: str
    status: Status
