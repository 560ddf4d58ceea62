"""Publish a draft, roll back to a version, and see what holds."""

from typing import Any

from aftersales import clock, tables
from aftersales.applications.idempotency import Attempt
from aftersales.errors import InvalidRequest, NotFound, Outdated
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model, Moment
from aftersales.policy import drafts, store
from aftersales.policy.drafts import Revision
from aftersales.policy.packs import DEFAULT, STATUTES, statutes
from aftersales.policy.versions import Effect, Head
from aftersales.stores import store as stores
from aftersales.tables import Cancelled, Write


class Publication(Model):
    """The body of `POST /policies/{store_id}/publication`: in force at once, or from `effective_from`."""

    revision: Revision
    note: LongText
    effective_from: Moment | None = None


class Rollback(Model):
    """The body of `POST /policies/{store_id}/rollback`.

    `version` holds in place of what is in force now, or of what would be from `effective_from`, from the same moment:
    what was filed since and is not decided yet is decided by `version`. Version 0 is the plain terms.
    """

    version: Revision
    note: LongText
    effective_from: Moment | None = None


class PolicyState(Model):
    """What holds for a store, and how it came to: `effects` with the latest first. `draft` is its revision, if any.

    A store that has published nothing has the pack `default`; the floors are beneath every policy.
    """

    store_id: str
    in_force: str
    floors: tuple[str, ...] = STATUTES
    draft: Revision | None = None
    effects: tuple[Effect, ...] = ()


def state(store_id: str) -> PolicyState:
    """Raises `NotFound` for a store that the desk does not serve."""
    stores.load(store_id)
    holding = store.effects(store_id, clock.now())
    return PolicyState(
        store_id=store_id,
        in_force=f"{store_id}@{holding[0].version}" if holding and holding[0].version else DEFAULT,
        draft=_draft_revision(store_id),
        effects=tuple(store.effects(store_id)),
    )


def _draft_revision(store_id: str) -> int | None:
    try:
        revision: int = store.get(store_id, "draft")["revision"]
    except NotFound:
        return None
    return revision


def publish(store_id: str, who: Principal, wanted: Publication, attempt: Attempt | None = None) -> None:
    """The draft becomes a version that never changes, with the floors of this moment. The same `attempt` is done once.

    Raises `NotFound`, `Outdated`, `PolicyRefused`, `InvalidRequest`, `KeyReused`.
    """
    if attempt and attempt.answered() is not None:
        return
    now = clock.now()
    if wanted.effective_from and wanted.effective_from < now:
        raise InvalidRequest("a policy cannot have been in force before it was published")
    _, document = drafts.sound(store_id, wanted.revision)
    known = store.head(store_id)
    effect = Effect(
        sequence=known.effects + 1,
        effective_from=wanted.effective_from or now,
        version=known.versions + 1,
        kind="publication",
        at=now,
        by=who.id,
        note=wanted.note,
    )
    version = {
        "version": effect.version,
        "policy": document,
        "floors": [floor.model_dump(mode="json", exclude_none=True) for floor in statutes()],
        "published_at": clock.rfc3339(now),
        "published_by": who.id,
        "note": wanted.note,
    }
    _write(
        store_id,
        known,
        effect,
        attempt,
        store.put(store_id, store.version_key(effect.version), version, store.NEW),
        store.delete(store_id, "draft", "revision = :r", r=wanted.revision),
    )


def roll_back(store_id: str, who: Principal, wanted: Rollback, attempt: Attempt | None = None) -> None:
    """The same `attempt` is done once. Raises `NotFound` for a version that there is not, `Outdated`, `KeyReused`."""
    if attempt and attempt.answered() is not None:
        return
    if wanted.version:
        store.version(store_id, wanted.version)
    replaced = store.effects(store_id, wanted.effective_from or clock.now())
    if not replaced:
        raise NotFound
    known = store.head(store_id)
    effect = Effect(
        sequence=known.effects + 1,
        effective_from=replaced[0].effective_from,
        version=wanted.version,
        kind="rollback",
        at=clock.now(),
        by=who.id,
        note=wanted.note,
    )
    _write(store_id, known, effect, attempt)


def _write(store_id: str, known: Head, effect: Effect, attempt: Attempt | None, *more: Write) -> None:
    """Two who publish at once number from the same head, and one is told to look again."""
    head: dict[str, Any] = {"versions": max(known.versions, effect.version), "effects": effect.sequence}
    condition, values = (store.NEW, {}) if not known.effects else ("effects = :e", {"e": known.effects})
    try:
        tables.transact(
            [
                *([attempt.record({})] if attempt else []),
                store.put(store_id, "head", head, condition, **values),
                store.put(store_id, store.effect_key(effect), effect.document(), store.NEW),
                *more,
            ]
        )
    except Cancelled as cancelled:
        if attempt and cancelled.refused(0):
            return  # the same request came twice at once, and the other one has done it
        raise Outdated("someone else has just published or saved") from cancelled
