"""What is given for trouble, without goods coming back."""

from typing import Annotated, Literal

from pydantic import Field

from aftersales.model import LongText, Model
from aftersales.money import Money

CompensationKind = Literal["refund", "coupon", "points"]
CreditOutcome = Literal["given", "failed"]


class Proposal(Model):
    """Above what the agent may give alone: a team lead decides. Money is what it costs the store, also of points."""

    kind: CompensationKind
    amount: Money
    message: LongText
    proposed_by: str


class Credit(Model):
    """A coupon or points, given by the storefront under `credit_id`: told again, it is the same credit.

    `amount` is what it is worth. `reference` is what the customer finds it by, as a coupon's code.
    """

    credit_id: str
    kind: Literal["coupon", "points"]
    amount: Money
    outcome: CreditOutcome | None = None
    reference: Annotated[str | None, Field(max_length=200)] = None
