"""Give every open application that stands still a running execution again."""

from collections.abc import Iterable, Iterator

from aftersales.applications.store import open_numbers
from aftersales.flow.start import resume


def resume_all(numbers: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """Each application looked at, with the execution that was started for it; all open ones when none are named."""
    for number in numbers or open_numbers():
        yield number, resume(number)
