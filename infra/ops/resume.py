"""Give every unfinished application that stands still a running execution again."""

from collections.abc import Iterable, Iterator

from aftersales.applications.store import unfinished_numbers
from aftersales.flow.start import resume


def resume_all(numbers: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """Each application looked at, with the execution that was started for it; without names, all unfinished ones."""
    for number in numbers or unfinished_numbers():
        yield number, resume(number)
