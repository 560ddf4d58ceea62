"""What the customer said last, after what they filed: an answer, an appeal, a dispute."""

from collections.abc import Sequence
from typing import NamedTuple

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import TimelineEvent
from aftersales.sla.fold import is_customers_word, is_word_of_ours


class Heard(NamedTuple):
    """`is_new`: the customer has had no word of ours since."""

    event: TimelineEvent
    is_new: bool


def last_heard(timeline: Sequence[TimelineEvent], type_: Type) -> Heard | None:
    answered = False
    for event in reversed(timeline):
        if is_customers_word(event) and event.message:
            return Heard(event, is_new=not answered)
        answered = answered or is_word_of_ours(event, type_)
    return None
