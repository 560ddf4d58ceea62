"""A list of work: of what fits the filters one page."""

from collections import Counter
from math import ceil
from typing import NamedTuple

from aftersales.applications.lifecycle import Status, Type
from aftersales.staff.worklist import MOST, WorkItem, work_of

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
    work = work_of(owner)
    fitting = [each for each in work if _fits(each, wanted)]
    pages = ceil(len(fitting) / PAGE) or 1
    page = min(max(wanted.page, 1), pages)
    return Listing(
        rows=tuple(fitting[(page - 1) * PAGE : page * PAGE]),
        found=len(fitting),
        page=page,
        pages=pages,
        statuses=Counter(each.status for each in work if each.status),
        types=Counter(each.type for each in work),
        more=len(work) == MOST,
    )


def _fits(each: WorkItem, wanted: Wanted) -> bool:
    return (not wanted.status or each.status == wanted.status) and (not wanted.type or each.type == wanted.type)
