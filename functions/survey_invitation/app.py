"""A task of the state machine: send the survey."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.feedback.survey import invite
from aftersales.flow.standing import Standing, standing
from aftersales.telemetry import count, logger


def work(task: Standing) -> dict[str, Any]:
    logger.append_keys(number=task.number)
    application = invite(task.number)
    count("SurveySent")
    return standing(application).document()


handler = lambda_handler(Standing, work)
