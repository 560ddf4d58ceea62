"""Behind the assignment queue: find the person, and let the state machine go on when there is one."""

from aftersales.flow.waits import Wait, register
from aftersales.queue import queue_handler
from aftersales.staff.pull import assign_in_turn
from aftersales.telemetry import count, logger


def work(wait: Wait) -> None:
    """The wait comes first: whether we assign or a person claims, the same event ends it."""
    logger.append_keys(number=wait.number)
    register(wait)
    count("Assigned" if assign_in_turn(wait.number).assignee else "LeftInBacklog")


handler = queue_handler(Wait, work)
