"""What is told of a refund: that it was paid, or that it failed."""

from aftersales.applications.lifecycle import Status
from aftersales.applications.refund import RefundOutcome
from aftersales.model import LongText, Model, ShortText
from aftersales.money import Money


class RefundConfirmation(Model):
    """`amount` is what was paid; it must be what was ordered. `message` is for staff."""

    outcome: RefundOutcome
    amount: Money
    reference: ShortText
    message: LongText | None = None


class OfflineConfirmation(Model):
    """A team lead says what became of a refund; `reference` finds it in the books."""

    refund_id: str
    outcome: RefundOutcome
    amount: Money
    reference: ShortText


class RefundState(Model):
    """The refund as it stands after the confirmation."""

    refund_id: str
    number: str
    status: Status
