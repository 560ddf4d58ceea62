"""Whole cases as a storefront hears them: each message in its turn, and what it says in answer."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from aftersales.webhooks.messages import TOLD
from tests.integration.decisions import policy_says
from tests.integration.desk import HUA, Desk
from tests.integration.gateway import announced, call, deliver, invoke, shop
from tests.integration.shopfront import Shopfront, shopfront
from tests.integration.teahouse import Teahouse
from tests.integration.workshop import IN_VAIN, Workshop

BY_REFUND = {"type": "return_refund", "message": "与您商定后改为退款。"}


class Storefront:
    """Hears what happened since it last listened, in the order in which it happened."""

    def __init__(self, desk: Desk, front: Shopfront) -> None:
        self.desk, self.front = desk, front
        self.brought = 0

    def hears(self, number: str) -> list[dict[str, Any]]:
        before, timeline = len(self.front.told), self.desk.timeline(number)
        for event in timeline[self.brought :]:
            if event.step in TOLD:
                assert deliver("webhooks", announced(event.published())) == []
        self.brought = len(timeline)
        return [json.loads(told.body) for told in self.front.told[before:]]

    def says(self, room: str, name: str, outcome: str, **more: Any) -> None:
        answer = call(shop(), "POST", f"/{room}/{name}/confirmation", {"outcome": outcome} | more)
        assert answer.status == 200, answer.body


@pytest.fixture
def storefront(desk: Desk) -> Iterator[Storefront]:
    with shopfront() as front:
        desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", webhook_url=front.url)
        yield Storefront(desk, front)


@pytest.fixture
def teahouse(desk: Desk) -> Teahouse:
    return Teahouse(desk)


def larger_bowl_wanted(desk: Desk) -> str:
    """Accepted by the policy; the desk has it set aside by itself, and Mei has the case."""
    lines = [{"line_id": "bowl", "quantity": 1, "reason": "wrong_size", "variant": "GW-L"}]
    number = desk.filed(type="exchange", order_number="LT-7", lines=lines)
    policy_says(number, "accept")
    invoke("proceed", desk.standing(number))
    desk.assign(number)
    return number


def test_an_exchange_for_a_dearer_bowl(desk: Desk, teahouse: Teahouse, storefront: Storefront) -> None:
    number = larger_bowl_wanted(desk)
    [reserve] = storefront.hears(number)
    assert reserve["type"] == "replacement.reserve"
    assert [line["sku"] for line in reserve["data"]["lines"]] == ["GW-L"]
    replacement_id = reserve["data"]["replacement_id"]
    storefront.says("replacements", replacement_id, "reserved", reference="HOLD-88")

    teahouse.comes_back(number, "as_described")
    [goods] = storefront.hears(number)
    assert [(line["sku"], line["disposition"]) for line in goods["data"]["lines"]] == [("GW-S", "restock")]

    teahouse.must(number, "charge", {"message": "大号盖碗需补差价 15 元。"})
    [charge] = storefront.hears(number)
    assert (charge["type"], charge["data"]["purpose"]) == ("charge.ordered", "price_difference")
    amount = charge["data"]["amount"]
    storefront.says("charges", charge["data"]["charge_id"], "paid", amount=amount, reference="PAY-91")

    teahouse.must(number, "replacement", {})
    [ship] = storefront.hears(number)
    assert (ship["type"], ship["data"]["replacement_id"]) == ("replacement.ship", replacement_id)
    assert ship["data"]["lines"] == reserve["data"]["lines"]
    storefront.says("replacements", replacement_id, "shipped", carrier="顺丰", tracking_number="SF8")
    storefront.says("replacements", replacement_id, "delivered")
    assert storefront.hears(number) == []
    assert teahouse.status(number) == "awaiting_confirmation"
    assert [line.sku for line in desk.order("LT-7").new_lines] == ["GW-L"]


def test_an_exchange_that_becomes_a_refund(desk: Desk, teahouse: Teahouse, storefront: Storefront) -> None:
    number = larger_bowl_wanted(desk)
    [reserve] = storefront.hears(number)
    assert desk.staff(HUA, number, "remedy", BY_REFUND).status == 200
    [release] = storefront.hears(number)
    assert release["type"] == "replacement.release"
    assert release["data"] == reserve["data"]


def test_a_paid_difference_is_given_back_when_the_bowl_is_refused(
    desk: Desk, teahouse: Teahouse, storefront: Storefront
) -> None:
    number = teahouse.difference_asked()
    teahouse.pays(number, 1500)
    storefront.hears(number)
    teahouse.must(number, "decision", {"outcome": "reject", "message": "盖碗有磕碰痕迹，无法换货。"})
    void, goods = storefront.hears(number)
    assert void["type"] == "charge.void"
    assert (void["data"]["amount"]["amount"], void["data"]["reference"]) == (1500, "PAY-88")
    assert [line["disposition"] for line in goods["data"]["lines"]] == ["return"]


def test_a_repair_that_was_paid_for_and_is_not_possible(desk: Desk, storefront: Storefront) -> None:
    workshop = Workshop(desk)
    number = workshop.awaiting_payment()
    [charge] = storefront.hears(number)
    assert (charge["type"], charge["data"]["amount"]["amount"]) == ("charge.ordered", 89000)
    workshop.hears(charge["data"]["charge_id"])

    workshop.must(number, "repair-result", IN_VAIN)
    [void] = storefront.hears(number)
    assert (void["type"], void["data"]["charge_id"]) == ("charge.void", charge["data"]["charge_id"])

    assert desk.staff(HUA, number, "remedy", BY_REFUND).status == 200
    again, goods = storefront.hears(number)
    assert again["type"] == "charge.void"
    assert [line["disposition"] for line in goods["data"]["lines"]] == ["scrap"]
    ids = [told.headers["webhook-id"] for told in storefront.front.told if json.loads(told.body) in (void, again)]
    assert len(set(ids)) == 1
