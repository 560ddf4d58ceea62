"""Tell the lead of an escalation: at least once, by its event."""

from aftersales.applications import store as applications
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import TimelineEvent
from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.settings import Setting


def tell(number: str, sequence: int) -> bool:
    """Whether that event is an escalation. What is said names the case, and nobody."""
    event = applications.load_event(number, sequence)
    if event.step is not Step.ESCALATED:
        return False
    client("sns").publish(
        TopicArn=Setting.ESCALATIONS_TOPIC.read(), Subject=f"Escalated: {number}", Message=_words(event)
    )
    return True


def _words(event: TimelineEvent) -> str:
    return "\n".join(
        (
            f"{event.number} of {event.store_id} needs a lead: {event.data.get('reason', 'unknown')}.",
            f"Priority {event.data.get('priority', 'unknown')}, status {event.status_to}, since {rfc3339(event.at)}.",
            f"{event.number} 需要主管处理。",
            f"{Setting.RUNBOOK_URL.read()}/sla.md",
        )
    )
