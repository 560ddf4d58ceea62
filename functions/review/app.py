"""A task of the state machine: let the policy decide."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.flow.standing import Standing, standing
from aftersales.policy.review import review
from aftersales.telemetry import count, logger


def work(task: Standing) -> dict[str, Any]:
    logger.append_keys(number=task.number)
    application = review(task.number)
    count(f"Reviewed_{application.status}")
    return standing(application).document()


handler = lambda_handler(Standing, work)
