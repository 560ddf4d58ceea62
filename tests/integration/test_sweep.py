"""Each minute what is due is told, once; what follows from that is done, once; and what was missed is caught up."""

from collections import Counter
from contextlib import suppress
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.items import item
from aftersales.settings import Setting
from aftersales.sla.promised import default
from functions.sweep.app import NotAllAttended
from tests.conftest import forget
from tests.integration import cloud
from tests.integration.clock_works import for_a_person, hears, indexed, leads_listen, sweep
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import call
from tests.integration.interruption import Killed, answer_is_lost_of, counted, dies_after
from tests.unit.sla.calendars import shanghai

TOLD = {"sla_warned", "sla_breached", "priority_changed", "escalated", "taken_back"}


@pytest.fixture(autouse=True)
def _leads(desk: Desk) -> None:
    leads_listen()


def filed(desk: Desk) -> str:
    """On a Monday at 10:30; the review has not come to it."""
    number = desk.filed()
    hears(desk, number)
    return number


def with_mei(desk: Desk) -> str:
    number = for_a_person(desk)
    desk.assign(number)
    hears(desk, number)
    return number


def told(desk: Desk, number: str) -> list[tuple[str, str]]:
    """What the sweep said on the timeline, of which clock."""
    events = [event for event in desk.timeline(number) if event.step in TOLD]
    return [(event.step, event.data.get("clock", "").partition("@")[0]) for event in events]


# --- what is told ---


def test_before_a_warning_is_due_nothing_is_told(desk: Desk) -> None:
    number = filed(desk)
    sweep(desk, "2026-03-09 17:29:59")
    assert told(desk, number) == []


def test_at_three_quarters_of_the_time_there_is_a_warning_once(desk: Desk) -> None:
    number = filed(desk)
    sweep(desk, "2026-03-09 17:30")
    sweep(desk, "2026-03-09 17:31")
    assert told(desk, number) == [("sla_warned", "first_response")]
    assert indexed()[number].due_next == shanghai("2026-03-10 10:30")


def test_a_breach_is_told_once_raises_the_priority_and_goes_to_the_lead(desk: Desk) -> None:
    number = filed(desk)
    sweep(desk, "2026-03-09 17:30")
    sweep(desk, "2026-03-10 10:30")
    sweep(desk, "2026-03-10 10:31")
    clock = "first_response"
    assert told(desk, number)[1:] == [("sla_breached", clock), ("priority_changed", clock), ("escalated", clock)]
    now = desk.application(number)
    assert (now.priority, now.look_at) == ("high", shanghai("2026-03-10 10:30"))
    assert desk.timeline(number)[-1].data["reason"] == "first_response"


def test_nobody_but_staff_sees_it(desk: Desk) -> None:
    number = filed(desk)
    sweep(desk, "2026-03-10 10:30")
    assert [entry["step"] for entry in desk.look(number).body["timeline"]] == ["filed"]


def test_an_urgent_case_is_raised_no_higher(desk: Desk) -> None:
    number = for_a_person(desk, "urgent")
    sweep(desk, "2026-03-09 11:05")
    assert ("escalated", "first_response") in told(desk, number)
    assert "priority_changed" not in dict(told(desk, number))


def test_what_was_missed_for_days_is_caught_up_at_once_and_once(desk: Desk) -> None:
    number = filed(desk)
    sweep(desk, "2026-03-16 09:00")
    once = told(desk, number)
    sweep(desk, "2026-03-16 09:01")
    assert told(desk, number) == once
    assert max(Counter(once).values()) == 1
    assert {("sla_breached", "first_response"), ("sla_breached", "resolution")} <= set(once)
    assert desk.application(number).priority == "urgent"


def test_of_what_the_queue_never_brought_the_sweep_still_hears(desk: Desk) -> None:
    """The index says what was true at the filing; the timeline says what is."""
    number = filed(desk)
    desk.customer(number, "cancellation")
    sweep(desk, "2026-03-10 10:30")
    assert told(desk, number) == []
    assert indexed() == {}


def test_after_the_resolution_nothing_is_told_or_done(desk: Desk) -> None:
    number = with_mei(desk)
    desk.clock.moment = shanghai("2026-03-10 10:29")
    desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "超出退货期限。"})
    sweep(desk, "2026-03-16 09:00")
    assert told(desk, number) == []


def test_who_decides_while_the_sweep_looks_comes_first(desk: Desk) -> None:
    number = with_mei(desk)
    desk.clock.moment = shanghai("2026-03-10 10:30")
    decided = {"outcome": "reject", "message": "超出退货期限。"}
    with cloud.meanwhile("TransactWriteItems", lambda: desk.staff(MEI, number, "decision", decided)):
        sweep(desk)
    assert told(desk, number) == []


# --- who has it, and who has not ---


def test_an_urgent_case_that_nobody_has_is_escalated_after_ten_minutes(desk: Desk) -> None:
    number = for_a_person(desk, "urgent")
    desk.hire("mei", languages=["zh-CN"], capacity=0)
    desk.hire("hua", languages=["zh-CN"], capacity=0)
    sweep(desk, "2026-03-09 10:39:59")
    assert ("escalated", "pickup") not in told(desk, number)
    sweep(desk, "2026-03-09 10:40")
    sweep(desk, "2026-03-09 10:41")
    assert told(desk, number).count(("escalated", "pickup")) == 1


def test_ten_minutes_are_ten_minutes_at_night_too(desk: Desk) -> None:
    desk.clock.moment = shanghai("2026-03-14 23:55")
    number = for_a_person(desk, "urgent")
    desk.hire("mei", languages=["zh-CN"], capacity=0)
    sweep(desk, "2026-03-15 00:05")
    assert ("escalated", "pickup") in told(desk, number)


def test_one_that_waits_and_is_not_urgent_is_only_late(desk: Desk) -> None:
    number = for_a_person(desk)
    desk.hire("mei", languages=["zh-CN"], capacity=0)
    sweep(desk, "2026-03-09 15:31")
    assert told(desk, number) == [("sla_warned", "pickup"), ("sla_breached", "pickup")]


def test_what_lies_idle_is_taken_back_and_goes_to_somebody_else(desk: Desk) -> None:
    number = with_mei(desk)
    desk.hire("bo", languages=["zh-CN"])
    desk.clock.moment = shanghai("2026-03-10 10:00")
    desk.staff(MEI, number, "information-request", {"message": "请拍一张照片。"})
    desk.customer(number, "information", {"message": "已上传。"})
    hears(desk, number)
    sweep(desk, "2026-03-12 10:00")
    assert ("sla_breached", "idle") in told(desk, number)
    assert desk.application(number).assignee == "bo"
    assert (desk.open_cases("mei"), desk.open_cases("bo")) == (0, 1)


def test_what_lies_idle_and_is_for_nobody_else_stays_and_a_lead_hears_of_it_once(desk: Desk) -> None:
    number = with_mei(desk)
    for at in ("2026-03-11 10:30", "2026-03-11 10:31", "2026-03-12 09:00"):
        sweep(desk, at)
        hears(desk, number)
    idle = [step for step, kind in told(desk, number) if kind == "idle"]
    assert idle.count("escalated") == 1
    assert "taken_back" not in desk.steps(number)
    assert desk.application(number).assignee == "mei"


def test_what_lies_idle_waits_in_the_backlog_when_nobody_is_there(desk: Desk) -> None:
    number = with_mei(desk)
    desk.is_now(MEI, "away")
    sweep(desk, "2026-03-11 10:30")
    assert desk.application(number).assignee is None
    assert desk.work(HUA, backlog=True) == [number]
    assert desk.open_cases("mei") == 0
    sweep(desk, "2026-03-11 10:31")
    assert [step for step, _ in told(desk, number)].count("taken_back") == 1


def test_what_waits_is_found_somebody_for_when_they_have_room(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], capacity=0)
    number = for_a_person(desk)
    sweep(desk)
    assert desk.application(number).assignee is None
    desk.hire("mei", languages=["zh-CN"], capacity=5)
    sweep(desk, "2026-03-09 10:32")
    assert desk.application(number).assignee == "mei"


# --- what goes wrong ---


def late_and_idle(desk: Desk) -> str:
    """Mei has let it lie since Monday; on Friday morning all its clocks have run out."""
    number = with_mei(desk)
    desk.hire("bo", languages=["zh-CN"])
    desk.clock.moment = shanghai("2026-03-13 09:00")
    return number


def left(desk: Desk, number: str) -> tuple[Any, ...]:
    """Once the queue has brought the last event."""
    hears(desk, number)
    now = desk.application(number)
    steps = sorted((step, clock) for step, clock in told(desk, number))
    people = desk.open_cases("mei"), desk.open_cases("bo")
    return steps, now.priority, now.assignee, people, indexed()[number].due_next


def test_killed_anywhere_and_swept_again_it_comes_to_the_same(desk: Desk) -> None:
    """Before its first write, after each, and where the answer to one is lost: between them it only reads."""
    number = late_and_idle(desk)
    begin = desk.remember()
    with counted() as calls:
        sweep(desk)
    undisturbed = left(desk, number)
    assert len(undisturbed[0]) > 7
    writes = [index for index, name in enumerate(calls, 1) if name in ("TransactWriteItems", "PutItem")]
    for fault in [dies_after(n) for n in (0, *writes)] + [answer_is_lost_of(n) for n in writes]:
        begin()
        with suppress(Killed, Exception), fault:
            sweep(desk)
        sweep(desk)
        assert left(desk, number) == undisturbed


def test_one_case_that_fails_holds_up_no_other(desk: Desk) -> None:
    broken, whole = filed(desk), filed(desk)
    client("dynamodb").delete_item(
        TableName=Setting.APPLICATIONS_TABLE.read(), Key=item({"number": broken, "item": "application"})
    )
    with pytest.raises(NotAllAttended, match="1 cases"):
        sweep(desk, "2026-03-09 17:30")
    assert told(desk, whole) == [("sla_warned", "first_response")]


def test_other_terms_count_for_open_cases_from_the_next_minute(desk: Desk) -> None:
    number = filed(desk)
    shorter = default().document()
    shorter["promises"] = [{"calendar": "always", "minutes": {"first_response": 60}}]
    assert call(HUA, "PUT", "/service/lantern", shorter).status == 200
    forget()
    sweep(desk, "2026-03-09 10:31")
    assert indexed()[number].due_at == {"first_response": shanghai("2026-03-09 11:30")}
    sweep(desk, "2026-03-09 11:30")
    assert ("sla_breached", "first_response") in told(desk, number)


def test_a_case_that_was_late_and_became_urgent_is_late_all_the_same(desk: Desk) -> None:
    """Around the clock there would be hours left. Mei works on it, so it does not lie idle."""
    number = for_a_person(desk, "high")
    desk.assign(number)
    desk.clock.moment = shanghai("2026-03-11 10:00")
    desk.staff(MEI, number, "notes", {"message": "已联系快递核实。"})
    hears(desk, number)
    sweep(desk, "2026-03-11 10:31")
    assert {"sla_breached", "priority_changed", "escalated"} <= {step for step, _ in told(desk, number)}
    assert indexed()[number].is_breached(desk.clock.now())


def test_a_summary_that_cannot_be_read_is_folded_anew_and_holds_up_no_other(desk: Desk) -> None:
    """Written by later code, which was taken back."""
    odd, other = filed(desk), filed(desk)
    key = item({"number": odd, "item": "sla"})
    told_by_later_code = {"ExpressionAttributeValues": item({":d": {"delivery": "2026-03-10T02:30:00.000Z"}})}
    client("dynamodb").update_item(
        TableName=Setting.APPLICATIONS_TABLE.read(), Key=key, UpdateExpression="SET due_at = :d", **told_by_later_code
    )
    sweep(desk, "2026-03-09 17:30")
    assert told(desk, other) == [("sla_warned", "first_response")]
    assert indexed().keys() == {odd, other}


def test_an_event_that_was_lost_is_made_up_for_within_a_day(desk: Desk) -> None:
    """Nothing is due of what waits for its goods, so that nobody looks."""
    number = desk.awaiting_goods()
    hears(desk, number)
    desk.customer(number, "cancellation")
    sweep(desk, "2026-03-10 10:00")
    assert number in indexed()
    sweep(desk, "2026-03-10 10:31")
    assert indexed() == {}
