"""A desk with nothing on it yet, and a clock that stands still."""

from collections.abc import Callable, Iterator
from io import StringIO

import pytest

from aftersales.telemetry import logger
from tests.conftest import Clock
from tests.integration.cloud import Tokens, world
from tests.integration.desk import Desk, assert_books_balance


@pytest.fixture
def tokens(_account: None) -> Iterator[Tokens]:
    with world() as known:
        yield known


@pytest.fixture
def desk(clock: Clock, tokens: Tokens) -> Iterator[Desk]:
    """Whatever a test did, the books balance when it ends."""
    yield Desk(clock, tokens)
    assert_books_balance()


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """All that was logged so far."""
    lines = StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", lines)
    return lines.getvalue
