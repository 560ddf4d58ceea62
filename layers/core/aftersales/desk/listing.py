"""A list of work: of what fits the filters one page."""

import re
from collections import Counter
from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from aftersales.staff.worklist import MOST, WorkItem, work_of

PAGE = 50
FILTERED = ("status", "type", "priority", "kind")
"""What of its rows a list is filtered by, beside whether they are late."""

PAGE_NUMBER = re.compile(r"[0-9]{1,4}")


class Wanted(NamedTuple):
    """`filters` are by what is filtered, and `page` says which page."""

    filters: Mapping[str, str] = {}
    late: bool = False
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """As the address says it; odd page numbers are the first."""
        page = query.get("page", "1")
        return cls(
            {name: query[name] for name in FILTERED if name in query},
            query.get("late") == "true",
            int(page) if PAGE_NUMBER.fullmatch(page) else 1,
        )

    @property
    def is_all(self) -> bool:
        return not self.filters and not self.late


class Listing(NamedTuple):
    """`counts` and `late` are of all that is on the list, so that the filters say what they would show."""

    rows: tuple[WorkItem, ...]
    found: int
    page: int
    pages: int
    counts: dict[str, Counter[str]]
    late: int
    more: bool


def listing(owner: str, wanted: Wanted) -> Listing:
    work = work_of(owner)
    fitting = [each for each in work if _fits(each, wanted)]
    pages = ceil(len(fitting) / PAGE) or 1
    page = min(max(wanted.page, 1), pages)
    return Listing(
        rows=tuple(fitting[(page - 1) * PAGE : page * PAGE]),
        found=len(fitting),
        page=page,
        pages=pages,
        counts={name: Counter(value for each in work if (value := getattr(each, name))) for name in FILTERED},
        late=sum(each.is_late for each in work),
        more=len(work) == MOST,
    )


def _fits(each: WorkItem, wanted: Wanted) -> bool:
    if wanted.late and not each.is_late:
        return False
    return all(getattr(each, name) == value for name, value in wanted.filters.items())
