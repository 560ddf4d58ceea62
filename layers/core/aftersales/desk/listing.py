"""A list of work: all of it by one query, and of what fits the filters one page."""

from collections import Counter
from math import ceil
from typing import NamedTuple

from aftersales.applications.lifecycle import Status, Type
from aftersales.staff.work import WorkItem, work_of

MOST = 2000
"""Rows that are read; what is due later than these has time."""

PAGE = 50


class Wanted(NamedTuple):
    """Filters, and which page."""

    status: str = ""
    type: str = ""
    page: int = 1


class Listing(NamedTuple):
    """`statuses` and `types` count all that is on the list, so that the filters say what they would show."""

    rows: tuple[WorkItem, ...]
    found: int
    page: int
    pages: int
    statuses: Counter[Status]
    types: Counter[Type]
    more: bool


def listing(owner: str, wanted: Wanted) -> Listing:
    work = work_of(owner, None, MOST)
    fitting = [each for each in work.items if _fits(each, wanted)]
    pages = ceil(len(fitting) / PAGE) or 1
    page = min(max(wanted.page, 1), pages)
    return Listing(
        rows=tuple(fitting[(page - 1) * PAGE : page * PAGE]),
        found=len(fitting),
        page=page,
        pages=pages,
        statuses=Counter(each.status for each in work.items if each.status),
        types=Counter(each.type for each in work.items),
        more=work.cursor is not None,
    )


def _fits(each: WorkItem, wanted: Wanted) -> bool:
    return (not wanted.status or each.status == wanted.status) and (not wanted.type or each.type == wanted.type)
