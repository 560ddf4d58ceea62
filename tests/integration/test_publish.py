"""The stream is the outbox: every recorded step reaches the bus, and the first one starts the state machine."""

import json
from typing import Any

import pytest

from aftersales.applications.store import unfinished_numbers
from aftersales.aws import client
from aftersales.flow.start import resume
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.decisions import WHY, rejected
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import invoke

MACHINE = Setting.STATE_MACHINE_ARN.read()


def executions() -> dict[str, dict[str, Any]]:
    """The input of each execution, by its name."""
    found = client("stepfunctions").list_executions(stateMachineArn=MACHINE)["executions"]
    return {
        each["name"]: json.loads(client("stepfunctions").describe_execution(executionArn=each["executionArn"])["input"])
        for each in found
    }


def stop(name: str) -> None:
    arn = f"{MACHINE.replace(':stateMachine:', ':execution:')}:{name}"
    client("stepfunctions").stop_execution(executionArn=arn)


def test_each_step_becomes_one_event_on_the_bus(desk: Desk) -> None:
    number = desk.in_progress()
    desk.relay(number)
    heard = cloud.heard()
    assert [event["name"] for event in heard] == [
        "application.filed",
        "application.accepted",
        "application.assigned",
    ]
    assert [event["id"] for event in heard] == [f"{number}.1", f"{number}.2", f"{number}.3"]


def test_an_event_carries_the_correlation_id_of_the_request_that_filed_it(desk: Desk) -> None:
    number = desk.accepted()
    desk.relay(number)
    assert {event["correlation_id"] for event in cloud.heard()} == {desk.application(number).correlation_id}


def test_no_event_tells_a_contact_or_words(desk: Desk) -> None:
    number = desk.wanted_information()
    desk.customer(number, "information", {"message": "我的新电话 13900139000"})
    desk.relay(number)
    told = json.dumps(cloud.heard(), ensure_ascii=False)
    assert not [word for word in ("mail.example", "李娜", "138", "139", "请拍", "壶嘴") if word in told]


def test_an_event_told_twice_has_the_same_id(desk: Desk) -> None:
    [filed] = desk.timeline(desk.filed())
    for _ in range(2):
        invoke("publisher", desk.stream(filed))
    first, second = cloud.heard()
    assert first["id"] == second["id"]


def test_the_first_event_starts_the_state_machine_named_by_the_application(desk: Desk) -> None:
    number = desk.filed()
    desk.relay(number)
    assert executions() == {number: {"number": number, "status": "submitted", "assigned": False}}


def test_told_twice_it_starts_once_even_when_it_has_moved_on(desk: Desk) -> None:
    number = desk.filed()
    filed = desk.stream(*desk.timeline(number))
    invoke("publisher", filed)
    desk.review(number)
    invoke("publisher", filed)
    assert list(executions()) == [number]


def test_only_the_first_event_starts_it(desk: Desk) -> None:
    number = desk.accepted()
    invoke("publisher", desk.stream(desk.timeline(number)[1]))
    assert executions() == {}


REFUSED = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}]}


def test_what_the_bus_does_not_take_is_brought_again(desk: Desk) -> None:
    number = desk.filed()
    with (
        cloud.answering("PutEvents", REFUSED, "events"),
        pytest.raises(Exception, match="ThrottlingException"),
    ):
        desk.relay(number)
    desk.relay(number)
    assert [event["id"] for event in cloud.heard()] == [f"{number}.1"]
    assert list(executions()) == [number]


def test_what_cannot_be_started_is_brought_again(desk: Desk) -> None:
    number = desk.filed()
    down = {"Error": {"Code": "StateMachineDoesNotExist", "Message": ""}}
    with (
        cloud.answering("StartExecution", down, "stepfunctions"),
        pytest.raises(Exception, match="StateMachineDoesNotExist"),
    ):
        desk.relay(number)
    desk.relay(number)
    assert list(executions()) == [number]


def test_one_that_fails_keeps_those_after_it_in_their_order(desk: Desk) -> None:
    """The stream brings the whole batch again: so nothing behind it may be published first."""
    number = desk.accepted()
    with (
        cloud.answering("StartExecution", {"Error": {"Code": "Unavailable", "Message": ""}}, "stepfunctions"),
        pytest.raises(Exception, match="Unavailable"),
    ):
        desk.relay(number)
    assert [event["sequence"] for event in cloud.heard()] == [1]


def test_an_appeal_starts_the_state_machine_again(desk: Desk) -> None:
    number = rejected(desk)
    desk.relay(number)
    stop(number)
    desk.customer(number, "appeal", WHY)
    desk.relay(number)
    assert executions()[f"{number}-appeal"] == {"number": number, "status": "appealed", "assigned": False}


def test_an_appeal_that_comes_before_the_first_execution_has_ended_is_not_lost(desk: Desk) -> None:
    """She appeals in the second in which she reads it: an execution that is about to end must not be taken for hers."""
    number = rejected(desk)
    desk.relay(number)
    desk.customer(number, "appeal", WHY)
    desk.relay(number)
    assert set(executions()) == {number, f"{number}-appeal"}


@pytest.mark.parametrize("by_then", ["runs", "has ended"])
def test_an_appeal_that_is_told_twice_starts_it_once(desk: Desk, by_then: str) -> None:
    number = rejected(desk)
    desk.relay(number)
    desk.customer(number, "appeal", WHY)
    told = desk.stream(desk.timeline(number)[-1])
    invoke("publisher", told)
    if by_then == "has ended":
        desk.staff(HUA, number, "decision", {"outcome": "reject", "message": "维持原决定。"})
        stop(f"{number}-appeal")
    invoke("publisher", told)
    assert set(executions()) == {number, f"{number}-appeal"}


# --- Running again


def test_an_appeal_whose_execution_ended_gets_another_beside_the_first(desk: Desk) -> None:
    number = rejected(desk)
    desk.relay(number)
    stop(number)
    desk.customer(number, "appeal", WHY)
    desk.relay(number)
    stop(f"{number}-appeal")
    assert resume(number) == f"{number}-appeal-2"


def test_an_open_case_whose_execution_ended_gets_another(desk: Desk) -> None:
    number = desk.in_progress()
    desk.relay(number)
    stop(number)
    assert resume(number) == f"{number}-2"
    assert executions()[f"{number}-2"] == {"number": number, "status": "in_progress", "assigned": True}


def test_and_another_after_that(desk: Desk) -> None:
    number = desk.in_progress()
    desk.relay(number)
    for name in (number, f"{number}-2"):
        stop(name)
        resume(number)
    assert set(executions()) == {number, f"{number}-2", f"{number}-3"}


def test_a_case_that_never_got_one_gets_the_first(desk: Desk) -> None:
    number = desk.in_progress()
    assert resume(number) == number


def test_a_case_with_a_running_execution_needs_no_other(desk: Desk) -> None:
    number = desk.in_progress()
    desk.relay(number)
    desk.staff(MEI, number, "information-request", {"message": "?"})
    assert resume(number) is None
    assert list(executions()) == [number]


def test_a_case_that_is_over_needs_none(desk: Desk) -> None:
    number = desk.filed()
    desk.customer(number, "cancellation")
    assert resume(number) is None
    assert executions() == {}


def test_a_resolved_case_goes_on_until_its_call_is_planned(desk: Desk) -> None:
    number = desk.resolved()
    assert number in set(unfinished_numbers())
    assert resume(number) == number


def test_ops_find_every_open_case(desk: Desk) -> None:
    still_open = {desk.filed(), desk.in_progress()}
    desk.customer(desk.filed(), "cancellation")
    assert set(unfinished_numbers()) == still_open
