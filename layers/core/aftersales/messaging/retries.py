"""When what a store did not take is tried again: soon, then ever later, for about a day; then a person looks.

The queue does the waiting. A message that failed stays hidden for as long as we say, at most twelve hours from when it
was received; if nobody says, it comes back after the queue's own three minutes.
"""

from collections.abc import Callable

from aftersales.aws import client
from aftersales.queue import Announced, Delivery, Failed
from aftersales.settings import Setting

MINUTE, HOUR = 60, 3600
WAITS = (10, MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, 11 * HOUR)
"""Seconds after the first time that it failed, the second, and so on. Stripe knows a repeated key for 24 hours."""


def for_a_day(queue: Setting, give_up: Callable[[Announced.Detail], object]) -> Failed[Announced]:
    """What is done about a message of `queue` that failed. `give_up` leaves it to a person.

    The queue brings it once more after that, so that this is known although a function may die.
    """

    def failed(event: Announced, delivery: Delivery) -> None:
        if delivery.times > len(WAITS):
            give_up(event.detail)
        else:
            _put_off(queue, delivery, WAITS[delivery.times - 1])

    return failed


def _put_off(queue: Setting, delivery: Delivery, seconds: int) -> None:
    client("sqs").change_message_visibility(
        QueueUrl=queue.read(), ReceiptHandle=delivery.receiptHandle, VisibilityTimeout=seconds
    )
