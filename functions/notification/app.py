"""Behind the notice queue: a mail to the customer for what is worth one."""

from aftersales.messaging.notify import notify
from aftersales.queue import Announced, queue_handler
from aftersales.telemetry import count, logger


def work(event: Announced) -> None:
    logger.append_keys(number=event.detail.number)
    count(f"Notice_{notify(event.detail.number, event.detail.sequence)}")


handler = queue_handler(Announced, work)
