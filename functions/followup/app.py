"""Plan the call back as a task of the state machine, and turn it into work when the scheduler says it is due."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.flow.standing import standing
from aftersales.followup import follow_up
from aftersales.model import Model
from aftersales.telemetry import count, logger


class FollowUpTask(Model):
    """From the state machine, or `due` from the scheduler."""

    number: str
    due: bool = False


def work(task: FollowUpTask) -> dict[str, Any]:
    logger.append_keys(number=task.number)
    application = follow_up.fall_due(task.number) if task.due else follow_up.plan(task.number)
    count("FollowUpDue" if task.due else "FollowUpPlanned")
    return standing(application).document()


handler = lambda_handler(FollowUpTask, work)
