"""Behind the refund queue: have the store's gateway pay, again and again for a day, and then leave it to a person."""

from aftersales.messaging.retries import for_a_day
from aftersales.queue import Announced, queue_handler
from aftersales.resolution.pay_back import leave_to_a_person, pay_back
from aftersales.settings import Setting
from aftersales.telemetry import count, logger


def work(event: Announced) -> None:
    logger.append_keys(number=event.detail.number)
    count(f"Refund_{pay_back(event.detail.number, event.detail.data['refund_id'])}")


def give_up(refund: Announced.Detail) -> None:
    leave_to_a_person(refund.number, refund.data["refund_id"])


handler = queue_handler(Announced, work, for_a_day(Setting.REFUND_QUEUE, give_up))
