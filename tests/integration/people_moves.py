"""Whatever people, customers, leads and the cloud may do at a desk, each as one move; refused or done, never broken."""

import random
from contextlib import suppress
from typing import Any

from aftersales.applications.lifecycle import FOR_A_PERSON, OPEN, STAFFED, Status
from aftersales.applications.model import Application, Needs, Outcome
from aftersales.errors import Outdated, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.staff.pass_on import take_back
from tests.integration.clock_works import sweep
from tests.integration.decisions import policy_says
from tests.integration.desk import Desk
from tests.integration.gateway import Answer, announced, call, invoke, staff
from tests.integration.people_books import Books
from tests.integration.test_actions import bodies
from tests.integration.walks import BY_CUSTOMERS

LEADS = ("hua", "qing")
PEOPLE = {name: staff(name) for name in ("mei", "bo", "tom", "lin")} | {name: staff(name, "lead") for name in LEADS}
TEAMS = ("desk", "returns")
SKILLS = {"complaint": 1, "consultation": 1, "refund_only": 1, "return_refund": 1, "repair": 1}
WORDS = {"message": "请尽快处理。"}
COUPON = {"kind": "coupon", "amount": {"amount": 500, "currency": "CNY"}, **WORDS}
MORNING = [{"opens": "09:00", "closes": "12:00"}]
MORNINGS = {"time_zone": "Asia/Shanghai", "week": {"monday": MORNING, "tuesday": MORNING, "wednesday": MORNING}}
TEAPOT = {"line_id": "teapot", "quantity": 1, "reason": "defective"}
OUTCOMES: tuple[Outcome, ...] = (
    "manual_review",
    "manual_review",
    "manual_review",
    "accept",
    "accept",
    "information_wanted",
    "reject",
)
NOT_LISTED = {
    *("claim", "transfer", "takeover", "handover", "tasks", "notes", "message", "compensation", "information-request")
}
"""Moves of their own."""
OF_LEADS = {"dispute-answer", "compensation-approval"}
MOST_OPEN = 12


class PeopleMoves:
    """Drawn by `seed`. `log` says what was done, and what came of it."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.draw = desk, random.Random(seed)
        random.seed(seed)  # who is chosen is drawn, too
        self.books, self.numbers = Books(), list[str]()
        self.waits: list[dict[str, Any]] = []
        self.log = [""]

    def case(self, *statuses: Status) -> Application | None:
        """As it stood before the move: something may have come in between."""
        known = self.books.seen.cases
        cases = [known[number] for number in self.numbers if number in known]
        fitting = [case for case in cases if not statuses or case.status in statuses]
        return self.draw.choice(fitting) if fitting else None

    def anyone(self) -> str:
        return self.draw.choice(list(PEOPLE))

    def lead(self) -> Principal:
        return PEOPLE[self.draw.choice(LEADS)]

    def holder(self, case: Application) -> Principal:
        """Mostly."""
        known = PEOPLE.get(case.assignee or "")
        return known if known and self.draw.random() < 0.7 else PEOPLE[self.anyone()]

    def fine(self, answer: Answer) -> None:
        self.log[-1] += f" {answer.status} {answer.problem}"
        assert answer.status < 500, self.log[-1]

    def step(self, who: Principal, case: Application, action: str, body: object) -> None:
        self.log[-1] += f" {who.id} {action}"
        self.fine(self.desk.staff(who, case.number, action, body))

    # --- customers, and the policy

    def file(self) -> None:
        if sum(case.status in OPEN for case in self.books.seen.cases.values()) < MOST_OPEN:
            type_, language = self.draw.choice(list(SKILLS)), self.draw.choice(["zh-CN", "en"])
            lines = [] if type_ in {"complaint", "consultation"} else [TEAPOT]
            contact = {"name": "李娜", "email": f"customer{self.draw.randint(1, 5)}@mail.example"}
            number = self.desk.filed(type=type_, lines=lines, contact=contact, language=language)
            self.numbers.append(number)
            self._review(number)

    def review(self) -> None:
        if case := self.case(Status.SUBMITTED):
            self._review(case.number)

    def _review(self, number: str) -> None:
        """Each time with another weight."""
        needs = Needs(weight=self.draw.randint(1, 4), skills={"gems": 1} if self.draw.random() < 0.15 else {})
        priority = self.draw.choice(["low", "normal", "high", "urgent"])
        with suppress(Outdated, StepNotPossible):
            outcome, team = self.draw.choice(OUTCOMES), self.draw.choice([None, *TEAMS])
            policy_says(number, outcome, needs=needs, team=team, priority=priority)
        self._asks_for_somebody(number)

    def _asks_for_somebody(self, number: str) -> None:
        """The state machine, where it stands; mostly it is heard at once."""
        self.waits.append(self.desk.standing(number) | {"token": f"t{len(self.waits)}"})
        if self.draw.random() < 0.6:
            self.desk.delivered("assignment", self.waits[-1])

    def says(self) -> None:
        """Mostly something that is possible; seldom that it is over."""
        if case := self.case():
            listed = [name for name in self.desk.look(case.number).body["actions"] if name in BY_CUSTOMERS]
            path, body = BY_CUSTOMERS[self.draw.choice(listed * 3 + list(BY_CUSTOMERS))]
            if path != "cancellation" or self.draw.random() < 0.3:
                self.log[-1] += f" {path}"
                self.fine(self.desk.customer(case.number, path, body))
                self._asks_for_somebody(case.number)

    # --- who works here

    def save(self) -> None:
        name, today = self.anyone(), f"{self.desk.clock.moment:%Y-%m-%d}"
        more: dict[str, Any] = {"skills": SKILLS, "teams": self.draw.choice([TEAMS, TEAMS[:1], TEAMS[1:]])}
        more |= self.draw.choice([{}, {}, {"skills": {"complaint": 3}}, {"skills": SKILLS | {"gems": 1}}])
        more |= self.draw.choice([{}, {}, {}, {"hours": MORNINGS}])
        more |= self.draw.choice([{}, {}, {}, {"leave": [{"first": today, "last": today}]}])
        self.hire(name, capacity=self.draw.choice([0, 3, 5, 8, 8]), **more)

    def hire(self, name: str, **more: Any) -> None:
        self.log[-1] += f" {name} {more}"
        known = {"name": name, "email": f"{name}@desk.example", "languages": ["zh-CN", "en"], "leads": name in LEADS}
        self.fine(call(PEOPLE["hua"], "PUT", f"/staff/members/{name}", known | more))

    def presence(self) -> None:
        name, told = self.anyone(), self.draw.choice(["available"] * 4 + ["busy", "away"])
        self.log[-1] += f" {name} {told}"
        self.fine(call(PEOPLE[name], "PUT", "/staff/presence", {"presence": told}))

    def remove(self) -> None:
        name = self.anyone()
        self.log[-1] += f" {name}"
        self.fine(call(PEOPLE["qing"], "DELETE", f"/staff/members/{name}"))

    # --- staff

    def claim(self) -> None:
        if case := self.case(*FOR_A_PERSON):
            self.step(PEOPLE[self.anyone()], case, "claim", {})

    def take_over(self) -> None:
        if case := self.case(*FOR_A_PERSON):
            self.step(self.lead(), case, "takeover", {})

    def transfer(self) -> None:
        if case := self.case(*OPEN):
            member_id = self.draw.choice([*PEOPLE, "nobody"])
            self.step(self.holder(case), case, "transfer", {"member_id": member_id})

    def hand_over(self) -> None:
        if case := self.case(*OPEN):
            team = self.draw.choice([*TEAMS, "nobodys"])
            self.step(self.holder(case), case, "handover", WORDS | {"team": team})

    def act(self) -> None:
        """Something that is listed, by who has it or somebody else."""
        case = self.case(*STAFFED) or self.case(*OPEN - {Status.SUBMITTED, Status.INFORMATION_WANTED})
        listed = set(self.desk.case(case.number, self.lead())["actions"]) - NOT_LISTED if case else set()
        if case and listed:
            action = self.draw.choice(sorted(listed))
            body = self.draw.choice(bodies(self.desk, case.number)[action])
            if action == "decision":
                body = WORDS | {"outcome": self.draw.choice(["accept", "accept", "reject"])}
            by_lead = action in OF_LEADS or action.endswith("-confirmation")
            self.step(self.lead() if by_lead else self.holder(case), case, action, body)

    def ask_or_give(self) -> None:
        if case := self.case(Status.MANUAL_REVIEW, Status.IN_PROGRESS):
            more = [(step, WORDS) for step in ("information-request", "message", "notes")] + [("compensation", COUPON)]
            self.step(self.holder(case), case, *self.draw.choice(more))

    def open_again(self) -> None:
        if case := self.case(Status.DISPUTED):
            self.step(self.lead(), case, "dispute-answer", WORDS | {"outcome": "reopened"})

    def open_task(self) -> None:
        if case := self.case(*OPEN):
            owner = {"member_id": self.anyone()} if self.draw.random() < 0.6 else {}
            wanted = {"department": "quality", "due_at": "2027-03-01T08:00:00Z"} | owner | WORDS
            self.step(self.holder(case), case, "tasks", wanted)

    def finish_task(self) -> None:
        case = self.case()
        if case and (tasks := self.desk.case(case.number)["tasks"]):
            task_id = self.draw.choice(tasks)["task_id"]
            self.step(PEOPLE[self.anyone()], case, f"tasks/{task_id}/completion", WORDS)

    # --- what the cloud does

    def assignment(self) -> None:
        """A message for a case as it stands, or an old one; it may come twice."""
        if self.waits and self.draw.random() < 0.4:
            self.desk.delivered("assignment", *[self.draw.choice(self.waits)] * 2)
        elif case := self.case(*FOR_A_PERSON):
            self._asks_for_somebody(case.number)

    def clocks(self) -> None:
        """Of the last events any: late, or again."""
        if case := self.case():
            event = self.draw.choice(self.desk.timeline(case.number)[-3:])
            self.desk.delivered("clocks", announced(event.published()))

    def minute(self) -> None:
        self.desk.later(minutes=self.draw.choice([0, 1, 1, 5, 30, 60, 240]))
        for _ in range(self.draw.choice([1, 1, 2])):
            sweep(self.desk)

    def day(self) -> None:
        self.desk.later(hours=self.draw.choice([6, 12, 24, 40]))

    def idle(self) -> None:
        """Taken back by what the sweep has read, which may be true no more."""
        if case := self.case(*STAFFED):
            with suppress(Outdated):
                take_back(case)

    def silence(self) -> None:
        if case := self.case(*OPEN):
            self.desk.time_out(case.number)

    def call_back(self) -> None:
        if case := self.case(Status.RESOLVED):
            invoke("followup", {"number": case.number})
            invoke("followup", {"number": case.number, "due": True})
