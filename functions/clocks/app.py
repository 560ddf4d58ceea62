"""Behind the clock queue: where a case stands by its clocks after an event; and the leads hear of an escalation."""

from aftersales.queue import Announced, queue_handler
from aftersales.sla.refresh import refresh
from aftersales.sla.telling import tell
from aftersales.telemetry import count, logger, observe


def work(event: Announced) -> None:
    logger.append_keys(number=event.detail.number)
    case = refresh(event.detail.number)
    if told := tell(case, event.detail.sequence):
        count(f"Escalated_{told.reason}")
        count("LeadMailed" if told.mailed else "LeadNotMailed")
    for clock in case.stopped_by(event.detail.sequence):
        observe(f"Time_{clock.kind}", clock.spent // 1000)


handler = queue_handler(Announced, work)
