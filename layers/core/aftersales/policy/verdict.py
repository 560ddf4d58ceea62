"""From answers to a verdict, and from the law's verdict and the store's to one that never gives less than the law.

Outcomes are ordered: who is accepted has more than who is looked at by a person, who has more than who is asked for
evidence, who has more than who is refused. So a store may widen what the law gives, and cannot narrow it.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from aftersales.applications.model import Evidence, LineOutcome
from aftersales.policy.answer import Answer, Verdict
from aftersales.policy.engine import Said
from aftersales.policy.facts import Facts
from aftersales.policy.windows import months_after, next_working_day

OUTCOMES: tuple[LineOutcome, ...] = ("reject", "information_wanted", "manual_review", "accept")
"""From what gives the customer least to what gives most."""

REFUND_DUE = ("after_inspection", "at_receipt", "at_handover", "at_once")
FREIGHT = ("customer", "store")
PRIORITY = ("low", "normal", "high", "urgent")


def verdict(said: Said, facts: Facts, delivered_on: date | None) -> Verdict:
    """An answer that needed a fact in vain is for a person; one that needs evidence which is not there asks for it."""
    answer = said.answer
    wanted = tuple(kind for kind in answer.evidence if not _there(kind, facts))
    outcome = answer.outcome
    if said.missing:
        outcome = "manual_review"
    elif outcome == "accept" and wanted:
        outcome = "information_wanted"
    return Verdict(
        outcome=outcome,
        rules=(said.rule,),
        reasons=(answer.reason,) if answer.reason else (),
        resolutions=answer.resolutions or ((facts.type,) if answer.outcome == "accept" else ()),
        window_ends_on=_window(answer, delivered_on, facts.country),
        send_back=answer.send_back,
        refund_due=answer.refund_due,
        return_freight=answer.return_freight,
        restocking_fee=answer.restocking_fee,
        evidence=wanted,
        priority=answer.priority,
        team=answer.team,
        skills=answer.skills,
        weight=answer.weight,
        fired=said.fired,
        missing=said.missing,
    )


def _there(kind: Evidence, facts: Facts) -> bool:
    return facts.evidence > 0 if kind == "photo" else facts.serial_number is not None


def _window(answer: Answer, delivered_on: date | None, country: str) -> date | None:
    if delivered_on is None or (answer.window_days is None and answer.window_months is None):
        return None
    last = months_after(delivered_on, answer.window_months or 0) + timedelta(days=answer.window_days or 0)
    return next_working_day(last, country) if answer.window_rolls else last


def widen(floor: Verdict, own: Verdict) -> Verdict:
    """The better of the two for the customer, in every respect. A floor that is unsure leaves it to a person.

    Where both ask for evidence, what contents one of them is enough. How urgent it is and who gets it, no law says.
    """
    outcome = "manual_review" if floor.missing or floor.failed else max(floor.outcome, own.outcome, key=OUTCOMES.index)
    giving = [v for v in (floor, own) if v.outcome != "reject"] or [own]
    saying = [v for v in (floor, own) if v.outcome == outcome]
    wanted = [v.evidence for v in saying]
    return Verdict(
        outcome=outcome,
        rules=_merged(v.rules for v in saying),
        reasons=_merged(v.reasons for v in saying),
        resolutions=_merged((floor.resolutions, own.resolutions)),
        window_ends_on=max(filter(None, (floor.window_ends_on, own.window_ends_on)), default=None),
        send_back=all(v.send_back for v in giving),
        refund_due=_best(giving, lambda v: v.refund_due, REFUND_DUE),
        return_freight=_best(giving, lambda v: v.return_freight, FREIGHT),
        restocking_fee=min(v.restocking_fee for v in giving),
        evidence=min(wanted, key=len) if outcome == "information_wanted" else _merged(wanted),
        priority=own.priority,
        team=own.team,
        skills=own.skills,
        weight=own.weight,
        fired=floor.fired + own.fired,
        missing=_merged((floor.missing, own.missing)),
        failed=floor.failed + own.failed,
    )


def _merged(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """All of them, each once, in the order in which they come."""
    return tuple(dict.fromkeys(each for part in parts for each in part))


def _best(verdicts: Iterable[Verdict], of: Callable[[Verdict], Any], order: tuple[str, ...]) -> Any:
    return max((of(v) for v in verdicts), key=order.index)
