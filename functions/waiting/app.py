"""A task of the state machine: remember its token until someone moves the application, or end a wait that is over."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.flow.standing import Standing, standing
from aftersales.flow.timeout import time_out
from aftersales.flow.waits import Wait, register
from aftersales.telemetry import count, logger


class WaitTask(Standing):
    """With a token: wait. Without: the wait has reached its limit."""

    token: str | None = None


def work(task: WaitTask) -> dict[str, Any] | None:
    logger.append_keys(number=task.number)
    if task.token:
        register(Wait(**dict(task)))
        return None
    application = time_out(task)
    count(f"TimedOut_{task.status}")
    return standing(application).document()


handler = lambda_handler(WaitTask, work)
