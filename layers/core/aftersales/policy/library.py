"""What holds for a store, and policies to read: those that it has published, and the packs that are shipped."""

import re
from typing import Any

from aftersales import clock
from aftersales.errors import NotFound
from aftersales.model import Model
from aftersales.policy import store
from aftersales.policy.packs import SHIPPED, STATUTES, written
from aftersales.policy.versions import Effect, Revision, called
from aftersales.stores import store as stores


class PolicyState(Model):
    """What holds for a store, and how it came to: `effects` with the latest first. `draft` is its revision, if any.

    A store that has published nothing has the pack `default`; the floors are beneath every policy.
    """

    store_id: str
    in_force: str
    floors: tuple[str, ...] = STATUTES
    draft: Revision | None = None
    effects: tuple[Effect, ...] = ()


class Shown(Model):
    """A policy as it was written, and what it is called in decisions."""

    name: str
    policy: dict[str, Any]


def state(store_id: str) -> PolicyState:
    """Raises `NotFound` for a store that the desk does not serve."""
    stores.load(store_id)
    holding = store.effects(store_id, clock.now())
    return PolicyState(
        store_id=store_id,
        in_force=called(store_id, holding[0].version if holding else 0),
        draft=_draft_revision(store_id),
        effects=tuple(store.effects(store_id)),
    )


def _draft_revision(store_id: str) -> int | None:
    try:
        revision: int = store.get(store_id, "draft")["revision"]
    except NotFound:
        return None
    return revision


def look(store_id: str, version: str) -> Shown:
    """A version by its number, or a pack by its name. Raises `NotFound`."""
    stores.load(store_id)
    if version in SHIPPED:
        return Shown(name=version, policy=written(version))
    if not re.fullmatch("[0-9]{1,9}", version):
        raise NotFound
    published = store.get(store_id, store.version_key(int(version)))
    return Shown(name=called(store_id, int(version)), policy=published["policy"])
