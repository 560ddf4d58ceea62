"""Cases that have come to where a story goes on. In the desk's own terms, in Shanghai's time."""

from typing import Any

from aftersales.applications.lifecycle import Status, Step
from aftersales.sla.clocks import Due
from tests.unit.sla.story import Story, filed

S = Status


def referred(at: str = "2026-03-09 10:31", priority: str = "normal") -> Story:
    """Filed, and for a person to decide."""
    return filed().then(at, Step.REFERRED, S.MANUAL_REVIEW, priority=priority)


def with_mei(at: str = "2026-03-09 10:40", priority: str = "normal") -> Story:
    return referred(priority=priority).then(at, Step.ASSIGNED, assignee="mei")


def at_work(at: str = "2026-03-09 10:40") -> Story:
    """Accepted by the policy, and Mei works on it without goods coming back."""
    accepted = filed().then("2026-03-09 10:31", Step.ACCEPTED, S.ACCEPTED)
    return accepted.then(at, Step.ASSIGNED, S.IN_PROGRESS, assignee="mei")


def awaiting_goods() -> Story:
    accepted = filed().then("2026-03-09 10:31", Step.ACCEPTED, S.ACCEPTED)
    return accepted.then("2026-03-09 10:40", Step.ASSIGNED, S.AWAITING_GOODS, assignee="mei")


def kinds(story: Story) -> set[str]:
    return set(story.clocks().running)


def told(story: Story) -> list[tuple[str, str]]:
    return [(due.clock.kind, due.mark) for due in story.clocks().due()]


def tell(story: Story, at: str, step: Step, due: Due, **data: Any) -> Story:
    return story.then(at, step, clock=due.clock.name, **data)


def breached(story: Story, kind: str, at: str) -> Story:
    [due] = [due for due in story.clocks().due() if due.clock.kind == kind]
    return tell(story, at, Step.SLA_BREACHED, due)


def follows(story: Story, kind: str) -> str | None:
    return dict(told(story)).get(kind)
