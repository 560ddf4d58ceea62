"""A desk with nothing on it yet, and a clock that stands still."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from moto.core.serialize import BaseJSONSerializer

from aftersales.telemetry import logger
from tests.conftest import Clock
from tests.integration.cloud import Tokens, world
from tests.integration.deployed import deployed
from tests.integration.desk import Desk, assert_books_balance
from tests.integration.desk_visitor import keys_served
from tests.integration.letterbox import Letterbox, Ops, ops_at_work


@pytest.fixture(scope="session", autouse=True)
def _quick_answers() -> Iterator[None]:
    """moto tries ten members for each value of an item, though it has it as DynamoDB writes it: half of the time."""
    thorough = BaseJSONSerializer._serialize_type_structure

    def quick(self: BaseJSONSerializer, serialized: Any, value: Any, shape: Any, key: str) -> None:
        if shape.name == "AttributeValue" and isinstance(value, dict):
            serialized[key] = value
        else:
            thorough(self, serialized, value, shape, key)

    with pytest.MonkeyPatch.context() as moto:
        moto.setattr(BaseJSONSerializer, "_serialize_type_structure", quick)
        yield


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


@pytest.fixture
def box(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Letterbox:
    """The dead letters of a deployed stack."""
    deployed(monkeypatch)
    return Letterbox()


@pytest.fixture
def ops(box: Letterbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ops:
    return ops_at_work(monkeypatch, capsys)


@pytest.fixture
def staff_pool() -> Iterator[None]:
    """The pool that signs the tokens of the desk's people, and shows its keys."""
    with keys_served():
        yield
