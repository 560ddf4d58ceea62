"""Policies to read: what a store has published, and the packs that are shipped."""

from typing import Any

from aftersales.errors import NotFound
from aftersales.model import Model
from aftersales.policy import store
from aftersales.policy.packs import DEFAULT, EXAMPLES, STATUTES, written
from aftersales.stores import store as stores

SHIPPED = (DEFAULT, *EXAMPLES, *STATUTES)


class Shown(Model):
    """A policy as it was written, and what it is called in decisions."""

    name: str
    policy: dict[str, Any]


def look(store_id: str, version: str) -> Shown:
    """A version by its number, or a pack by its name. Raises `NotFound`."""
    stores.load(store_id)
    if version in SHIPPED:
        return Shown(name=version, policy=written(version))
    if not (version.isascii() and version.isdigit()):
        raise NotFound
    published = store.get(store_id, store.version_key(int(version)))
    return Shown(name=f"{store_id}@{published['version']}", policy=published["policy"])
