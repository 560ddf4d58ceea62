"""Two hundred cases at once for ten people, of whom one leaves in the middle: nobody has too much, no case is lost.

moto is not atomic across threads, so here assignments are laid into each other in one: while one is about to write,
others run from beginning to end. On a stack they are really at once: `tests/e2e/test_assignment_burst.py`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aftersales.applications import store
from aftersales.applications.lifecycle import Step
from aftersales.applications.number import new_number
from aftersales.aws import client
from aftersales.staff import store as staff
from aftersales.staff.assign import assign
from aftersales.staff.pull import pull
from tests.integration import cloud
from tests.integration.desk import HUA, Desk
from tests.integration.gateway import call
from tests.unit.builders import application, event

CASES, PEOPLE, CAPACITY = 200, 10, 20
NAMES = [f"agent{index}" for index in range(PEOPLE)]
LEAVER = NAMES[3]


def file(index: int) -> str:
    """A complaint of a customer of its own that waits for a person, as the review leaves it. Of its past only itself:
    moto copies whole tables for every transaction.
    """
    known = {"number": new_number(), "type": "complaint", "lines": [], "customer": f"customer{index}"}
    filed = application("manual_review", **known, due_at="2026-03-11T02:30:00Z")
    client("dynamodb").put_item(**store.filing(filed, event(Step.FILED))[0]["Put"])
    return filed.number


def hire(desk: Desk) -> None:
    for name in ("mei", "tom"):
        desk.leaves(name)
    for name in NAMES:
        desk.hire(name, languages=["zh-CN"], capacity=CAPACITY)


@contextmanager
def laid_into_each_other(numbers: Iterator[str], happens: Callable[[], None]) -> Iterator[None]:
    """Before every third write another case is assigned whole, and that one may let in a further one."""
    events, name = client("dynamodb").meta.events, cloud.before_call("TransactWriteItems", "dynamodb")
    writes = Counter[str]()

    def before(**_: object) -> None:
        writes["all"] += 1
        if writes["all"] == CASES // 2:
            happens()
        if writes["all"] % 3 == 0 and (following := next(numbers, None)):
            assign(following)

    events.register(name, before)
    try:
        yield
    finally:
        events.unregister(name, before)


def nobody_is_above_capacity() -> bool:
    return all(0 <= member.open <= member.capacity for member in staff.roster())


def holders(numbers: list[str]) -> Counter[str | None]:
    return Counter(store.load(number).assignee for number in numbers)


def test_two_hundred_cases_find_ten_people_while_one_leaves(desk: Desk) -> None:
    hire(desk)
    numbers = [file(index) for index in range(CASES)]
    waiting = iter(numbers)
    with laid_into_each_other(waiting, _leave):
        for number in waiting:
            assign(number)
            assert nobody_is_above_capacity()
    have = holders(numbers)
    assert have.total() == CASES
    assert have[LEAVER] == 0
    assert {name: have[name] for name in NAMES if name != LEAVER} == {m.member_id: m.open for m in staff.roster()}
    assert have[None] == CASES - (PEOPLE - 1) * CAPACITY
    assert sorted(desk.work(HUA, backlog=True)) == sorted(n for n in numbers if store.load(n).assignee is None)


def _leave() -> None:
    assert call(HUA, "DELETE", f"/staff/members/{LEAVER}").status == 200


def test_what_was_left_over_is_pulled_when_somebody_comes(desk: Desk) -> None:
    hire(desk)
    numbers = [file(index) for index in range(30)]
    for name in NAMES[1:]:
        desk.leaves(name)
    for number in numbers:
        assign(number)
    assert holders(numbers) == {NAMES[0]: CAPACITY, None: 10}
    desk.hire("bo", languages=["zh-CN"], capacity=7)
    assert pull("desk") == 7
    assert holders(numbers) == {NAMES[0]: CAPACITY, "bo": 7, None: 3}
    assert nobody_is_above_capacity()
