"""The desk's people in a test: whether they take work, and those who are hired for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.local.stack import Standing
from infra.ops.register import Person, register_person
from tests.e2e.people import Shopkeeper

TAKE_WORK = ("mei", "tom", "lead")


@contextmanager
def all_busy(shop: Shopkeeper) -> Iterator[None]:
    """What comes waits in the backlog."""
    everyone_is(shop, "busy")
    try:
        yield
    finally:
        everyone_is(shop, "available")


def everyone_is(shop: Shopkeeper, presence: str) -> None:
    for user_name in TAKE_WORK:
        shop.staff(user_name).put("/staff/presence", {"presence": presence})


def hired(standing: Standing, user_name: str, name: str, capacity: int) -> str:
    """An agent without a skill, so that nothing is given to them but by a colleague; gives their member id."""
    member = {"name": name, "email": f"{user_name}@example.com", "languages": ["zh-CN"], "skills": {}}
    person = Person(username=user_name, role="agent", member=member | {"capacity": capacity})
    return register_person(person, standing.outputs, standing.password)
