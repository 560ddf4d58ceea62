"""Wait for something to come true, and say what was missing when it does not."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 60


class NeverCameError(Exception):
    """What was waited for did not happen in time; the message says what."""


def until(look: Callable[[], T | None], what: str, patience: float = PATIENCE_SECONDS, pause: float = 0.15) -> T:
    """The first truthy result of `look`, with `pause` seconds between two looks. Raises `NeverCameError`."""
    deadline = time.monotonic() + patience
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise NeverCameError(f"waited {patience:.0f} s for {what}")
        time.sleep(pause)
