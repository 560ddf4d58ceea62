"""A case needs a lead: it comes up the list of work at once, and its event tells the leads."""

from aftersales import clock
from aftersales.applications import commit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import SYSTEM, Application
from aftersales.sla.clock import Reason


def escalate(application: Application, reason: Reason, **about: str) -> Application:
    """Raises `Outdated`."""
    told = about | {"reason": reason, "priority": application.priority, "team": application.team}
    look_at = application.look_at or clock.now()
    return commit.step(application, Step.ESCALATED, SYSTEM, data=told, look_at=look_at)
