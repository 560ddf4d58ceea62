"""What is to be known of a case beside another."""

from datetime import datetime
from typing import NamedTuple

from aftersales.applications.lifecycle import Status, Type


class OtherCase(NamedTuple):
    """One of the same customer's."""

    number: str
    type: Type
    status: Status
    filed_at: datetime
    store_id: str
    order_number: str
    assignee: str | None = None
