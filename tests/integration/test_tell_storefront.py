"""The storefront is told to pay, by a signed webhook, until it has taken it."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from tests.integration.backstage import WEBHOOK_SECRET
from tests.integration.desk import Desk
from tests.integration.gateway import announced, deliver
from tests.integration.shopfront import Shopfront, shopfront


@pytest.fixture
def lantern(desk: Desk) -> Iterator[Shopfront]:
    with shopfront() as shop:
        desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", webhook_url=shop.url)
        yield shop


def tell(desk: Desk, number: str, refund: int = -1) -> list[str]:
    ordered = [event for event in desk.timeline(number) if event.step == "refund_ordered"]
    return deliver("resolution", announced(ordered[refund].published()))


def test_the_storefront_learns_what_to_pay(desk: Desk, lantern: Shopfront) -> None:
    number, refund_id = desk.refund_ordered()
    assert tell(desk, number) == []
    [told] = lantern.told
    assert json.loads(told.body)["type"] == "refund.ordered"
    assert json.loads(told.body)["data"] == {
        "refund_id": refund_id,
        "number": number,
        "order_number": "LT-1001",
        "total": {"amount": 9966, "currency": "CNY"},
        "lines": [{"line_id": "teapot", "quantity": 1, "amount": 9966}],
        "purpose": "return",
    }


def test_it_can_check_that_it_was_us(desk: Desk, lantern: Shopfront) -> None:
    number, _ = desk.refund_ordered()
    desk.clock.moment = datetime.now(UTC)  # the library takes what was signed in the last five minutes
    tell(desk, number)
    [told] = lantern.told
    Webhook(WEBHOOK_SECRET).verify(told.body, told.headers)


def test_while_the_secret_is_exchanged_the_old_one_is_still_enough(desk: Desk, lantern: Shopfront) -> None:
    new = "whsec_" + b64encode(b"the secret that comes next ......").decode()
    desk.changes_secret("lantern", webhook_secret=new, webhook_secret_previous=WEBHOOK_SECRET)
    number, _ = desk.refund_ordered()
    desk.clock.moment = datetime.now(UTC)
    tell(desk, number)
    for known in (WEBHOOK_SECRET, new):
        Webhook(known).verify(lantern.told[0].body, lantern.told[0].headers)


def test_it_learns_no_contact(desk: Desk, lantern: Shopfront) -> None:
    number, _ = desk.refund_ordered()
    tell(desk, number)
    assert b"mail.example" not in lantern.told[0].body


def test_told_again_it_knows_it_by_its_id(desk: Desk, lantern: Shopfront) -> None:
    number, refund_id = desk.refund_ordered()
    tell(desk, number)
    tell(desk, number)
    assert [told.headers["webhook-id"] for told in lantern.told] == [refund_id, refund_id]


@pytest.mark.parametrize("status", [500, 503, 429, 404, 301, 307])
def test_until_it_takes_it_the_message_comes_back(desk: Desk, lantern: Shopfront, status: int) -> None:
    number, _ = desk.refund_ordered()
    lantern.answer = status
    assert tell(desk, number) == ["message-0"]
    assert len(lantern.told) == 1


def test_a_storefront_that_is_not_there_is_told_later(desk: Desk, lantern: Shopfront) -> None:
    desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", webhook_url="http://127.0.0.1:9/")
    number, _ = desk.refund_ordered()
    assert tell(desk, number) == ["message-0"]


def test_one_message_that_fails_does_not_repeat_the_others(desk: Desk, lantern: Shopfront) -> None:
    number, _ = desk.refund_ordered()
    [event] = [event.published() for event in desk.timeline(number) if event.step == "refund_ordered"]
    unknown = event | {"number": "7K3M-9QXT-2VWH-5NRR"}
    assert deliver("resolution", announced(event), announced(unknown), announced(event)) == ["message-1"]
    assert len(lantern.told) == 2


def test_what_was_paid_is_not_told_again(desk: Desk, lantern: Shopfront) -> None:
    number, refund_id = desk.refund_ordered()
    desk.confirm(refund_id)
    assert tell(desk, number) == []
    assert lantern.told == []


def test_of_two_orders_only_the_standing_one_is_told(desk: Desk, lantern: Shopfront) -> None:
    number, first = desk.refund_ordered()
    desk.confirm(first, outcome="failed")
    desk.orders_refund(number)
    tell(desk, number, refund=0)
    tell(desk, number, refund=1)
    assert [told.headers["webhook-id"] for told in lantern.told] == [desk.refund_id(number)]
