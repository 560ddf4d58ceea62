"""What a case has been given so far: many small gifts are one large one."""

from collections.abc import Sequence

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application, TimelineEvent
from aftersales.staff.model import Member

Timeline = Sequence[TimelineEvent]


def left_to_give(application: Application, timeline: Timeline, member: Member) -> int:
    """What this member may give alone, less what the case was given before. In minor units; not below zero."""
    return max(0, member.may_give.get(application.currency, 0) - given(application, timeline))


def given(application: Application, timeline: Timeline) -> int:
    """In minor units: parts of the price, coupons and points that were ordered and have not failed."""
    parts = (refund for refund in application.refunds if refund.purpose == "compensation")
    return sum(part.total.amount for part in parts if part.outcome != "failed") + _credited(timeline)


def _credited(events: Timeline) -> int:
    """The application knows the last one only."""
    failed = {event.data["credit_id"] for event in events if event.step is Step.CREDIT_FAILED}
    ordered = (event.data for event in events if event.step is Step.CREDIT_ORDERED)
    return sum(data["amount"]["amount"] for data in ordered if data["credit_id"] not in failed)
