"""A person decides: where the policy left it to one, about what they work on, or about an appeal."""

from typing import Annotated, Literal

from pydantic import Field

from aftersales import clock
from aftersales.applications import appeal, store
from aftersales.applications.decision import STEPS, carry_out
from aftersales.applications.lifecycle import OPEN, targets
from aftersales.applications.model import MAX_LINES, Application, Decision, LineDecision, LineOutcome, PolicyReason
from aftersales.errors import AnotherPersonDecides, InvalidRequest, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model
from aftersales.orders.names import LineId
from aftersales.staff.allowed import may_decide_it
from aftersales.staff.casework import must_have_no_open_tasks
from aftersales.staff.mine import must_be_of

PERSON = "person"
"""The code of a reason that a person gave."""

UNDECIDED = Decision(outcome="manual_review", reasons=(), policy="none")

Outcomes = dict[str, LineOutcome]
"""By line id."""


class StaffDecision(Model):
    """`message` is the reason; the customer reads it. To accept a part, name the lines; the others are refused."""

    outcome: Literal["accept", "partly_accept", "reject"]
    message: LongText
    accepted_lines: Annotated[list[LineId], Field(max_length=MAX_LINES)] = []


def decide(number: str, who: Principal, wanted: StaffDecision) -> Application:
    """The decision says who made it, why, and which rules it went against.

    Raises `AnotherPersonDecides` to who rejected what was appealed, lead or not; `NotYours`; `StepNotPossible`;
    `InvalidRequest`.
    """
    application = store.load(number)
    if application.status in OPEN and not may_decide_it(application, who):
        raise AnotherPersonDecides
    must_be_of(application, who)
    if application.settled or not targets(STEPS[wanted.outcome], application.status):
        raise StepNotPossible(f"an application that is {application.status} cannot be decided so")
    if wanted.outcome == "reject":
        must_have_no_open_tasks(number)
    decision = _decision(application, who, wanted)
    overrode = {"overrode": list(decision.overrode)}
    return carry_out(application, decision, who.actor(), message=wanted.message, data=overrode)


def _decision(application: Application, who: Principal, wanted: StaffDecision) -> Decision:
    earlier = application.decision or UNDECIDED
    outcomes = _outcomes(application, wanted)
    may_appeal = wanted.outcome == "reject" and not application.appealed_at
    changes = {
        "outcome": wanted.outcome,
        "reasons": (PolicyReason(code=PERSON, text={application.language: wanted.message}),),
        "lines": _lines(earlier, outcomes),
        "decided_by": who.id,
        "overrode": _overrode(earlier, outcomes),
        "appeal_until": clock.now() + appeal.WITHIN if may_appeal else None,
    }
    return earlier.model_copy(update=changes)


def _outcomes(application: Application, wanted: StaffDecision) -> Outcomes:
    accepted = _accepted(set(application.decided_lines), wanted)
    return {line_id: "accept" if line_id in accepted else "reject" for line_id in application.decided_lines}


def _accepted(lines: set[str], wanted: StaffDecision) -> set[str]:
    chosen = set(wanted.accepted_lines)
    if wanted.outcome == "partly_accept":
        if not chosen or not chosen < lines:
            raise InvalidRequest("accepted_lines must name some of the application's lines, and not all")
        return chosen
    if chosen:
        raise InvalidRequest("accepted_lines are for partly_accept")
    return lines if wanted.outcome == "accept" else set()


def _lines(earlier: Decision, outcomes: Outcomes) -> tuple[LineDecision, ...]:
    """The terms of each line stay; where the person differs, the reason is theirs."""
    known = {line.line_id: line for line in earlier.lines}
    for line_id, outcome in outcomes.items():
        line = known.get(line_id) or LineDecision(line_id=line_id, outcome="manual_review")
        if line.outcome != outcome:
            known[line_id] = line.model_copy(update={"outcome": outcome, "rules": (PERSON,), "reasons": (PERSON,)})
    return tuple(known.values())


def _overrode(earlier: Decision, outcomes: Outcomes) -> tuple[str, ...]:
    """What spoke for another outcome, of the lines that it is still about; a rule that left it to a person did not."""
    decided = [line for line in earlier.lines if line.outcome in ("accept", "reject")]
    against = [line for line in decided if outcomes.get(line.line_id, line.outcome) != line.outcome]
    return tuple(dict.fromkeys(rule for line in against for rule in line.rules))
