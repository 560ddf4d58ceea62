"""Regions of facts, exactly: a value of each fact is one bit, a region holds some values of each fact.

A row is a region, too. Whether rows cover a region together is found by taking them away from it, one after the other:
what a row leaves of a region are at most as many smaller ones as the row tests facts.
"""

from collections.abc import Iterator, Sequence

Region = tuple[int, ...]
"""Bits by fact."""

Limits = tuple[tuple[int, int], ...]
"""A row: the facts that it tests, by their place, and the bits that it lets be. Of other facts it takes all."""


class Tangled(Exception):
    """There are too many regions to look at."""


class Budget:
    """How often something may still be looked at."""

    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self, looks: int = 1) -> None:
        """Raises `Tangled`."""
        self._left -= looks
        if self._left < 0:
            raise Tangled


def meets(region: Region, row: Limits) -> bool:
    return all(region[place] & bits for place, bits in row)


def within(region: Region, row: Limits) -> bool:
    return not any(region[place] & ~bits for place, bits in row)


def common(region: Region, row: Limits) -> Region:
    """What the row takes of it."""
    kept = list(region)
    for place, bits in row:
        kept[place] &= bits
    return tuple(kept)


def uncovered(region: Region, rows: Sequence[Limits], budget: Budget) -> Region | None:
    """A part of it that no row takes. Raises `Tangled`."""
    budget.spend(len(rows))
    near = [row for row in rows if meets(region, row)]
    waiting = [(region, 0)]
    while waiting:
        part, start = waiting.pop()
        met = next((at for at in range(start, len(near)) if meets(part, near[at])), len(near))
        budget.spend(met - start + 1)
        if met == len(near):
            return part
        waiting.extend((left, met + 1) for left in _left(part, near[met]))
    return None


def _left(region: Region, row: Limits) -> Iterator[Region]:
    """What the row does not take: regions that do not overlap."""
    kept = list(region)
    for place, bits in row:
        if outside := kept[place] & ~bits:
            yield (*kept[:place], outside, *kept[place + 1 :])
        kept[place] &= bits


def first(bits: int) -> int:
    """The place of the lowest bit."""
    return (bits & -bits).bit_length() - 1
