"""What a policy would have decided otherwise than was decided."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from aftersales.applications.lifecycle import REFUNDING
from aftersales.applications.model import Outcome
from aftersales.model import Model, Moment
from aftersales.money import share
from aftersales.policy.answer import Verdict
from aftersales.policy.facts import Line
from aftersales.policy.record import DecisionRecord
from aftersales.policy.rules import Rules, together


class Difference(Model):
    """An application of which a line would have another outcome: before and after, with the codes and rules of why.

    `paid_before` and `paid_after` are what accepted lines would be paid back, in minor units of `currency`.
    """

    number: str
    decided_at: Moment
    before: Outcome
    after: Outcome
    reasons_before: tuple[str, ...]
    reasons_after: tuple[str, ...]
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]
    currency: str
    paid_before: int
    paid_after: int


class Tally(Model):
    """Counts over all that was tried. `outcomes` counts by `before>after`, `paid_*` add up minor units by currency.

    `unreadable` are records of a time with other facts than today's.
    """

    tried: int = 0
    changed: int = 0
    unreadable: int = 0
    outcomes: dict[str, int] = {}
    paid_before: dict[str, int] = {}
    paid_after: dict[str, int] = {}

    def plus(self, other: "Tally") -> "Tally":
        return Tally(
            tried=self.tried + other.tried,
            changed=self.changed + other.changed,
            unreadable=self.unreadable + other.unreadable,
            outcomes=_added(self.outcomes, other.outcomes),
            paid_before=_added(self.paid_before, other.paid_before),
            paid_after=_added(self.paid_after, other.paid_after),
        )


def _added(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in sorted(one.keys() | other.keys())}


class Compared(NamedTuple):
    tally: Tally
    differences: tuple[Difference, ...]


def compare(rules: Rules, records: Iterable[DecisionRecord]) -> Compared:
    """Decide them all again."""
    tally, differences = Counting(), []
    for record in records:
        try:
            lines = [decided.line() for decided in record.lines]
        except ValidationError:
            tally.unreadable += 1
            continue
        after = [rules.decide(line) for line in lines]
        found = _difference(record, lines, after)
        tally.count(found)
        if any(was.verdict.outcome != now.outcome for was, now in zip(record.lines, after, strict=True)):
            differences.append(found)
    return Compared(tally.tally(changed=len(differences)), tuple(differences))


class Counting:
    """A tally while it is counted: adding up models one by one would take longer than deciding."""

    def __init__(self) -> None:
        self.unreadable = 0
        self._outcomes: Counter[str] = Counter()
        self._before: Counter[str] = Counter()
        self._after: Counter[str] = Counter()

    def count(self, found: Difference) -> None:
        self._outcomes[f"{found.before}>{found.after}"] += 1
        self._before[found.currency] += found.paid_before
        self._after[found.currency] += found.paid_after

    def tally(self, changed: int) -> Tally:
        return Tally(
            tried=self._outcomes.total(),
            changed=changed,
            unreadable=self.unreadable,
            outcomes=dict(self._outcomes),
            paid_before=dict(self._before),
            paid_after=dict(self._after),
        )


def _difference(record: DecisionRecord, lines: Sequence[Line], after: Sequence[Verdict]) -> Difference:
    before = [line.verdict for line in record.lines]
    return Difference(
        number=record.number,
        decided_at=record.decided_at,
        before=together(before),
        after=together(after),
        reasons_before=_reasons(before),
        reasons_after=_reasons(after),
        rules_before=_rules(before),
        rules_after=_rules(after),
        currency=lines[0].facts.currency,
        paid_before=sum(map(_paid, lines, before)),
        paid_after=sum(map(_paid, lines, after)),
    )


def _reasons(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for found in verdicts for code in found.reasons))


def _rules(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule for found in verdicts for rule in found.rules))


def _paid(line: Line, found: Verdict) -> int:
    """What an accepted refund comes to, less its restocking fee; the quote itself may take off more."""
    if found.outcome != "accept" or line.facts.type not in REFUNDING:
        return 0
    return share(line.facts.price_paid or 0, 100, 0, 100 - found.restocking_fee)
