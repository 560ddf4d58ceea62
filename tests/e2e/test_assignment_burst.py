"""Two hundred cases really at once for ten people, and one of them leaves: nobody has too much, no case is lost."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from aftersales.applications import store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application
from aftersales.identity.principal import Principal
from aftersales.staff import people
from aftersales.staff import store as staff
from aftersales.staff.assign import assign
from aftersales.staff.pull import pull
from infra.local.stack import Standing
from tests.e2e.burst import CASES, at_once, file, hire, own_tables

LEAD = Principal(kind="staff", id="hua", role="lead")


def times(number: str) -> tuple[int, int]:
    """How often it was assigned, and how often it was taken back."""
    steps = Counter(each.step for each in store.timeline(number))
    return steps[Step.ASSIGNED], steps[Step.TAKEN_BACK]


def test_two_hundred_cases_find_ten_people_while_one_leaves(standing: Standing) -> None:
    with own_tables(standing.place.port):
        *staying, leaver = hire()
        numbers = at_once(partial(file, index) for index in range(CASES))
        taken_back: set[str] = set()
        acts: list[Callable[[], None]] = [partial(give, number) for number in numbers]
        acts.insert(CASES // 2, lambda: taken_back.update(people.remove(leaver, LEAD).cases))
        at_once(acts)
        pull("desk")
        assert taken_back
        assert_right(staying, [store.load(number) for number in numbers], taken_back)


def give(number: str) -> None:
    assign(number)
    assert all(member.open <= member.capacity for member in staff.roster())


def assert_right(staying: list[str], cases: list[Application], taken_back: set[str]) -> None:
    """Each is with one of those who stay, who have room for it, or in the backlog since none of them has."""
    have = Counter[str | None]()
    for case in cases:
        have[case.assignee] += case.needs.weight
        assigned, back = times(case.number)
        assert (assigned - back, back) == (int(case.assignee is not None), int(case.number in taken_back))
    roster = staff.roster()
    assert [member.member_id for member in roster] == staying
    assert all(member.open == have[member.member_id] <= member.capacity for member in roster)
    waiting = {case.number: case.needs.weight for case in cases if case.assignee is None}
    assert min(waiting.values()) > max(member.free for member in roster)
    assert {each.number for each in store.owned_by("backlog#desk")} == waiting.keys()
    assert have.total() == sum(case.needs.weight for case in cases)
