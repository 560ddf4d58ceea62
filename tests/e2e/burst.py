"""Many cases at once for a few people: in tables of their own, from which nothing reaches the rest of the desk."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest.mock import patch

from aftersales import tables
from aftersales.applications import store
from aftersales.applications.lifecycle import Step
from aftersales.applications.number import new_number
from aftersales.aws import client
from aftersales.settings import Setting
from aftersales.staff import store as staff
from aftersales.staff.model import MemberFacts
from infra.local import cloud
from tests.infrastructure.templates import properties
from tests.unit.builders import application, event

THREADS = 20
CASES, PEOPLE, CAPACITY = 200, 10, 30
WEIGHTS = (1, 2)
"""In turn, so that all the cases together are all that the people can take."""

TABLES = {"ApplicationsTable": Setting.APPLICATIONS_TABLE, "StaffTable": Setting.STAFF_TABLE}
DEFINED = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
"""Of a table in the template. Without its stream nobody hears of what changes."""

Json = dict[str, Any]
T = TypeVar("T")


@contextmanager
def own_tables(port: int) -> Iterator[None]:
    """The package works on them from here, until they are deleted."""
    dynamodb, names = cloud.client("dynamodb", port), {}
    for logical_id, defined in properties("storage", "AWS::DynamoDB::Table").items():
        if logical_id in TABLES:
            names[TABLES[logical_id]] = name = f"burst-{logical_id}-{secrets.token_hex(4)}"
            dynamodb.create_table(TableName=name, **{key: defined[key] for key in DEFINED if key in defined})
    try:
        with patch.dict(os.environ, names):
            yield
    finally:
        for name in names.values():
            dynamodb.delete_table(TableName=name)


def hire() -> list[str]:
    names = [f"agent{index}" for index in range(PEOPLE)]
    for name in names:
        facts: Json = {"name": name, "email": "desk@example.com", "skills": {"complaint": 1}, "languages": ["zh-CN"]}
        staff.save(name, MemberFacts(**facts, capacity=CAPACITY))
    return names


def file(index: int) -> str:
    """A complaint of a customer of its own that waits for a person, as the review leaves it."""
    known: Json = {"number": new_number(), "type": "complaint", "lines": [], "customer": f"customer{index}"}
    known |= {"needs": {"weight": WEIGHTS[index % len(WEIGHTS)]}, "due_at": "2026-03-11T02:30:00Z"}
    filed = application("manual_review", **known)
    tables.transact(store.filing(filed, event(Step.FILED, number=filed.number, version=1)))
    return filed.number


def at_once(acts: Iterable[Callable[[], T]]) -> list[T]:
    """As many as there are threads, and so on to the last; gives what they gave, in this order.

    The first goes before: models are built when they are first used, and not by several threads at once.
    """
    first, *others = acts
    done = [first()]
    with ThreadPoolExecutor(THREADS) as pool:
        return done + [each.result() for each in [pool.submit(act) for act in others]]


@contextmanager
def answers() -> Iterator[list[int]]:
    """To each transaction: 200, or 400 when it was cancelled."""
    found: list[int] = []
    events, name = client("dynamodb").meta.events, "after-call.dynamodb.TransactWriteItems"

    def after(http_response: Any, **_: object) -> None:
        found.append(http_response.status_code)

    events.register(name, after)
    try:
        yield found
    finally:
        events.unregister(name, after)
