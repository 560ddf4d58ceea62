"""What the customer said last, after what they filed: an answer, an appeal, a dispute."""

from collections.abc import Sequence
from typing import NamedTuple

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import TimelineEvent
from aftersales.sla.fold import CUSTOMERS_WORDS


class Heard(NamedTuple):
    """`is_new`: the customer has had no word of staff since."""

    event: TimelineEvent
    is_new: bool


def last_heard(timeline: Sequence[TimelineEvent]) -> Heard | None:
    answered = False
    for event in reversed(timeline):
        if event.step in CUSTOMERS_WORDS and event.actor.kind == "customer" and event.message:
            return Heard(event, is_new=not answered)
        answered = answered or _is_word_of_staff(event)
    return None


def _is_word_of_staff(event: TimelineEvent) -> bool:
    return event.actor.kind == "staff" and not event.staff_only and event.step is not Step.ASSIGNED
