"""Review an application: gather the facts, ask the policy, write what it said with why."""

from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from aftersales import clock
from aftersales.applications import commit
from aftersales.applications import store as applications
from aftersales.applications.decision import carry_out
from aftersales.applications.lifecycle import Status
from aftersales.applications.model import SYSTEM, Application, Decision, LineDecision, LineTerms, Outcome, PolicyReason
from aftersales.clock import rfc3339
from aftersales.errors import NotFound
from aftersales.orders import store as orders
from aftersales.policy import store as policies
from aftersales.policy.answer import Verdict
from aftersales.policy.facts import Line
from aftersales.policy.gather import gather
from aftersales.policy.history import history
from aftersales.policy.in_force import InForce, in_force
from aftersales.policy.record import DecidedLine, DecisionRecord
from aftersales.policy.rules import needs, priority, team, together
from aftersales.policy.windows import end_of
from aftersales.stores import store as stores
from aftersales.stores.model import Store

ON_ITS_WAY = timedelta(minutes=2)
"""How long a photo may take from the customer's device before it is asked for."""


class Reviewed(NamedTuple):
    """The application as it stands, and what ops should know: versions that could not be read, policies that failed.

    `evidence_on_its_way`: a photo was announced, is needed and is not here yet, so nothing was decided.
    """

    application: Application
    evidence_on_its_way: bool = False
    unreadable: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def review(number: str) -> Reviewed:
    """Decide on a submitted application; one that was decided or cancelled meanwhile is left as it is."""
    return commit.until_written(lambda: _review(applications.load(number)))


def _review(application: Application) -> Reviewed:
    if application.status is not Status.SUBMITTED:
        return Reviewed(application)
    shop = stores.load(application.store_id)
    holding = in_force(application.store_id, application.filed_at)
    lines = _lines(application, shop)
    verdicts = tuple(holding.rules.decide(line) for line in lines)
    decision = _decision(application, holding, verdicts, ZoneInfo(shop.time_zone))
    if decision.outcome == "information_wanted" and _on_its_way(application):
        return Reviewed(application, evidence_on_its_way=True)
    after = _write(application, decision, _record(application, holding, lines, verdicts))
    failed = tuple(policy for found in verdicts for policy in found.failed)
    return Reviewed(after, unreadable=holding.unreadable, failed=failed)


def _lines(application: Application, shop: Store) -> tuple[Line, ...]:
    order = orders.load(application.store_id, application.order_number)
    if order is None:
        raise NotFound
    return gather(application, order, shop, history(application, order))


def _on_its_way(application: Application) -> bool:
    announced = sum(photo.attached_at is None for photo in application.photos)
    return announced > 0 and clock.now() < application.filed_at + ON_ITS_WAY


def _decision(application: Application, holding: InForce, verdicts: tuple[Verdict, ...], zone: ZoneInfo) -> Decision:
    """Who was asked for evidence once and sent something else is for a person: nobody is asked twice."""
    if application.decision and application.decision.outcome == "information_wanted":
        verdicts = tuple(map(_for_a_person, verdicts))
    outcome = together(verdicts)
    appeal = timedelta(days=holding.rules.own.appeal_days)
    return Decision(
        outcome=outcome,
        reasons=_reasons(holding, outcome, verdicts),
        policy=holding.name,
        lines=tuple(_line(line_id, v, zone) for line_id, v in zip(application.decided_lines, verdicts, strict=True)),
        priority=priority(verdicts),
        team=team(verdicts),
        needs=needs(verdicts),
        appeal_until=clock.now() + appeal if outcome == "reject" and appeal else None,
    )


def _for_a_person(found: Verdict) -> Verdict:
    """What was asked for in vain is not asked for again."""
    if found.outcome != "information_wanted":
        return found
    return found.model_copy(update={"outcome": "manual_review", "reasons": ("fact_missing",)})


def _reasons(holding: InForce, outcome: Outcome, verdicts: tuple[Verdict, ...]) -> tuple[PolicyReason, ...]:
    """Of the lines that the outcome comes from: who waits for a person must not read that another line may go back."""
    deciding = [found for found in verdicts if found.outcome == outcome] or verdicts
    codes = dict.fromkeys(code for found in deciding for code in found.reasons)
    return tuple(PolicyReason(code=code, text=holding.rules.sentence(code)) for code in codes)


def _line(line_id: str, found: Verdict, zone: ZoneInfo) -> LineDecision:
    terms = {name: value for name, value in dict(found).items() if name in LineTerms.model_fields}
    last = end_of(found.window_ends_on, zone) if found.window_ends_on else None
    return LineDecision(line_id=line_id, window_ends_at=last, **terms)


def _record(
    application: Application, holding: InForce, lines: tuple[Line, ...], verdicts: tuple[Verdict, ...]
) -> DecisionRecord:
    decided = zip(application.decided_lines, lines, verdicts, strict=True)
    return DecisionRecord(
        number=application.number,
        sequence=application.version + 1,
        store_id=application.store_id,
        decided_at=clock.now(),
        policy=holding.name,
        outcome=together(verdicts),
        lines=tuple(DecidedLine.of(line_id, line, found) for line_id, line, found in decided),
    )


def _write(application: Application, decision: Decision, record: DecisionRecord) -> Application:
    """The event tells where its record is: by when it was decided."""
    told = {
        "policy": decision.policy,
        "reasons": [reason.code for reason in decision.reasons],
        "decided_at": rfc3339(record.decided_at),
    }
    return carry_out(application, decision, SYSTEM, policies.recording(record), data=told)
