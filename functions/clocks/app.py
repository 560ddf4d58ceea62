"""Behind the clock queue: where a case stands by its clocks after an event; and the lead hears of an escalation."""

from aftersales.queue import Announced, queue_handler
from aftersales.sla.escalation import tell
from aftersales.sla.refresh import refresh
from aftersales.telemetry import count, logger


def work(event: Announced) -> None:
    logger.append_keys(number=event.detail.number)
    case = refresh(event.detail.number)
    if case.escalated and tell(event.detail.number, event.detail.sequence):
        count("EscalationTold")


handler = queue_handler(Announced, work)
