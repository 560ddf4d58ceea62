"""When a refund that could not be passed on is tried again: soon, then ever later, for about a day.

The queue does the waiting. A message that failed stays hidden for as long as we say, at most twelve hours from when it
was received; if nobody says, it comes back after the queue's own three minutes.
"""

from aftersales.aws import client
from aftersales.queue import Delivery
from aftersales.settings import Setting

MINUTE, HOUR = 60, 3600
WAITS = (10, MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, 11 * HOUR)
"""Seconds after the first time that it failed, the second, and so on. Stripe knows a repeated key for 24 hours."""


def wait_after(times: int) -> int | None:
    """How long to wait after so many times; None when it is for a person to look.

    The queue brings it once more after that, so that this is known although a function may die.
    """
    return WAITS[times - 1] if times <= len(WAITS) else None


def put_off(delivery: Delivery, seconds: int) -> None:
    client("sqs").change_message_visibility(
        QueueUrl=Setting.REFUND_QUEUE.read(), ReceiptHandle=delivery.receiptHandle, VisibilityTimeout=seconds
    )
