"""Let everything follow again from the recorded events of applications: for what the stream gave up."""

from collections.abc import Iterable, Iterator

from aftersales.applications.store import timeline
from aftersales.flow.publish import publish


def republish(numbers: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each application with the number of its events. Harmless: every consumer knows what it has done."""
    for number in numbers:
        events = timeline(number)
        for event in events:
            publish(event)
        yield number, len(events)
