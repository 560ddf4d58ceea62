"""A task of the state machine: let the policy decide."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.flow.standing import Standing, standing
from aftersales.policy.review import review
from aftersales.telemetry import count, logger


def work(task: Standing) -> dict[str, Any]:
    logger.append_keys(number=task.number)
    reviewed = review(task.number)
    application = reviewed.application
    count(f"Reviewed_{application.status}")
    if reviewed.unreadable or reviewed.failed:
        logger.error("policy failed", unreadable=reviewed.unreadable, failed=reviewed.failed)
        count("PolicyFailed")
    return standing(application, evidence_on_its_way=reviewed.evidence_on_its_way).document()


handler = lambda_handler(Standing, work)
