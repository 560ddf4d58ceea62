"""What a store has promised, or the desk where it has not: read, and replaced as a whole."""

import hashlib
from datetime import timedelta
from functools import cache
from pathlib import Path

from aftersales import clock
from aftersales.errors import InvalidRequest
from aftersales.sla import store
from aftersales.sla.calendar import NeverOpen
from aftersales.sla.terms import Promise, ServiceTerms
from aftersales.stores import store as stores

DEFAULT = Path(__file__).with_name("default.json")


def promised(store_id: str) -> ServiceTerms:
    """What counts for the store's cases; what was replaced counts within a minute."""
    return store.terms(store_id) or default()


@cache
def default() -> ServiceTerms:
    return ServiceTerms.model_validate_json(DEFAULT.read_bytes())


def look(store_id: str) -> ServiceTerms:
    """Raises `NotFound` for a store that the desk does not serve."""
    stores.load(store_id)
    return store.terms_now(store_id) or default()


def replace(store_id: str, terms: ServiceTerms) -> ServiceTerms:
    """They count for open cases too, from their beginning. Raises `NotFound`, `InvalidRequest`."""
    stores.load(store_id)
    if hole := terms.hole():
        raise InvalidRequest(f"promises: {hole}")
    for promise in terms.promises:
        _check_that_it_can_be_kept(promise, terms)
    store.keep_terms(store_id, terms)
    return terms


def _check_that_it_can_be_kept(promise: Promise, terms: ServiceTerms) -> None:
    longest = max(promise.minutes.values(), default=0)
    try:
        terms.calendars[promise.calendar].after(clock.now(), timedelta(minutes=longest))
    except NeverOpen:
        raise InvalidRequest(f"{promise.calendar} has no {longest} working minutes in the next two years") from None


def fingerprint(terms: ServiceTerms) -> str:
    """What due times were reckoned with: other terms, or newly known public holidays, have another."""
    from holidays.version import __version__ as of_holidays  # noqa: PLC0415 only who counts working time carries it

    known = f"{of_holidays} {terms.model_dump_json()}"
    return hashlib.sha256(known.encode()).hexdigest()[:16]
