"""What must hold of the roster and of all work after every move, whatever came before."""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from aftersales import clock
from aftersales.applications import store
from aftersales.applications.lifecycle import DONE, FOR_A_PERSON, Step
from aftersales.applications.model import Application, TimelineEvent
from aftersales.aws import client
from aftersales.items import document_of
from aftersales.settings import Setting
from aftersales.staff import store as staff
from aftersales.staff.model import Member

OF_CLOCKS = {Step.SLA_WARNED, Step.SLA_BREACHED, Step.PRIORITY_CHANGED, Step.ESCALATED}


class Seen(NamedTuple):
    """The roster at a moment, and how far each timeline was read."""

    at: datetime
    roster: dict[str, Member]
    cases: dict[str, Application]


class Books:
    """Looks at everything; what a move has done is what has changed since the last look."""

    def __init__(self) -> None:
        self.seen = Seen(clock.now(), _roster(), {})

    def must_balance(self) -> None:
        before, rows = self.seen, _rows()
        cases = {row["number"]: store._application(row) for row in rows if row["item"] == "application"}
        roster = _roster()
        _counts_are_right(roster, list(cases.values()))
        _nobody_got_too_much(before.roster, roster)
        _all_work_is_somebodys(roster, rows, cases)
        for number, case in cases.items():
            known = before.cases[number].version if number in before.cases else 0
            if case.version != known:
                _told(store.timeline(number), case.version, known, before, roster)
        self.seen = Seen(clock.now(), roster, cases)


def _told(timeline: list[TimelineEvent], version: int, known: int, before: Seen, roster: dict[str, Member]) -> None:
    assert [event.version for event in timeline] == list(range(1, version + 1))
    _each_thing_is_told_once(timeline)
    for event in _given(timeline)[known:]:
        if event:
            _was_there(event, before, roster)


def _rows() -> list[dict[str, Any]]:
    """All but the events."""
    scanned = client("dynamodb").scan(
        TableName=Setting.APPLICATIONS_TABLE.read(),
        FilterExpression="attribute_not_exists(#s)",
        ExpressionAttributeNames={"#s": "step"},
        ConsistentRead=True,
    )
    return [document_of(row) for row in scanned["Items"]]


def _roster() -> dict[str, Member]:
    return {member.member_id: member for member in staff.roster()}


def _counts_are_right(roster: dict[str, Member], cases: list[Application]) -> None:
    have: Counter[str] = Counter()
    for case in cases:
        if case.assignee and case.status not in DONE:
            have[case.assignee] += case.needs.weight
    assert {name: member.open for name, member in roster.items()} == {name: have[name] for name in roster}
    assert set(have) <= set(roster), "somebody who has left has work"


def _nobody_got_too_much(before: dict[str, Member], roster: dict[str, Member]) -> None:
    """Above capacity is only whose capacity was lowered, and they have not more than before."""
    for name, member in roster.items():
        was = before.get(name, member)
        most = max(was.capacity, member.capacity)
        assert member.open <= max(most, was.open), f"{name} has {member.open} of {most}"


def _given(timeline: list[TimelineEvent]) -> list[TimelineEvent | None]:
    """In place of each event: itself, if by it the desk gave it to somebody who did not have it."""
    holder: str | None = None
    found: list[TimelineEvent | None] = []
    for event in timeline:
        before, holder = holder, event.data.get("assignee", holder)
        by_itself = event.step is Step.ASSIGNED and event.actor.kind == "system"
        found.append(event if by_itself and holder != before else None)
    return found


def _was_there(event: TimelineEvent, before: Seen, roster: dict[str, Member]) -> None:
    """When the move began, or when it ended: people come and go while it is made."""
    name = event.data["assignee"]
    known = [people[name] for people in (before.roster, roster) if name in people]
    assert any(member.is_there(at) for member in known for at in (before.at, event.at)), f"{name} was not there"


def _all_work_is_somebodys(
    roster: dict[str, Member], rows: list[dict[str, Any]], cases: dict[str, Application]
) -> None:
    for row in rows:
        owner, place = row.get("work_owner"), (row["number"], row["item"], row.get("status"))
        shared = owner is not None and owner.startswith(("backlog#", "department#"))
        assert owner is None or shared or owner in roster, f"{place} belongs to {owner}, who has left"
        if row["item"] == "application":
            _is_found(cases[row["number"]], row)


def _is_found(case: Application, row: dict[str, Any]) -> None:
    if case.status in FOR_A_PERSON:
        assert row.get("work_owner") == (case.assignee or f"backlog#{case.team}"), case.number
        assert row["priority"] == case.priority
    if "work_owner" in row:
        assert row["work_due"] == store._work(case)["work_due"]


def _each_thing_is_told_once(timeline: list[TimelineEvent]) -> None:
    """That nobody can do it, once in a team as long as nobody has it."""
    told: Counter[tuple[str, str]] = Counter()
    for event in timeline:
        if event.step is Step.ASSIGNED:
            told = Counter({each: times for each, times in told.items() if each[0] != "nobody_can"})
        elif event.data.get("reason") == "nobody_can":
            told["nobody_can", event.data["team"]] += 1
        elif event.step in OF_CLOCKS and "clock" in event.data:
            told[event.step, event.data["clock"]] += 1
        elif event.step is Step.TASK_DONE:
            told[event.step, event.data["task_id"]] += 1
        assert not told or max(told.values()) == 1, told
