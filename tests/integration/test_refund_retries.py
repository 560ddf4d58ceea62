"""A gateway that cannot be reached is tried again for about a day; then a person looks. The refund stays ordered."""

from collections.abc import Iterator

import pytest

from aftersales.messaging.retries import HOUR, WAITS
from tests.integration.desk import MEI, Desk
from tests.integration.gateway import announced, deliver
from tests.integration.payments import ask, waits
from tests.integration.shopfront import Shopfront, shopfront

LAST = len(WAITS) + 1
"""The time after which a person has to look."""


@pytest.fixture
def lantern(desk: Desk) -> Iterator[Shopfront]:
    with shopfront() as shop:
        shop.answer = 503
        desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", webhook_url=shop.url)
        yield shop


@pytest.fixture
def number(desk: Desk, lantern: Shopfront) -> str:
    return desk.refund_ordered()[0]


def try_until(desk: Desk, number: str, last: int) -> list[int]:
    """Gives the seconds between the tries."""
    with waits() as seconds:
        for times in range(1, last + 1):
            assert ask(desk, number, times=times) == ["message-0"]
    return seconds


def test_the_waits_grow_and_come_to_about_a_day(desk: Desk, number: str, lantern: Shopfront) -> None:
    seconds = try_until(desk, number, LAST)
    assert seconds == sorted(seconds)
    assert 23 * HOUR <= sum(seconds) < 24 * HOUR
    assert len(lantern.told) == len(seconds) + 1


def test_sqs_hides_a_message_for_twelve_hours_at_most(desk: Desk, number: str) -> None:
    assert max(try_until(desk, number, LAST)) < 12 * HOUR


def test_before_the_day_is_over_nobody_is_troubled(desk: Desk, number: str) -> None:
    try_until(desk, number, LAST - 1)
    assert desk.steps(number)[-1] == "refund_ordered"


def test_then_a_person_has_to_look(desk: Desk, number: str) -> None:
    try_until(desk, number, LAST)
    told = desk.timeline(number)[-1]
    assert (told.step, told.staff_only, told.data) == (
        "undelivered",
        True,
        {"refund_id": desk.refund_id(number)},
    )
    refund = desk.application(number).refund
    assert refund
    assert refund.undelivered_at == desk.clock.now()


def test_an_alarm_counts_it(desk: Desk, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    try_until(desk, number, LAST)
    desk.relay(number)
    assert '"Recorded_undelivered"' in capsys.readouterr().out


def test_the_customer_sees_nothing_of_it(desk: Desk, number: str) -> None:
    before = desk.look(number).body
    try_until(desk, number, LAST)
    assert desk.look(number).body | {"due_at": before["due_at"]} == before


def test_the_refund_is_neither_lost_nor_failed(desk: Desk, number: str, lantern: Shopfront) -> None:
    try_until(desk, number, LAST)
    assert (desk.application(number).status, desk.ledger().ordered) == ("refund_ordered", 9966)
    lantern.answer = 200
    assert ask(desk, number) == []  # ops send it again from the dead letters
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_confirmation"


def test_it_is_said_once(desk: Desk, number: str) -> None:
    try_until(desk, number, LAST + 1)
    try_until(desk, number, LAST + 1)  # sent again from the dead letters, in vain
    assert desk.steps(number).count("undelivered") == 1


def test_it_is_at_the_top_of_the_list(desk: Desk, number: str) -> None:
    desk.later(minutes=5)
    other = desk.in_progress()
    assert desk.work(MEI) == [other, number]
    try_until(desk, number, LAST)
    assert desk.work(MEI) == [number, other]


def test_what_was_confirmed_meanwhile_troubles_nobody(desk: Desk, number: str) -> None:
    desk.confirm(desk.refund_id(number))
    assert ask(desk, number, times=LAST) == []
    assert "undelivered" not in desk.steps(number)


def test_when_the_wait_cannot_be_set_the_queue_brings_it_all_the_same(desk: Desk, number: str) -> None:
    """Here there is no such queue."""
    assert ask(desk, number) == ["message-0"]


@pytest.mark.parametrize("answer", [None, 500, 302, 308, 404, 429])
def test_whatever_goes_wrong_it_is_told_again_under_its_id(
    desk: Desk, number: str, lantern: Shopfront, answer: int | None
) -> None:
    lantern.answer = answer
    assert ask(desk, number) == ["message-0"]
    lantern.answer = 204
    assert ask(desk, number, times=2) == []
    assert [told.headers["webhook-id"] for told in lantern.told] == [desk.refund_id(number)] * 2


def test_what_it_says_beside_the_status_is_not_waited_for(desk: Desk, number: str, lantern: Shopfront) -> None:
    lantern.answer, lantern.promised = 200, 10**6
    assert ask(desk, number) == []
    assert len(lantern.told) == 1


# --- Overdue


def overdue(desk: Desk, number: str) -> list[str]:
    """The store has not said for three days what became of it; the queue brings that."""
    desk.later(days=3)
    desk.time_out(number)
    told = desk.timeline(number)[-1]
    assert told.step == "overdue"
    return deliver("resolution", announced(told.published()))


def test_when_nobody_says_what_became_of_it_the_store_is_told_again(
    desk: Desk, number: str, lantern: Shopfront
) -> None:
    lantern.answer = 204
    assert ask(desk, number) == overdue(desk, number) == []
    assert [told.headers["webhook-id"] for told in lantern.told] == [desk.refund_id(number)] * 2
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_confirmation"
    assert desk.ledger().refunded == 9966


def test_what_was_settled_meanwhile_is_not_told_again(desk: Desk, number: str, lantern: Shopfront) -> None:
    desk.later(days=3)
    desk.time_out(number)
    event = announced(desk.timeline(number)[-1].published())
    desk.confirm(desk.refund_id(number), outcome="failed")
    desk.orders_refund(number)
    assert deliver("resolution", event) == []
    assert lantern.told == []
