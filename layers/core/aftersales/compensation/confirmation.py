"""What is told of a coupon or of points: that they were given, or that it failed."""

from typing import Annotated

from pydantic import Field

from aftersales.applications.compensation import CreditOutcome
from aftersales.applications.lifecycle import Status
from aftersales.model import LongText, Model


class Confirmation(Model):
    """`reference` is what the customer finds it by, as a coupon's code. `message` is for staff."""

    outcome: CreditOutcome
    reference: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    message: LongText | None = None


class CreditReport(Confirmation):
    """A team lead says what became of it."""

    credit_id: str


class Heard(Model):
    """The case as it stands after the confirmation."""

    credit_id: str
    number: str
    status: Status
