"""A task of the state machine: do what the desk does by itself, or leave it to a person."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.flow.standing import Standing
from aftersales.resolution.proceed import proceed
from aftersales.telemetry import count, logger


def work(task: Standing) -> dict[str, Any]:
    logger.append_keys(number=task.number)
    after = proceed(task.number)
    count(f"Proceeded_{after.status}")
    return after.document()


handler = lambda_handler(Standing, work)
