"""Behind the refund queue: have the store's gateway pay, again and again for a day, and then leave it to a person."""

from aftersales.queue import Announced, Delivery, queue_handler
from aftersales.resolution.pay_back import leave_to_a_person, pay_back
from aftersales.resolution.retries import put_off, wait_after
from aftersales.telemetry import count, logger


def work(event: Announced) -> None:
    logger.append_keys(number=event.detail.number)
    count(f"Refund_{pay_back(event.detail.number, event.detail.data['refund_id'])}")


def failed(event: Announced, delivery: Delivery) -> None:
    seconds = wait_after(delivery.times)
    if seconds is None:
        leave_to_a_person(event.detail.number, event.detail.data["refund_id"])
    else:
        put_off(delivery, seconds)


handler = queue_handler(Announced, work, failed)
