"""Two hundred cases really at once for ten people, and one of them leaves: nobody has too much, no case is lost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from infra.local.desk import Desk
from infra.local.waiting import until
from tests.e2e.people import Customer, Shopkeeper

CASES, CAPACITY, AT_ONCE = 200, 20, 20
TEAM = "burst"
NAMES = [f"burst{index}" for index in range(10)]
LEAVER = NAMES[3]
FACTS: dict[str, Any] = {
    "email": "burst@example.com",
    "skills": {"complaint": 1},
    "languages": ["zh-CN", "en"],
    "teams": [TEAM],
    "capacity": CAPACITY,
}
NOTE = {"team": TEAM, "message": "集中处理。"}


def hire(lead: Desk) -> None:
    lead.call("PUT", f"/staff/teams/{TEAM}", {"name": {"zh-CN": "突发组", "en": "Burst"}}).ok()
    for name in NAMES:
        lead.call("PUT", f"/staff/members/{name}", FACTS | {"name": name}).ok()


def roster(lead: Desk) -> dict[str, dict[str, Any]]:
    return {each["member_id"]: each for each in lead.get("/staff/members")["members"] if each["member_id"] in NAMES}


def holders(lead: Desk, numbers: list[str]) -> Counter[str | None]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        cases = pool.map(lambda number: lead.get(f"/staff/applications/{number}"), numbers)
        return Counter(case["application"].get("assignee") for case in cases)


def filed(shop: Shopkeeper) -> list[str]:
    """Complaints, each about an order of its own; somebody of another team has each by now."""

    def file(_: int) -> Customer:
        return shop.files(shop.sells(), type="complaint", lines=[])

    with ThreadPoolExecutor(AT_ONCE) as pool:
        customers = list(pool.map(file, range(CASES)))
        list(pool.map(shop.assigned, customers))
    return [customer.number for customer in customers]


def test_two_hundred_cases_find_ten_people_while_one_leaves(shop: Shopkeeper) -> None:
    lead = shop.staff("lead")
    hire(lead)
    numbers = filed(shop)

    def hand_over(index: int) -> int:
        if index == CASES // 2:
            lead.call("DELETE", f"/staff/members/{LEAVER}").ok()
        return lead.call("POST", f"/staff/applications/{numbers[index]}/handover", NOTE).status

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = Counter(pool.map(hand_over, range(CASES)))
    assert answers == {200: CASES}
    lead.call("DELETE", f"/staff/members/{LEAVER}")  # what the index did not show yet when they left
    have = until(lambda: _settled(lead, numbers), "the burst to settle")
    assert have.total() == CASES
    assert have[LEAVER] == 0
    people = roster(lead)
    assert all(member["open"] == have[name] <= CAPACITY for name, member in people.items())
    assert have[None] == CASES - len(people) * CAPACITY


def _settled(lead: Desk, numbers: list[str]) -> Counter[str | None] | None:
    """Everybody who is left is full: the sweep has pulled what was left over."""
    full = all(member["open"] == CAPACITY for member in roster(lead).values())
    return holders(lead, numbers) if full else None
