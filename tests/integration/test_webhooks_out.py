"""The storefront hears what it is to do and wants to know, by signed webhooks, until it has taken them."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from standardwebhooks import Webhook

from aftersales.applications import commit
from aftersales.applications.charge import Charge
from aftersales.applications.compensation import Credit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import SYSTEM
from aftersales.applications.replacement import Replacement, ReplacementLine
from aftersales.aws import client
from aftersales.messaging.retries import HOUR, WAITS
from aftersales.money import Money
from aftersales.settings import Setting
from tests.integration.backstage import WEBHOOK_SECRET
from tests.integration.cloud import before_call
from tests.integration.desk import MEI, Desk
from tests.integration.gateway import announced, deliver
from tests.integration.shopfront import Shopfront, shopfront

LAST = len(WAITS) + 1
"""The time after which a person has to look."""

POT = ReplacementLine(line_id="teapot", quantity=1, sku="ZS-GREEN", title="紫砂壶 绿泥", worth=9966)


@pytest.fixture
def lantern(desk: Desk) -> Iterator[Shopfront]:
    with shopfront() as shop:
        desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", webhook_url=shop.url)
        yield shop


def happens(desk: Desk, number: str, step: Step, **changes: Any) -> None:
    """As the room whose step it is records it."""
    commit.step(desk.application(number), step, SYSTEM, **changes)


def tell(desk: Desk, number: str, *, which: int = -1, times: int = 1) -> list[str]:
    """The storefront queue brings an event, the last one if nothing is said; gives what will come back."""
    return deliver("webhooks", announced(desk.timeline(number)[which].published()), times=times)


def documents(shop: Shopfront) -> list[dict[str, Any]]:
    return [json.loads(told.body) for told in shop.told]


def an_exchange(desk: Desk) -> str:
    """Accepted; the store is to set the other teapot aside."""
    number = desk.awaiting_goods(type="exchange")
    wanted = Replacement(replacement_id=f"{number}.{len(desk.timeline(number)) + 1}", state="wanted", lines=(POT,))
    happens(desk, number, Step.REPLACEMENT_WANTED, replacement=wanted)
    return number


def a_charge(desk: Desk) -> str:
    """A repair that the customer is to pay for."""
    number = desk.in_progress(type="complaint")
    ordered = f"{number}.{len(desk.timeline(number)) + 1}"
    charge = Charge(charge_id=ordered, purpose="repair", amount=Money(amount=12000, currency="CNY"))
    happens(desk, number, Step.CHARGE_ORDERED, charges=(charge,))
    return number


def a_credit(desk: Desk) -> str:
    """Points for a complaint."""
    number = desk.in_progress(type="complaint")
    ordered = f"{number}.{len(desk.timeline(number)) + 1}"
    credit = Credit(credit_id=ordered, kind="points", amount=Money(amount=2000, currency="CNY"))
    happens(desk, number, Step.CREDIT_ORDERED, credit=credit)
    return number


# --- what it hears ---


def test_it_hears_what_to_set_aside(desk: Desk, lantern: Shopfront) -> None:
    number = an_exchange(desk)
    assert tell(desk, number) == []
    [document] = documents(lantern)
    assert document["type"] == "replacement.reserve"
    assert document["data"] == {
        "number": number,
        "order_number": "LT-1001",
        "replacement_id": lantern.told[0].headers["webhook-id"],
        "lines": [
            {
                "line_id": "teapot",
                "quantity": 1,
                "sku": "ZS-GREEN",
                "title": "紫砂壶 绿泥",
                "worth": {"amount": 9966, "currency": "CNY"},
            }
        ],
    }


def test_it_hears_what_to_send(desk: Desk, lantern: Shopfront) -> None:
    number = an_exchange(desk)
    replacement = desk.application(number).replacement
    assert replacement
    ordered = replacement.model_copy(update={"state": "ordered"})
    data = {"replacement_id": replacement.replacement_id}
    happens(desk, number, Step.REPLACEMENT_ORDERED, replacement=ordered, data=data)
    tell(desk, number)
    [document] = documents(lantern)
    assert document["type"] == "replacement.ship"
    assert document["data"]["replacement_id"] == replacement.replacement_id


def test_it_hears_what_the_customer_is_to_pay_and_until_when(desk: Desk, lantern: Shopfront) -> None:
    number = a_charge(desk)
    tell(desk, number)
    [document] = documents(lantern)
    assert document["type"] == "charge.ordered"
    assert document["data"]["pay_by"] == desk.look(number).body["due_at"]


def test_it_hears_what_to_give(desk: Desk, lantern: Shopfront) -> None:
    tell(desk, a_credit(desk))
    [document] = documents(lantern)
    assert document["type"] == "credit.ordered"
    assert document["data"]["amount"] == {"amount": 2000, "currency": "CNY"}


def test_it_hears_what_came_back_by_the_skus_of_its_order(desk: Desk, lantern: Shopfront) -> None:
    pots = {"line_id": "teapot", "title": "紫砂壶", "sku": "ZS-RED", "quantity": 3, "paid": 29900}
    desk.tell_order("LT-1002", lines=[pots])
    lines = [{"line_id": "teapot", "quantity": 2, "reason": "changed_mind"}]
    number = desk.awaiting_goods(order_number="LT-1002", lines=lines)
    desk.staff(MEI, number, "receipt", {})
    units = [
        {"line_id": "teapot", "quantity": 1, "condition": "as_described"},
        {"line_id": "teapot", "quantity": 1, "condition": "used"},
    ]
    assert desk.staff(MEI, number, "inspection", {"lines": units}).status == 200
    tell(desk, number)
    [document] = documents(lantern)
    assert document["data"]["lines"] == [
        {**units[0], "sku": "ZS-RED", "disposition": "restock"},
        {**units[1], "sku": "ZS-RED", "disposition": "scrap"},
    ]


def test_it_hears_that_finance_has_paid(desk: Desk, lantern: Shopfront) -> None:
    desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", webhook_url=lantern.url, payments="offline")
    number, refund_id = desk.refund_ordered()
    assert desk.confirm(refund_id).status == 200
    tell(desk, number)
    [document] = documents(lantern)
    assert (document["type"], document["data"]["refund_id"]) == ("refund.paid", refund_id)
    assert document["data"]["reference"] == "PAY-77"


def test_it_hears_no_contact(desk: Desk, lantern: Shopfront) -> None:
    for number in (an_exchange(desk), a_charge(desk), a_credit(desk)):
        assert tell(desk, number) == []
    assert len(lantern.told) == 3
    assert not [told for told in lantern.told if b"mail.example" in told.body or b"8000" in told.body]


# --- what has changed meanwhile ---


def test_nothing_is_set_aside_for_a_case_that_has_ended_meanwhile(desk: Desk, lantern: Shopfront) -> None:
    number = an_exchange(desk)
    assert desk.customer(number, "cancellation").status == 200
    assert tell(desk, number, which=-2) == []
    assert lantern.told == []


def test_what_was_set_aside_for_it_is_free_again(desk: Desk, lantern: Shopfront) -> None:
    number = an_exchange(desk)
    tell(desk, number)
    desk.customer(number, "cancellation")
    tell(desk, number)
    reserve, release = documents(lantern)
    assert release["type"] == "replacement.release"
    assert release["data"] == reserve["data"]


def test_of_two_messages_about_one_replacement_the_later_one_says_so(desk: Desk, lantern: Shopfront) -> None:
    number = an_exchange(desk)
    tell(desk, number)
    desk.later(seconds=2)
    desk.customer(number, "cancellation")
    tell(desk, number)
    reserve, release = documents(lantern)
    assert reserve["timestamp"] < release["timestamp"]
    assert lantern.told[0].headers["webhook-id"] != lantern.told[1].headers["webhook-id"]


def test_the_same_told_again_is_the_same_to_the_letter(desk: Desk, lantern: Shopfront) -> None:
    number = an_exchange(desk)
    tell(desk, number)
    desk.later(hours=11)
    tell(desk, number)
    first, again = lantern.told
    assert first.body == again.body
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != again.headers["webhook-timestamp"]


def test_a_store_without_a_webhook_is_told_nothing_and_nothing_fails(desk: Desk, lantern: Shopfront) -> None:
    desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", payments="offline", webhook_url=None)
    number = an_exchange(desk)
    assert tell(desk, number) == []
    assert tell(desk, number, times=LAST) == []
    assert (lantern.told, desk.steps(number)[-1]) == ([], "replacement_wanted")


# --- that it was us ---


def test_it_can_check_that_it_was_us(desk: Desk, lantern: Shopfront) -> None:
    number = an_exchange(desk)
    desk.clock.moment = datetime.now(UTC)  # the library takes what was signed in the last five minutes
    tell(desk, number)
    [told] = lantern.told
    assert Webhook(WEBHOOK_SECRET).verify(told.body, told.headers)["data"]["number"] == number


def test_while_the_secret_is_exchanged_the_old_one_is_still_enough(desk: Desk, lantern: Shopfront) -> None:
    new = "whsec_" + b64encode(b"the secret that comes next ......").decode()
    desk.changes_secret("lantern", webhook_secret=new, webhook_secret_previous=WEBHOOK_SECRET)
    number = an_exchange(desk)
    desk.clock.moment = datetime.now(UTC)
    tell(desk, number)
    for known in (WEBHOOK_SECRET, new):
        Webhook(known).verify(lantern.told[0].body, lantern.told[0].headers)


# --- until it has taken it ---


@pytest.mark.parametrize("answer", [None, 500, 503, 429, 404, 301, 307])
def test_until_it_takes_it_the_message_comes_back(desk: Desk, lantern: Shopfront, answer: int | None) -> None:
    lantern.answer = answer
    number = an_exchange(desk)
    assert tell(desk, number) == ["message-0"]
    lantern.answer = 204
    assert tell(desk, number, times=2) == []
    first, again = lantern.told
    assert first.headers["webhook-id"] == again.headers["webhook-id"]


def test_a_storefront_that_is_not_there_is_told_later(desk: Desk) -> None:
    assert tell(desk, an_exchange(desk)) == ["message-0"]


def test_what_it_says_beside_the_status_is_not_waited_for(desk: Desk, lantern: Shopfront) -> None:
    lantern.promised = 10**6
    assert tell(desk, an_exchange(desk)) == []


def test_one_message_that_fails_does_not_repeat_the_others(desk: Desk, lantern: Shopfront) -> None:
    event = desk.timeline(an_exchange(desk))[-1].published()
    unknown = event | {"number": "7K3M-9QXT-2VWH-5NRR"}
    assert deliver("webhooks", announced(event), announced(unknown), announced(event)) == ["message-1"]
    assert len(lantern.told) == 2


# --- and then a person looks ---


@contextmanager
def hidden() -> Iterator[list[tuple[str, int]]]:
    """Of which queue messages were hidden, and for how many seconds."""
    asked: list[tuple[str, int]] = []
    events, name = client("sqs").meta.events, before_call("ChangeMessageVisibility", "sqs")

    def hide(params: dict[str, Any], **_: object) -> tuple[AWSResponse, dict[str, Any]]:
        wanted = json.loads(params["body"])
        asked.append((wanted["QueueUrl"], wanted["VisibilityTimeout"]))
        return AWSResponse("", 200, HTTPHeaders(), None), {}

    events.register(name, hide)
    try:
        yield asked
    finally:
        events.unregister(name, hide)


def try_until(desk: Desk, number: str, last: int) -> list[tuple[str, int]]:
    """The event that is the last one now is told in vain, so many times."""
    event = announced(desk.timeline(number)[-1].published())
    with hidden() as waits:
        for times in range(1, last + 1):
            assert deliver("webhooks", event, times=times) == ["message-0"]
    return waits


@pytest.fixture
def closed(lantern: Shopfront) -> Shopfront:
    lantern.answer = 503
    return lantern


def test_it_is_tried_ever_more_rarely_for_about_a_day(desk: Desk, closed: Shopfront) -> None:
    waits = try_until(desk, an_exchange(desk), LAST)
    assert {queue for queue, _ in waits} == {Setting.STOREFRONT_QUEUE.read()}
    seconds = [wait for _, wait in waits]
    assert seconds == sorted(seconds)
    assert 23 * HOUR <= sum(seconds) < 24 * HOUR


def test_before_the_day_is_over_nobody_is_troubled(desk: Desk, closed: Shopfront) -> None:
    number = an_exchange(desk)
    try_until(desk, number, LAST - 1)
    assert desk.steps(number)[-1] == "replacement_wanted"


def test_then_staff_see_what_was_not_delivered(desk: Desk, closed: Shopfront) -> None:
    number = a_credit(desk)
    try_until(desk, number, LAST)
    left = desk.timeline(number)[-1]
    assert (left.step, left.staff_only) == ("undelivered", True)
    assert left.data == {"message": "credit.ordered", "id": closed.told[0].headers["webhook-id"]}
    assert desk.application(number).status == "credit_ordered"


def test_it_is_due_at_once(desk: Desk, closed: Shopfront) -> None:
    number = a_credit(desk)
    desk.later(hours=23)
    try_until(desk, number, LAST)
    assert desk.application(number).look_at == desk.clock.now()
    assert number in desk.work(MEI)
    desk.staff(MEI, number, "notes", {"message": "打电话告诉了店铺。"})
    assert desk.application(number).look_at is None


def test_the_customers_own_time_is_not_cut_short(desk: Desk, closed: Shopfront) -> None:
    number = a_charge(desk)
    until = desk.application(number).due_at
    desk.later(hours=23)
    try_until(desk, number, LAST)
    assert (desk.steps(number)[-1], desk.application(number).due_at) == ("undelivered", until)


def test_an_alarm_counts_it(desk: Desk, closed: Shopfront, capsys: pytest.CaptureFixture[str]) -> None:
    number = an_exchange(desk)
    try_until(desk, number, LAST)
    desk.relay(number)
    assert '"Recorded_undelivered"' in capsys.readouterr().out


def test_it_is_said_once(desk: Desk, closed: Shopfront) -> None:
    number = an_exchange(desk)
    event = announced(desk.timeline(number)[-1].published())
    for times in (LAST, LAST + 1, LAST):  # and again from the dead letters, in vain
        assert deliver("webhooks", event, times=times) == ["message-0"]
    assert desk.steps(number).count("undelivered") == 1


def test_of_each_message_it_is_said(desk: Desk, closed: Shopfront) -> None:
    number = an_exchange(desk)
    desk.later(minutes=1)
    happens(desk, number, Step.NOTED)
    deliver("webhooks", announced(desk.timeline(number)[-2].published()), times=LAST)
    desk.customer(number, "cancellation")
    try_until(desk, number, LAST)
    left = [event.data["message"] for event in desk.timeline(number) if event.step == "undelivered"]
    assert left == ["replacement.reserve", "replacement.release"]


def test_the_customer_does_not_see_it(desk: Desk, closed: Shopfront) -> None:
    number = a_charge(desk)
    before = desk.look(number).body
    try_until(desk, number, LAST)
    assert desk.look(number).body == before


def test_what_is_not_wanted_any_more_troubles_nobody(desk: Desk, closed: Shopfront) -> None:
    number = an_exchange(desk)
    event = announced(desk.timeline(number)[-1].published())
    desk.customer(number, "cancellation")
    assert deliver("webhooks", event, times=LAST) == []
    assert "undelivered" not in desk.steps(number)


def test_when_it_is_back_it_is_told_from_the_dead_letters(desk: Desk, closed: Shopfront) -> None:
    number = an_exchange(desk)
    event = announced(desk.timeline(number)[-1].published())
    try_until(desk, number, LAST)
    closed.answer = 204
    assert deliver("webhooks", event) == []
    assert documents(closed)[-1]["type"] == "replacement.reserve"


def test_the_only_effect_of_silence_is_a_word_to_staff(desk: Desk, closed: Shopfront) -> None:
    number = an_exchange(desk)
    before = desk.application(number)
    books = desk.order()
    try_until(desk, number, LAST)
    after = desk.application(number)
    assert (after.status, after.replacement, after.due_at) == (before.status, before.replacement, before.due_at)
    assert desk.order() == books
