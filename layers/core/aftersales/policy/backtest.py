"""Try a draft on what was decided before: a few hundred decisions at a time, each time moved on by the table's stream.

The head says how far it is. Whoever moves it on writes the next head under the condition that it is still at the step
that they read, so a record that the stream brings twice counts nothing twice.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import Field

from aftersales import clock, tables
from aftersales.errors import InvalidRequest, NotFound
from aftersales.identity.principal import Principal
from aftersales.model import Model, Moment, ToldMoment
from aftersales.policy import drafts, store
from aftersales.policy.compare import Difference, Tally, compare
from aftersales.policy.document import Policy
from aftersales.policy.packs import statutes
from aftersales.policy.rules import Rules
from aftersales.policy.versions import Revision
from aftersales.tables import Cancelled, Write

CHUNK = 250
MAX_BYTES = 300_000
"""Of the differences in one item, which has at most 400 KB."""

KEPT = timedelta(days=30)
STALLED = timedelta(minutes=15)

JsonObject = dict[str, Any]


class BacktestWanted(Model):
    """The body of `POST /policies/{store_id}/backtests`: the draft's revision, and the period that it is tried on."""

    revision: Revision
    since: ToldMoment
    until: ToldMoment


class Backtest(Model):
    """How far it is and what was found so far. `progress` is the share of the period that is done, in percent.

    One that has not moved for a quarter of an hour has `stalled`: ops were told, and it may be started anew.
    """

    backtest_id: str
    state: Literal["running", "done", "stalled"]
    revision: Revision
    since: Moment
    until: Moment
    started_at: Moment
    started_by: str
    moved_at: Moment
    progress: Annotated[int, Field(ge=0, le=100)]
    tally: Tally


class Differences(Model):
    """Applications that would be decided otherwise, in the order in which they were decided."""

    items: tuple[Difference, ...]
    cursor: str | None = None


class Head(Model):
    """A backtest as it is kept. It goes on at `reached`, after the key `last`; `chunks` counts what it has written."""

    backtest_id: str
    state: Literal["running", "done"] = "running"
    step: int = 0
    chunks: int = 0
    revision: Revision
    since: Moment
    until: Moment
    started_at: Moment
    started_by: str
    moved_at: Moment
    reached: Moment
    last: str | None = None
    tally: Tally = Tally()


def begin(store_id: str, who: Principal, wanted: BacktestWanted) -> Backtest:
    """Raises `NotFound`, `Outdated`, `PolicyRefused`, `InvalidRequest`."""
    if wanted.since >= wanted.until:
        raise InvalidRequest("the period ends before it begins")
    document = drafts.sound(store_id, wanted.revision)
    now = clock.now()
    head = Head(
        backtest_id=uuid4().hex[:12],
        started_at=now,
        started_by=who.id,
        moved_at=now,
        reached=wanted.since,
        **dict(wanted),
    )
    key, policy = _key(head.backtest_id), {"policy": document, "expires_at": _expiry()}
    tables.transact([store.put(store_id, f"{key}#policy", policy), store.put_new(store_id, key, _document(head))])
    return _view(head)


def look(store_id: str, backtest_id: str) -> Backtest:
    """Raises `NotFound`."""
    return _view(_head(store_id, backtest_id))


def differences(store_id: str, backtest_id: str, cursor: str | None) -> Differences:
    """Those of one chunk. Raises `NotFound`, `InvalidRequest` for a cursor that is not ours."""
    head = _head(store_id, backtest_id)
    chunk = _chunk(cursor)
    if chunk > head.chunks:
        return Differences(items=())
    found = store.get(store_id, _chunk_key(backtest_id, chunk))["differences"]
    more = str(chunk + 1) if chunk < head.chunks else None
    return Differences(items=tuple(map(Difference.model_validate, found)), cursor=more)


def _chunk(cursor: str | None) -> int:
    if cursor is not None and not re.fullmatch("[1-9][0-9]{0,8}", cursor):
        raise InvalidRequest("the cursor cannot be read")
    return int(cursor) if cursor else 1


def move_on(store_id: str, backtest_id: str, step: int) -> bool:
    """Try the next decisions; False when that step was taken before, or there is no such backtest any more."""
    try:
        head = _head(store_id, backtest_id)
    except NotFound:
        return False
    if head.state != "running" or head.step != step:
        return False
    page = store.decided(store_id, head.reached, head.until, head.last, CHUNK)
    found = compare(_rules(store_id, backtest_id), page.records)
    chunks = enumerate(_chunks(found.differences), head.chunks + 1)
    written = [_differences(store_id, backtest_id, chunk, some) for chunk, some in chunks]
    following = _following(head, page, head.tally.plus(found.tally), head.chunks + len(written))
    moved = store.replace(store_id, _key(backtest_id), _document(following), step=step)
    try:
        tables.transact([moved, *written])
    except Cancelled as cancelled:
        if not cancelled.refused(0):
            raise
        return False
    return True


def _chunks(found: Iterable[Difference]) -> Iterator[list[JsonObject]]:
    """Each fits into one item."""
    some: list[JsonObject] = []
    size = 0
    for document in (each.document() for each in found):
        more = len(store.text_of(document).encode())
        if some and size + more > MAX_BYTES:
            yield some
            some, size = [], 0
        some.append(document)
        size += more
    if some:
        yield some


def _following(head: Head, page: store.Page, tally: Tally, chunks: int) -> Head:
    """On within the month; at its end with the first moment of the next one; after the last month it is done."""
    next_month = _month_after(head.reached)
    done = page.last is None and next_month > head.until
    reached = page.records[-1].decided_at if page.last else next_month
    return head.model_copy(
        update={
            "state": "done" if done else "running",
            "step": head.step + 1,
            "chunks": chunks,
            "moved_at": clock.now(),
            "reached": reached,
            "last": page.last,
            "tally": tally,
        }
    )


@lru_cache(maxsize=8)
def _rules(store_id: str, backtest_id: str) -> Rules:
    document = store.get(store_id, f"{_key(backtest_id)}#policy")["policy"]
    return Rules(Policy.model_validate(document), statutes())


def _head(store_id: str, backtest_id: str) -> Head:
    document = store.get(store_id, _key(backtest_id))
    return Head.model_validate({k: v for k, v in document.items() if k in Head.model_fields})


def _document(head: Head) -> JsonObject:
    return head.document() | {"expires_at": _expiry()}


def _differences(store_id: str, backtest_id: str, chunk: int, found: list[JsonObject]) -> Write:
    document = {"differences": found, "expires_at": _expiry()}
    return store.put(store_id, _chunk_key(backtest_id, chunk), document)


def _key(backtest_id: str) -> str:
    return f"backtest#{backtest_id}"


def _chunk_key(backtest_id: str, chunk: int) -> str:
    return f"{_key(backtest_id)}#{chunk:06d}"


def _expiry() -> int:
    return int((clock.now() + KEPT).timestamp())


def _view(head: Head) -> Backtest:
    silent = head.state == "running" and clock.now() - head.moved_at > STALLED
    share = (head.reached - head.since) / (head.until - head.since)
    fields = {name: value for name, value in dict(head).items() if name in Backtest.model_fields}
    state = "stalled" if silent else head.state
    return Backtest.model_validate(
        fields | {"state": state, "progress": 100 if state == "done" else min(int(share * 100), 99)}
    )


def _month_after(moment: datetime) -> datetime:
    """The first moment of the next month, in UTC."""
    return (moment.astimezone(UTC).replace(day=1) + timedelta(days=32)).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
