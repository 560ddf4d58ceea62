"""The gauges that the sweep puts: what alarms watch and the dashboard shows."""

import pytest

from aftersales.sla import gauges
from aftersales.sla.escalation import escalate
from tests.integration.clock_works import for_a_person, gauge, hears, leads_listen, sweep
from tests.integration.desk import HUA, Desk
from tests.unit.sla.calendars import shanghai


@pytest.fixture(autouse=True)
def _leads(desk: Desk) -> None:
    leads_listen()


def test_with_nothing_to_do_the_gauges_say_so(desk: Desk) -> None:
    sweep(desk)
    names = {each.name for each in gauges.measure([], desk.clock.now())}
    assert {name: gauge(name) for name in names} == dict.fromkeys(names, 0)
    assert gauge("OpenCases", status="manual_review") == 0


def test_gauges_say_how_much_there_is_to_do(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], capacity=0)
    hears(desk, desk.filed())
    for_a_person(desk, "urgent")
    desk.clock.moment = shanghai("2026-03-09 10:30:30")
    sweep(desk, "2026-03-09 17:45")  # the urgent one is late; the other near due, for a quarter of an hour
    assert gauge(gauges.OPEN_CASES) == 2
    assert gauge(gauges.OPEN_CASES, status="manual_review") == 1
    assert gauge(gauges.OPEN_CASES, team="desk") == 2
    assert (gauge(gauges.NEAR_DUE), gauge(gauges.BREACHED)) == (1, 1)
    assert (gauge(gauges.BACKLOG), gauge(gauges.URGENT_UNOWNED)) == (1, 1)
    assert gauge(gauges.OLDEST_OPEN) == 7.25 * 3600


def test_an_escalation_is_counted_until_somebody_takes_it(desk: Desk) -> None:
    number = for_a_person(desk)
    escalate(desk.application(number), "pickup")
    hears(desk, number)
    desk.hire("mei", languages=["zh-CN"], capacity=0)
    sweep(desk)
    assert gauge(gauges.ESCALATED) == 1
    desk.hire("hua", languages=["zh-CN"], leads=True)
    desk.staff(HUA, number, "claim")
    hears(desk, number)
    sweep(desk, "2026-03-09 10:31")
    assert gauge(gauges.ESCALATED) == 0


def test_what_nobody_can_do_is_counted_as_long_as_nobody_can(desk: Desk) -> None:
    desk.hire("mei", languages=["en"])
    number = for_a_person(desk)
    desk.assign(number)
    hears(desk, number)
    sweep(desk)
    assert (gauge(gauges.NOBODY_CAN), gauge(gauges.ESCALATED)) == (1, 1)
    desk.hire("mei", languages=["zh-CN"])
    sweep(desk, "2026-03-09 10:31")
    hears(desk, number)
    sweep(desk, "2026-03-09 10:32")
    assert (gauge(gauges.NOBODY_CAN), gauge(gauges.ESCALATED)) == (0, 0)


def test_a_team_without_cases_is_said_to_have_none(desk: Desk) -> None:
    desk.make_team("returns", {"zh-CN": "退货组"})
    sweep(desk)
    assert gauge(gauges.OPEN_CASES, team="returns") == 0
