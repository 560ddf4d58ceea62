"""A desk on which people come and go, and whatever may happen about their cases, in any order and into each other."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from aftersales.applications.lifecycle import FOR_A_PERSON
from aftersales.aws import client
from tests.integration import cloud
from tests.integration.clock_works import sweep
from tests.integration.desk import Desk
from tests.integration.gateway import announced, call
from tests.integration.interruption import counted
from tests.integration.people_moves import PEOPLE, SKILLS, TEAMS, PeopleMoves

OFTEN = {
    "act": 12,
    "says": 5,
    "assignment": 4,
    **dict.fromkeys(("file", "save", "presence"), 3),
    **dict.fromkeys(("claim", "transfer", "open_again", "ask_or_give", "minute", "silence", "call_back"), 2),
    **dict.fromkeys(("review", "remove", "take_over", "hand_over", "open_task", "finish_task"), 1),
    **dict.fromkeys(("clocks", "day", "idle"), 1),
}
"""How often each move is made."""
WRITES = {"TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem"}


class PeopleWalk(PeopleMoves):
    """After each move the books balance."""

    def __init__(self, desk: Desk, seed: int) -> None:
        super().__init__(desk, seed)
        desk.make_team("returns", {"zh-CN": "退货组", "en": "Returns"})
        for name in PEOPLE:
            desk.leaves(name)
            self.hire(name, skills=SKILLS, teams=TEAMS, capacity=5)
        lines = [{"line_id": "teapot", "title": "紫砂壶", "quantity": 9000, "paid": 9000000}]
        assert desk.tell_order(lines=lines, changed_at="2026-03-08T12:00:00Z").status == 200

    def go(self, moves: int) -> None:
        for _ in range(moves):
            self.log.append("")
            with counted() as calls:
                self.move()
            if not WRITES.isdisjoint(calls):
                self.books.must_balance()

    def move(self) -> None:
        """One in four has another laid into it, before one of its writes."""
        with self.laid_into() if self.draw.random() < 0.25 else nullcontext():
            self.do()

    def do(self) -> None:
        [name] = self.draw.choices(list(OFTEN), weights=list(OFTEN.values()))
        self.log[-1] += f" {name}"
        getattr(self, name)()

    @contextmanager
    def laid_into(self) -> Iterator[None]:
        left = [self.draw.randint(1, 3)]
        events, event = client("dynamodb").meta.events, cloud.before_call("TransactWriteItems", "dynamodb")

        def before(**_: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                self.do()

        events.register(event, before)
        try:
            yield
        finally:
            events.unregister(event, before)

    def all_come(self) -> None:
        """Everybody can do everything, is there, and has room for it: nothing is left waiting."""
        for name, who in PEOPLE.items():
            self.hire(name, skills=SKILLS | {"gems": 3}, teams=TEAMS, capacity=500)
            self.fine(call(who, "PUT", "/staff/presence", {"presence": "available"}))
        for number in self.books.seen.cases:
            self.desk.delivered("clocks", announced(self.desk.timeline(number)[-1].published()))
        sweep(self.desk)
        self.books.must_balance()
        cases = self.books.seen.cases.values()
        assert [case for case in cases if case.status in FOR_A_PERSON and case.assignee is None] == []
