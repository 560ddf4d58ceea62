"""What is told of a replacement: how far it is, or that there is none."""

from typing import Literal

from pydantic import model_validator

from aftersales.applications.lifecycle import Status
from aftersales.applications.replacement import ReplacementState
from aftersales.model import LongText, Model, ShortText

ReplacementOutcome = Literal["reserved", "shipped", "delivered", "failed"]


class Confirmation(Model):
    """What was shipped names its parcel. `reference` is the storefront's own name for it; `message` is for staff."""

    outcome: ReplacementOutcome
    carrier: ShortText | None = None
    tracking_number: ShortText | None = None
    reference: ShortText | None = None
    message: LongText | None = None

    @model_validator(mode="after")
    def _names_its_parcel(self) -> "Confirmation":
        if self.outcome == "shipped" and not (self.carrier and self.tracking_number):
            raise ValueError("what was shipped has a carrier and a tracking_number")
        return self


class ReplacementReport(Confirmation):
    """Staff say what became of it. The customer reads their message."""

    replacement_id: str


class Heard(Model):
    """The replacement and its case as they stand after the confirmation."""

    replacement_id: str
    number: str
    state: ReplacementState
    status: Status
