"""Whatever a function does, it may end at any moment, and then it is asked again: the outcome must be the same.

Each piece of work is done once undisturbed. Then it is interrupted at every call of AWS, and delivered again. What is
in the tables, at SES, on the bus, in the scheduler and in Step Functions must be what the undisturbed run left.
"""

import json
import re
from collections import Counter
from contextlib import AbstractContextManager, suppress
from typing import Any

import pytest

from aftersales.applications.number import PATTERN
from aftersales.aws import client
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk, assert_books_balance
from tests.integration.gateway import Answer
from tests.integration.interruption import Killed, answer_is_lost_of, counted, dies_after
from tests.integration.policy_works import POLICY_WORKS
from tests.integration.works import PUBLISHING, RECORDED_AGAIN, WORKS, Run, Work

NUMBER = re.compile(PATTERN.strip("^$"))
READING = {"GetItem", "Query", "GetSecretValue", "HeadObject"}
State = dict[str, Any]


class Trial:
    """One piece of work, done again and again from the same beginning."""

    def __init__(self, desk: Desk, work: Work) -> None:
        self.desk, self.tells = desk, work not in PUBLISHING
        self.run: Run = work(desk)
        if self.tells:
            desk.relay_all()
        self.taken = steps_taken()
        self.begin = desk.remember()

    def undisturbed(self) -> tuple[State, list[str]]:
        """What it leaves behind, and the calls that it makes."""
        self.begin()
        with counted() as calls:
            self._succeeds()
        return self._state(), list(calls)

    def interrupted(self, fault: AbstractContextManager[object]) -> State:
        """What it leaves behind when it was interrupted and delivered again. A repetition may be answered with 409."""
        self.begin()
        with suppress(Killed, Exception), fault:
            self.run()
        self._succeeds(409)
        assert_books_balance()
        assert not [step for step, times in (steps_taken() - self.taken).items() if times > 1]
        return self._state()

    def _succeeds(self, *also: int) -> None:
        outcome = self.run()
        if isinstance(outcome, Answer):
            assert outcome.status < 300 or outcome.status in also, outcome

    def _state(self) -> State:
        """All that is left behind once the stream has told of it, without the numbers that are drawn at random."""
        if self.tells:
            self.desk.relay_all()
        tables = (Setting.ORDERS_TABLE, Setting.APPLICATIONS_TABLE, Setting.STAFF_TABLE, Setting.POLICIES_TABLE)
        rows = [row for table in tables for row in cloud.rows(table) if row.get("item") != {"S": "idempotency"}]
        machines = client("stepfunctions").list_executions(stateMachineArn=Setting.STATE_MACHINE_ARN.read())
        schedules = client("scheduler").list_schedules(GroupName=Setting.FOLLOW_UP_GROUP.read())["Schedules"]
        return {
            "rows": sorted(same(row) for row in rows),
            "mails": sorted(same([mail.destinations, mail.subject]) for mail in cloud.mails()),
            "events": sorted({same(event) for event in cloud.heard()}),
            "executions": sorted(same(each["name"]) for each in machines["executions"]),
            "schedules": sorted(same(each["Name"]) for each in schedules),
            "answers": sorted(same(answered) for answered in self.desk.tokens.answers),
        }


def same(value: object) -> str:
    return NUMBER.sub("NUMBER", json.dumps(value, sort_keys=True, ensure_ascii=False))


def steps_taken() -> Counter[tuple[str, str]]:
    """All the works here take a step once."""
    return Counter(
        (row["number"]["S"], row["step"]["S"]) for row in cloud.rows(Setting.APPLICATIONS_TABLE) if "step" in row
    )


def writing(calls: list[str]) -> list[int]:
    """Which calls change something. To die after a call that only reads is to die before it."""
    return [index for index, operation in enumerate(calls, 1) if operation not in READING]


@pytest.fixture(params=[*WORKS, *POLICY_WORKS], ids=lambda work: work.__name__)
def trial(request: pytest.FixtureRequest, desk: Desk) -> Trial:
    return Trial(desk, request.param)


def test_a_function_that_dies_anywhere_is_asked_again_and_nobody_can_tell(trial: Trial) -> None:
    expected, calls = trial.undisturbed()
    for made in [0, *writing(calls)]:
        assert trial.interrupted(dies_after(made)) == expected, f"died after {calls[:made]}"


def test_an_answer_that_is_lost_anywhere_changes_nothing_either(trial: Trial) -> None:
    expected, calls = trial.undisturbed()
    for index in writing(calls):
        assert trial.interrupted(answer_is_lost_of(index)) == expected, f"lost the answer of {calls[:index]}"


@pytest.mark.parametrize("work", RECORDED_AGAIN, ids=lambda work: work.__name__)
def test_a_note_or_a_parcel_that_is_recorded_twice_changes_nothing_else(desk: Desk, work: Work) -> None:
    run = work(desk)
    [number] = {row["number"]["S"] for row in cloud.rows(Setting.APPLICATIONS_TABLE) if "step" in row}
    begin = desk.remember()
    run()
    expected, steps = desk.application(number), set(desk.steps(number))
    for made in range(7):
        begin()
        with suppress(Killed), dies_after(made):
            run()
        run()
        now = desk.application(number)
        assert now.model_copy(update={"version": expected.version}) == expected
        assert set(desk.steps(number)) == steps
