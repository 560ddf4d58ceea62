"""Behind the storefront queue: tell it what an event means for it, for a day, and then leave it to a person."""

from aftersales.messaging.retries import for_a_day
from aftersales.queue import Announced, queue_handler
from aftersales.settings import Setting
from aftersales.telemetry import count, logger
from aftersales.webhooks.tell import leave_to_a_person, tell


def work(event: Announced) -> None:
    logger.append_keys(number=event.detail.number)
    count(f"Storefront_{tell(event.detail.number, event.detail.sequence)}")


def give_up(event: Announced.Detail) -> None:
    leave_to_a_person(event.number, event.sequence)


handler = queue_handler(Announced, work, for_a_day(Setting.STOREFRONT_QUEUE, give_up))
