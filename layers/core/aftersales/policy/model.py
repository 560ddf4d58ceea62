"""What a policy sees and what it says."""

from datetime import date
from typing import Literal

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Reason
from aftersales.model import Model
from aftersales.orders.names import Category


class LineFacts(Model):
    line_id: str
    category: Category
    reason: Reason
    quantity: int


class Facts(Model):
    """Days are calendar days in the store's time zone. `delivered_on` is absent until the goods have arrived."""

    type: Type
    filed_on: date
    delivered_on: date | None = None
    lines: tuple[LineFacts, ...]


class Verdict(Model):
    """The outcome and the codes of the reasons for it; `policy` names the version that said so."""

    outcome: Literal["accept", "reject", "manual_review"]
    reasons: tuple[str, ...]
    policy: str
