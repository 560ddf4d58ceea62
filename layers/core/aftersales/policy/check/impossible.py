"""Facts that never come together, so that no row needs to take them.

They are gathered together: what has arrived has all its days, and a category that is a fact of its own has that fact.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from aftersales.policy.check.regions import Limits
from aftersales.policy.facts import OF_A_CATEGORY

DAYS = ("days_since_delivery", "days_since_delivery_at_work", "months_since_delivery")

Together = Callable[[Any, Any], bool]
"""Whether a value of one fact can come with a value of another."""


def _known_with(one: object, other: object) -> bool:
    return (one is None) == (other is None)


def _arrived_with(arrived: bool, day: int | None) -> bool:  # noqa: FBT001 a fact's value
    return arrived == (day is not None)


def _has(category: str) -> Together:
    return lambda found, has: has or found != category


PAIRS: tuple[tuple[str, str, Together], ...] = (
    *(("delivered", day, _arrived_with) for day in DAYS),
    *((one, other, _known_with) for one, other in combinations(DAYS, 2)),
    *(("category", category, _has(category)) for category in OF_A_CATEGORY),
)


def impossible(facts: Mapping[str, Sequence[Any]]) -> Iterator[Limits]:
    """What never comes, as rows that take it. `facts` are in the order of the region's bits."""
    place = {name: at for at, name in enumerate(facts)}
    for one, other, together in PAIRS:
        for at, value in enumerate(facts.get(one, ())):
            never = sum(1 << to for to, with_ in enumerate(facts.get(other, ())) if not together(value, with_))
            if never:
                yield (place[one], 1 << at), (place[other], never)
