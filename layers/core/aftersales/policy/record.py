"""The record of a decision: which version of which policy decided, on which facts, by which rules.

It is kept beside the application, written in the transaction of the step that it led to, and never changed.
"""

from datetime import date
from typing import Any

from aftersales.applications.model import Outcome
from aftersales.model import Model, Moment
from aftersales.policy.answer import Verdict
from aftersales.policy.facts import Facts, Line


class DecidedLine(Model):
    """One line as it was decided; `facts` are those that had another value than when nothing is known."""

    line_id: str
    facts: dict[str, Any]
    delivered_on: date | None = None
    verdict: Verdict

    @classmethod
    def of(cls, line_id: str, line: Line, verdict: Verdict) -> "DecidedLine":
        facts = line.facts.model_dump(mode="json", exclude_defaults=True)
        return cls(line_id=line_id, facts=facts, delivered_on=line.delivered_on, verdict=verdict)

    def line(self) -> Line:
        """To be decided again. Raises `ValidationError` when the facts are of a time that had other ones."""
        return Line(Facts.model_validate(self.facts), self.delivered_on)


class DecisionRecord(Model):
    """`sequence` is the version of the application that the decision made; `policy` names the version that decided.

    It says what the rules said. Who was asked for evidence before and sent none goes to a person all the same.
    """

    number: str
    sequence: int
    store_id: str
    decided_at: Moment
    policy: str
    outcome: Outcome
    lines: tuple[DecidedLine, ...]

    def document(self) -> dict[str, Any]:
        """Without what goes without saying: a record is read rarely and written always."""
        document: dict[str, Any] = self.model_dump(mode="json", exclude_defaults=True)
        return document
