"""Decide: a store's own policy above the floors of the customer's country, line by line, and the lines as one."""

from collections.abc import Iterable, Sequence
from functools import reduce

from aftersales.applications.model import Language, Needs, Outcome, Priority
from aftersales.policy.answer import Verdict
from aftersales.policy.document import Policy
from aftersales.policy.engine import Engine, NoAnswer
from aftersales.policy.facts import Line
from aftersales.policy.verdict import PRIORITY, verdict, widen

OWN_REASONS: dict[str, dict[Language, str]] = {
    "fact_missing": {
        "zh-CN": "有些信息我们还不确定，专员会为您核实。",
        "en": "We do not know everything we need yet; a person will look at it.",
    },
    "evidence_wanted_photo": {
        "zh-CN": "请补充能看清问题的照片或视频。",
        "en": "Please add a photo or video that shows the problem.",
    },
    "evidence_wanted_serial_number": {
        "zh-CN": "请告诉我们商品的序列号。",
        "en": "Please tell us the serial number of the product.",
    },
}
"""What is said by whatever policy: it follows from what a table needed."""


class Rules:
    """A store's policy and the floors beneath it, ready to decide."""

    def __init__(self, own: Policy, floors: Sequence[Policy] = ()) -> None:
        self.own = own
        self._floors = tuple(floors)
        self._engine = Engine([own, *floors])
        self._texts = OWN_REASONS | {code: text for policy in (*floors, own) for code, text in policy.reasons.items()}

    def decide(self, line: Line) -> Verdict:
        own = self._said(self.own, line)
        floors = [self._said(floor, line) for floor in self._floors if line.facts.country in floor.countries]
        return _with_needs(reduce(_raised, floors, own))

    def sentence(self, code: str) -> dict[Language, str]:
        return self._texts[code]

    def _said(self, policy: Policy, line: Line) -> Verdict:
        try:
            said = self._engine.ask(policy, line.facts)
        except NoAnswer:
            return Verdict(outcome="manual_review", failed=(policy.name,))
        return verdict(said, line.facts, line.delivered_on)


def _raised(known: Verdict, floor: Verdict) -> Verdict:
    return widen(floor, known)


def _with_needs(found: Verdict) -> Verdict:
    """What a table needed is said beside what it answered."""
    needs: tuple[str, ...] = ()
    if found.outcome == "information_wanted":
        needs = tuple(f"evidence_wanted_{kind}" for kind in found.evidence)
    elif found.outcome == "manual_review" and (found.missing or found.failed):
        needs = ("fact_missing",)
    return found.model_copy(update={"reasons": needs or found.reasons})


def together(verdicts: Iterable[Verdict]) -> Outcome:
    """Lines of which one is for a person are for that person all; refused and accepted ones are partly accepted."""
    outcomes = {found.outcome for found in verdicts}
    if "manual_review" in outcomes:
        return "manual_review"
    if "information_wanted" in outcomes:
        return "information_wanted"
    if outcomes == {"accept", "reject"}:
        return "partly_accept"
    return "accept" if outcomes == {"accept"} else "reject"


def priority(verdicts: Iterable[Verdict]) -> Priority:
    """The highest of the lines'."""
    return max((found.priority for found in verdicts), key=PRIORITY.index)


def team(verdicts: Sequence[Verdict]) -> str | None:
    """Of the lines that name one, that of the most urgent."""
    naming = [found for found in verdicts if found.team]
    return max(naming, key=lambda found: PRIORITY.index(found.priority)).team if naming else None


def needs(verdicts: Sequence[Verdict]) -> Needs:
    """Each skill that a line needs, at the highest level; and the room of the line that needs most."""
    skills: dict[str, int] = {}
    for said in (skill for found in verdicts for skill in found.skills):
        name, _, level = said.partition(":")
        skills[name] = max(int(level or 1), skills.get(name, 1))
    return Needs(skills=skills, weight=max(found.weight for found in verdicts))
