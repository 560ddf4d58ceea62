"""Whatever happens to a case, its clocks are what counting every minute comes to."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from aftersales.applications.lifecycle import STAFF_ONLY, TRANSITIONS, Status, Step, Type
from aftersales.applications.model import TimelineEvent
from aftersales.sla.calendar import WEEKDAYS, Calendar
from aftersales.sla.clock import MINUTE
from aftersales.sla.clocks import Clocks
from aftersales.sla.fold import Subject, fold
from aftersales.sla.terms import ServiceTerms
from tests.unit.builders import event
from tests.unit.sla.calendars import ALL_DAY, LUNCH, OFFICE, span
from tests.unit.sla.simulator import Simulation, Stood, open_minutes

START = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
"""A Thursday. On the Sunday after it clocks are put forward in Europe, at one in the morning of UTC."""

GAPS = (0, 1, 17, 60, 180, 240, 455, 480, 725, 1440)
"""Minutes between two events; targets are of the same kind, so that things fall on the same minute."""

FURTHER = 6 * 1440
"""Minutes after the end: in every calendar the longest target has run by then."""

LENGTH = 16
LONGEST = (LENGTH + 1) * max(GAPS) + FURTHER
CALENDARS: dict[str, Any] = {
    "china": {"time_zone": "Asia/Shanghai", "week": dict.fromkeys(WEEKDAYS[:5], LUNCH), "days": {"2026-03-28": LUNCH}},
    "berlin": {
        "time_zone": "Europe/Berlin",
        "week": dict.fromkeys(WEEKDAYS[:5], OFFICE),
        "days": {"2026-03-29": [span("00:30", "09:00")], "2026-03-30": []},
    },
    "always": {"time_zone": "UTC", "week": dict.fromkeys(WEEKDAYS, ALL_DAY)},
}
OPENED = {name: open_minutes(Calendar.model_validate(each), START, LONGEST) for name, each in CALENDARS.items()}
KINDS = ("pickup", "first_response", "next_response", "resolution", "follow_up", "idle")
PRIORITIES = ("low", "normal", "high", "urgent")
BESIDE = (Step.NOTED, Step.PRIORITY_CHANGED, Step.HANDED_OVER, Step.TAKEN_BACK, Step.FOLLOW_UP_DUE, Step.FOLLOWED_UP)
BACK = (Step.APPEALED, Step.DISPUTED, Step.REOPENED, Step.INFORMATION_GIVEN)
"""What brings a case back to the desk is taken whenever it can be: else histories come to their end too soon."""


def terms(chance: Random) -> ServiceTerms:
    """Most kinds, for each priority in any calendar; some for types that the case is not of."""
    of_repairs = set(chance.sample(KINDS, 2))
    promised = set(chance.sample(KINDS, 5))
    wanted = [
        {
            "calendar": chance.choice(list(CALENDARS)),
            "priorities": [priority],
            "types": types,
            "minutes": {kind: chance.choice(GAPS[1:-2]) for kind in KINDS if kind in kinds},
        }
        for priority in PRIORITIES
        for types, kinds in ((["repair"], promised & of_repairs), ([], promised - of_repairs))
    ]
    return ServiceTerms.model_validate({"calendars": CALENDARS, "promises": wanted})


def history(chance: Random, type_: Type) -> list[TimelineEvent]:
    """A walk through the lifecycle of what was filed as that type: people come and go, the priority goes up and down,
    and something else is done about it.
    """
    events = [event(Step.FILED, version=1, at=START, status_from=None, status_to="submitted")]
    for version in range(2, chance.randint(3, LENGTH)):
        happened = _next(chance, version, events[-1].status_to, events[-1].at)
        if happened.step is Step.REMEDY_CHANGED:
            told = {"from": type_, "to": (type_ := chance.choice(list(Type)))}
            happened = happened.model_copy(update={"data": happened.data | told})
        events.append(happened)
    return events


def type_after(events: list[TimelineEvent], filed_as: Type) -> Type:
    return next((Type(each.data["to"]) for each in reversed(events) if "to" in each.data), filed_as)


def _next(chance: Random, version: int, status: Status, last: datetime) -> TimelineEvent:
    steps = [step for step, moves in TRANSITIONS.items() if status in moves]
    back = [step for step in BACK if step in steps]
    step = chance.choice(back or steps or BESIDE) if chance.random() < 0.7 else chance.choice(BESIDE)
    return event(
        step,
        version=version,
        at=last + timedelta(minutes=chance.choice(GAPS)),
        actor={"kind": "customer" if step in BACK else chance.choice(["staff", "system"])},
        status_from=status,
        status_to=chance.choice(sorted(TRANSITIONS.get(step, {}).get(status, {status}))),
        staff_only=step in STAFF_ONLY,
        data=_changes(chance),
    )


def _changes(chance: Random) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if chance.random() < 0.3:
        told["assignee"] = chance.choice([None, "mei", "tom"])
    if chance.random() < 0.3:
        told["priority"] = chance.choice(PRIORITIES)
    return told


def stood(clocks: Clocks, end: datetime, terms: ServiceTerms) -> list[Stood]:
    return [
        Stood(
            kind,
            minute_of(each.started_at),
            each.spent_by(end, terms.calendars[each.calendar]) // MINUTE,
            each.runs,
            minute_of(each.due_at) if each.due_at else None,
        )
        for kind, each in clocks.running.items()
    ]


def minute_of(at: datetime) -> int:
    minute, rest = divmod(at - START, timedelta(minutes=1))
    assert not rest, "in whole minutes"
    return minute


@pytest.mark.parametrize("type_", [Type.REPAIR, Type.COMPLAINT])
def test_clocks_are_what_counting_every_minute_comes_to(type_: Type) -> None:
    for seed in range(80):
        chance = Random(seed)
        promised, happened = terms(chance), history(chance, type_)
        end = minute_of(happened[-1].at) + chance.choice(GAPS)
        told = [(minute_of(each.at), each) for each in happened]
        counted = Simulation(type_, promised, OPENED).run(told, end, FURTHER)
        folded = stood(
            fold(happened, Subject(type_after(happened, type_)), promised), START + timedelta(minutes=end), promised
        )
        assert sorted(folded) == sorted(counted), f"history {seed}"
