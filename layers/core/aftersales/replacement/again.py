"""A replacement that did not come, or is no better: sent once more, as a lead decides about a dispute."""

from aftersales.applications.model import Application
from aftersales.applications.replacement import Replacement

SENT_BEFORE = frozenset({"shipped", "delivered", "failed"})
"""Failed: the store had none to send again."""


def may_be_sent_again(application: Application) -> bool:
    """What it replaces was settled when it was sent first: no unit and no money moves any more."""
    replacement = application.replacement
    sent = application.settled and replacement is not None and replacement.state in SENT_BEFORE
    return sent and application.disputed_at is not None


def sent_again(application: Application) -> Replacement:
    """The same goods under another name."""
    assert application.replacement
    changes = {"replacement_id": application.next_event_id, "state": "ordered", "reference": None}
    return application.replacement.model_copy(update=changes)
