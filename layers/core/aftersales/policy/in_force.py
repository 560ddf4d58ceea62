"""The rules that hold for an application: the version that was in force when it was filed, ready to decide."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from aftersales.errors import NotFound
from aftersales.policy import store
from aftersales.policy.packs import DEFAULT, pack, statutes
from aftersales.policy.rules import Rules
from aftersales.policy.versions import Effect, called

UNREADABLE = (NotFound, KeyError, ValueError, RuntimeError)
"""A version that is gone, that is written in another form than today's, or that ZEN cannot load."""


class InForce(NamedTuple):
    """`unreadable` are versions that should hold and could not be read: the last good one before them does."""

    name: str
    rules: Rules
    unreadable: tuple[str, ...] = ()


def in_force(store_id: str, at: datetime) -> InForce:
    """A store that has published nothing has the plain default above the law."""
    unreadable: list[str] = []
    for effect in _last_of_each_moment(store.effects(store_id, at)):
        if effect.version == 0:
            return InForce(DEFAULT, _default(), tuple(unreadable))
        name = called(store_id, effect.version)
        try:
            return InForce(name, _rules(store_id, effect.version), tuple(unreadable))
        except UNREADABLE:
            unreadable.append(name)
    return InForce(DEFAULT, _default(), tuple(unreadable))


def _last_of_each_moment(effects: list[Effect]) -> Iterable[Effect]:
    """The others were taken back: what is unreadable does not bring them into force again."""
    last: dict[datetime, Effect] = {}
    for effect in effects:
        last.setdefault(effect.effective_from, effect)
    return last.values()


@lru_cache(maxsize=32)
def _rules(store_id: str, number: int) -> Rules:
    """A version never changes, so a warm function keeps it."""
    version = store.version(store_id, number)
    return Rules(version.policy, version.floors)


@lru_cache(maxsize=1)
def _default() -> Rules:
    return Rules(pack(DEFAULT), statutes())
