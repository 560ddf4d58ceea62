"""A task of the state machine: send the survey."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.feedback.survey import invite
from aftersales.flow.standing import Standing, standing
from aftersales.telemetry import logger


def work(task: Standing) -> dict[str, Any]:
    logger.append_keys(number=task.number)
    return standing(invite(task.number)).document()


handler = lambda_handler(Standing, work)
