"""Mails and webhooks leave the house: what is interrupted there cannot be taken back, only told honestly."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress

import pytest
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ConnectionClosedError
from moto.core.models import botocore_stubber

from aftersales.aws import client
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import announced, deliver
from tests.integration.interruption import Killed, answer_is_lost_of, counted, dies_after
from tests.integration.shopfront import Shopfront, shopfront

ACCEPTED = 2
CALLS_OF_A_NOTICE = range(9)
CALLS_OF_A_DOUBT = range(8)


def deliver_until_done(desk: Desk, number: str) -> None:
    """The queue brings the message again some minutes later."""
    for _ in range(5):
        if desk.notify(number, ACCEPTED) == []:
            return
        desk.later(minutes=3)
    pytest.fail("the message ends in the dead letters")


def assert_told_once_or_somebody_knows(desk: Desk, number: str) -> None:
    doubts = desk.steps(number).count("notice_uncertain")
    assert len(cloud.mails()) <= 1
    assert doubts <= 1
    assert cloud.mails() or doubts


def interrupt(desk: Desk, number: str, fault: AbstractContextManager[object]) -> None:
    with suppress(Killed, Exception), fault:
        desk.notify(number, ACCEPTED)


def test_a_notice_makes_as_many_calls_as_are_interrupted_here(desk: Desk) -> None:
    number = desk.accepted()
    with counted() as calls:
        desk.notify(number, ACCEPTED)
    assert len(calls) < len(CALLS_OF_A_NOTICE)


@pytest.mark.parametrize("made", CALLS_OF_A_NOTICE)
def test_a_notice_that_dies_is_sent_once_or_somebody_knows(desk: Desk, made: int) -> None:
    number = desk.accepted()
    interrupt(desk, number, dies_after(made))
    deliver_until_done(desk, number)
    assert_told_once_or_somebody_knows(desk, number)


@pytest.mark.parametrize("call", CALLS_OF_A_NOTICE)
def test_a_notice_that_hears_no_answer_is_sent_once_or_somebody_knows(desk: Desk, call: int) -> None:
    number = desk.accepted()
    interrupt(desk, number, answer_is_lost_of(call))
    deliver_until_done(desk, number)
    assert_told_once_or_somebody_knows(desk, number)


@pytest.mark.parametrize("made", CALLS_OF_A_DOUBT)
def test_who_dies_while_writing_down_the_doubt_writes_it_once(desk: Desk, made: int) -> None:
    number = desk.accepted()
    back_to_the_beginning = desk.remember()
    with counted() as calls:
        desk.notify(number, ACCEPTED)
    back_to_the_beginning()
    interrupt(desk, number, dies_after(calls.index("SendEmail")))
    desk.later(minutes=3)
    interrupt(desk, number, dies_after(made))
    desk.later(minutes=3)
    deliver_until_done(desk, number)
    assert_told_once_or_somebody_knows(desk, number)


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


@pytest.mark.usefixtures("_no_waiting")
def test_a_claim_that_the_sdk_repeats_by_itself_is_still_our_own(desk: Desk) -> None:
    """DynamoDB has taken the claim, its answer is lost, and botocore sends the same request again."""
    number = desk.accepted()
    lost: list[str] = []

    def lose_the_first_answer(event_name: str, request: AWSRequest, **_: object) -> None:
        if not lost:
            lost.append(event_name)
            botocore_stubber(event_name, request)
            raise ConnectionClosedError(endpoint_url=str(request.url))

    events = client("dynamodb").meta.events
    events.register_first("before-send.dynamodb.PutItem", lose_the_first_answer)
    try:
        assert desk.notify(number, ACCEPTED) == []
    finally:
        events.unregister("before-send.dynamodb.PutItem", lose_the_first_answer)
    assert lost
    assert len(cloud.mails()) == 1


# --- The storefront


@pytest.fixture
def lantern(desk: Desk) -> Iterator[Shopfront]:
    with shopfront() as shop:
        desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", webhook_url=shop.url)
        yield shop


@pytest.mark.parametrize("made", range(5))
def test_a_storefront_is_told_at_least_once_and_always_under_the_same_id(
    desk: Desk, lantern: Shopfront, made: int
) -> None:
    number, refund_id = desk.refund_ordered()
    event = announced(desk.timeline(number)[-1].published())
    with suppress(Killed), dies_after(made):
        deliver("resolution", event)
    assert deliver("resolution", event) == []
    assert {told.headers["webhook-id"] for told in lantern.told} == {refund_id}
