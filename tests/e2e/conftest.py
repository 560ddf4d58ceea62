"""One fresh desk for all end-to-end tests: the real template with IAM enforced, beside any demo that runs."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser
from rich.console import Console

from infra.local import cloud, stack
from infra.local.stack import Place, Standing
from tests.e2e import browsing
from tests.e2e.browsing import Opens
from tests.e2e.overdue import Overdue, complained, hasty, rings_until_resolved
from tests.e2e.own_store import OwnStore, opened
from tests.e2e.people import Shopkeeper
from tests.e2e.unable import Unable, handed_to_nobody, rings_until_helped

PLACE = Place(home=Path(".local/e2e"), port=4571, mail_port=4531, shop_port=4591)
RETRY_SECONDS = "3"
LAST = ("test_alarms.py", "test_what_goes_wrong.py")
BEGUN_FIRST = ("overdue", "unable")
T = TypeVar("T")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes by itself is begun by the first test and looked at late, but before the desk is stopped."""
    items.sort(key=lambda item: LAST.index(item.path.name) if item.path.name in LAST else -1)
    functions = [item for item in items if isinstance(item, pytest.Function)]
    wanted = {name for function in functions for name in function.fixturenames}
    if functions:
        functions[0].fixturenames.extend(name for name in BEGUN_FIRST if name in wanted)


@pytest.fixture(scope="session")
def standing() -> Iterator[Standing]:
    stack.down(PLACE)
    stack.forget(PLACE)
    desk = stack.up(PLACE, Console(stderr=True))
    _retry_soon()
    yield desk
    stack.down(PLACE)


def _retry_soon() -> None:
    """What a queue's function failed at comes back after seconds instead of minutes."""
    sqs = cloud.client("sqs", PLACE.port)
    for url in sqs.list_queues()["QueueUrls"]:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": RETRY_SECONDS})


@pytest.fixture
def shop(standing: Standing) -> Shopkeeper:
    return Shopkeeper(standing)


@pytest.fixture(scope="session")
def riverside(standing: Standing) -> Iterator[OwnStore]:
    """A store whose storefront does what it hears, and remembers it."""
    with opened(standing, "riverside") as store:
        yield store


@pytest.fixture(scope="session")
def silent(standing: Standing) -> Iterator[OwnStore]:
    """A store whose storefront hears nothing, and says only what a test says for it."""
    with opened(standing, "silent", silent=True) as store:
        yield store


@pytest.fixture(scope="session")
def overdue(standing: Standing) -> Iterator[Future[Overdue]]:
    customer, case = complained(hasty(standing))
    yield from _begun(lambda: rings_until_resolved(customer, case))


@pytest.fixture(scope="session")
def unable(standing: Standing) -> Iterator[Future[Unable]]:
    customer, case = handed_to_nobody(Shopkeeper(standing))
    yield from _begun(lambda: rings_until_helped(customer, case))


def _begun(story: Callable[[], T]) -> Iterator[Future[T]]:
    pool = ThreadPoolExecutor(1)
    yield pool.submit(story)
    pool.shutdown(wait=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browsing.started() as browser:
        yield browser


@pytest.fixture
def opens(chromium: Browser) -> Iterator[Opens]:
    with browsing.opening(chromium) as opens:
        yield opens
