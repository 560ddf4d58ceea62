"""Publish a draft, and roll back to a version."""

from typing import Annotated

from pydantic import Field

from aftersales import clock, tables
from aftersales.applications.idempotency import Attempt
from aftersales.errors import InvalidRequest, NotFound, Outdated
from aftersales.identity.principal import Principal
from aftersales.model import LongText, Model, ToldMoment
from aftersales.policy import drafts, store
from aftersales.policy.packs import statutes
from aftersales.policy.versions import Counted, Effect, Revision
from aftersales.tables import Cancelled, Write


class Publication(Model):
    """The body of `POST /policies/{store_id}/publication`: in force at once, or from `effective_from`."""

    revision: Revision
    note: LongText
    effective_from: ToldMoment | None = None


class Rollback(Model):
    """The body of `POST /policies/{store_id}/rollback`.

    `version` holds in place of what is in force now, or of what would be from `effective_from`, from the same moment:
    what was filed since and is not decided yet is decided by `version`. Version 0 is the plain terms.
    """

    version: Annotated[int, Field(ge=0)]
    note: LongText
    effective_from: ToldMoment | None = None


def publish(store_id: str, who: Principal, wanted: Publication, attempt: Attempt | None = None) -> None:
    """The draft becomes a version that never changes, with the floors of this moment. The same `attempt` is done once.

    Raises `NotFound`, `Outdated`, `PolicyRefused`, `InvalidRequest`, `KeyReused`.
    """
    if attempt and attempt.answered() is not None:
        return
    now = clock.now()
    if wanted.effective_from and wanted.effective_from < now:
        raise InvalidRequest("a policy cannot have been in force before it was published")
    document = drafts.sound(store_id, wanted.revision)
    known = store.counted(store_id).model_copy(update={"revisions": wanted.revision})
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
        "floors": [floor.document() for floor in statutes()],
        "published_at": clock.rfc3339(now),
        "published_by": who.id,
        "note": wanted.note,
    }
    _write(
        store_id,
        known,
        effect,
        attempt,
        store.put_new(store_id, store.version_key(effect.version), version),
        store.delete(store_id, "draft", revision=wanted.revision),
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
    known = store.counted(store_id)
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


def _write(store_id: str, known: Counted, effect: Effect, attempt: Attempt | None, *more: Write) -> None:
    """Two who publish at once count from the same, and one is told to look again."""
    latest = {"versions": max(known.versions, effect.version), "effects": effect.sequence}
    counted = known.model_copy(update=latest).document()
    numbered = (
        store.replace(store_id, "counted", counted, effects=known.effects)
        if known.effects
        else store.put_new(store_id, "counted", counted)
    )
    try:
        tables.transact(
            [
                *([attempt.record({})] if attempt else []),
                numbered,
                store.put_new(store_id, store.effect_key(effect), effect.document()),
                *more,
            ]
        )
    except Cancelled as cancelled:
        if attempt and cancelled.refused(0):
            attempt.answered_meanwhile()
            return  # the same request came twice at once, and the other one has done it
        raise Outdated("someone else has just published or saved") from cancelled
