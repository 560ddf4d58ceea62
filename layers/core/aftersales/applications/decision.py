"""What was decided takes effect: by the policy or by a person, it comes to the same."""

from typing import Any

from aftersales.applications import commit
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import PRIORITIES, Actor, Application, Decision, Outcome
from aftersales.tables import Write

STEPS: dict[Outcome, Step] = {
    "accept": Step.ACCEPTED,
    "partly_accept": Step.ACCEPTED,
    "reject": Step.REJECTED,
    "manual_review": Step.REFERRED,
    "information_wanted": Step.INFORMATION_REQUESTED,
}


def carry_out(
    application: Application,
    decision: Decision,
    actor: Actor,
    *more: Write,
    message: str | None = None,
    data: dict[str, Any] | None = None,
) -> Application:
    """Write `decision` with the step that it leads to. The event names the outcome, whether it answers an appeal, and
    the priority where that changes.

    Raises as `commit.step` does.
    """
    appeal = {"appeal": True} if application.status is Status.APPEALED else {}
    routing = _routing(application, decision)
    priority = routing.get("priority", application.priority)
    told = {"priority": priority} if priority != application.priority else {}
    return commit.step(
        application,
        STEPS[decision.outcome],
        actor,
        *more,
        message=message,
        data={"outcome": decision.outcome} | appeal | told | (data or {}),
        decision=decision,
        **routing,
        **_changes(application, decision),
    )


def _routing(application: Application, decision: Decision) -> dict[str, Any]:
    """Who is to have it, and how soon, is for the policy to say: a person decides about what they have.

    Asked again, the policy takes back no priority that was raised meanwhile.
    """
    if decision.decided_by is not None:
        return {}
    priority = decision.priority
    if application.decision is not None:
        priority = max(priority, application.priority, key=PRIORITIES.index)
    return {"priority": priority, "team": decision.team or application.team, "needs": decision.needs}


def _changes(application: Application, decision: Decision) -> dict[str, object]:
    if decision.outcome == "information_wanted":
        return {"asked_in": application.status}
    if decision.outcome == "reject":
        return {"rejected_by": decision.decided_by}
    return _divided(application, decision) if decision.outcome == "partly_accept" else {}


def _divided(application: Application, decision: Decision) -> dict[str, object]:
    """From here on it is about the accepted lines alone; with this step the units of the others are free."""
    accepted = {line.line_id for line in decision.lines if line.outcome == "accept"}
    refused = tuple(line for line in application.lines if line.line_id not in accepted)
    return {
        "lines": tuple(line for line in application.lines if line.line_id in accepted),
        "refused_lines": (*application.refused_lines, *refused),
    }
