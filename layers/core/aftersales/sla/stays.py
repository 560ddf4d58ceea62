"""How long a case stood where: time by status, each with its target."""

from collections.abc import Iterable

from aftersales.applications.lifecycle import Status
from aftersales.applications.limits import LIMITS
from aftersales.applications.model import TimelineEvent
from aftersales.model import Model, Moment


class Stay(Model):
    """In one status, from `since` to `until`; without `until` it is there still.

    `target` is how long it may last, in seconds as on the wall; nothing where it may stay for ever.
    """

    status: Status
    since: Moment
    until: Moment | None = None
    target: int | None = None


def stays(timeline: Iterable[TimelineEvent]) -> list[Stay]:
    """The first one first. Steps that stay in the status belong to one stay."""
    found: list[Stay] = []
    for event in timeline:
        if found and found[-1].status is event.status_to:
            continue
        if found:
            found[-1] = found[-1].model_copy(update={"until": event.at})
        found.append(Stay(status=event.status_to, since=event.at, target=_target(event.status_to)))
    return found


def _target(status: Status) -> int | None:
    limit = LIMITS.get(status)
    return int(limit.total_seconds()) if limit else None
