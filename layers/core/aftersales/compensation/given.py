"""What a case has been given so far: many small gifts are one large one."""

from aftersales.applications import store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application


def given(application: Application) -> int:
    """In minor units: parts of the price, coupons and points that were ordered and have not failed."""
    parts = (refund for refund in application.refunds if refund.purpose == "compensation")
    return sum(part.total.amount for part in parts if part.outcome != "failed") + _credited(application.number)


def _credited(number: str) -> int:
    """The application knows the last one only."""
    events = store.timeline(number)
    failed = {event.data["credit_id"] for event in events if event.step is Step.CREDIT_FAILED}
    ordered = (event.data for event in events if event.step is Step.CREDIT_ORDERED)
    return sum(data["amount"]["amount"] for data in ordered if data["credit_id"] not in failed)
