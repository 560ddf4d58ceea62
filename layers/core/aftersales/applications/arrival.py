"""A parcel to the customer has arrived: as its carrier says, the customer, the storefront, or nobody in time."""

from datetime import datetime
from typing import Any

from aftersales.applications.model import Application


def arrived(application: Application, at: datetime) -> dict[str, Any]:
    """The fields that change by it; none when no parcel is under way."""
    delivery, replacement = application.delivery, application.replacement
    if delivery is None or delivery.delivered_at:
        return {}
    there: dict[str, Any] = {"delivery": delivery.model_copy(update={"delivered_at": at})}
    if replacement and replacement.state == "shipped":
        there["replacement"] = replacement.model_copy(update={"state": "delivered"})
    return there
