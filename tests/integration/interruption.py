"""Faults at every place where a function talks to AWS: it dies there, or the answer does not reach it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.exceptions import ReadTimeoutError


class Killed(BaseException):
    """The function was ended from outside: none of its handlers sees it."""


@contextmanager
def _calls(hook: Callable[[list[str], Callable[[], Any]], Any]) -> Iterator[list[str]]:
    made: list[str] = []
    real = BaseClient._make_api_call  # type: ignore[attr-defined]

    def call(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        def send() -> Any:
            made.append(operation)
            return real(client, operation, parameters)

        return hook(made, send)

    with patch.object(BaseClient, "_make_api_call", call):
        yield made


@contextmanager
def counted() -> Iterator[list[str]]:
    """Nothing happens; gives the calls that were made."""
    with _calls(lambda _, send: send()) as made:
        yield made


@contextmanager
def dies_after(calls: int) -> Iterator[list[str]]:
    """So many calls are made; before the next one the function is gone."""

    def hook(made: list[str], send: Callable[[], Any]) -> Any:
        if len(made) >= calls:
            raise Killed(made)
        return send()

    with _calls(hook) as made:
        yield made


@contextmanager
def answer_is_lost_of(call: int) -> Iterator[list[str]]:
    """AWS does what this call asks, but the function never hears of it."""

    def hook(made: list[str], send: Callable[[], Any]) -> Any:
        answer = send()
        if len(made) == call:
            raise ReadTimeoutError(endpoint_url=made[-1])
        return answer

    with _calls(hook) as made:
        yield made
