"""What did not arrive is sent once more: no money moves, and the goods are those that were bought."""

import pytest

from tests.integration.decisions import policy_says
from tests.integration.desk import MEI, Desk
from tests.integration.exchanges import ON_ITS_WAY, PARCEL, proceeds, replacement_id, sends, shipped, tells
from tests.integration.gateway import call, shop

MISSING = [{"line_id": "cup", "quantity": 2, "reason": "missing"}]


def accepted(desk: Desk, **terms: str) -> str:
    number = desk.filed(type="resend", lines=MISSING, description="包裹里少了两只品茗杯。")
    policy_says(number, "accept", {"line_id": "cup"} | terms)
    return number


def at_work(desk: Desk) -> str:
    number = accepted(desk)
    desk.assign(number)
    assert desk.application(number).status == "in_progress"
    return number


def test_a_person_has_it_sent_and_the_customer_confirms(desk: Desk) -> None:
    number = at_work(desk)
    assert "replacement" in desk.case(number)["actions"]
    name = shipped(desk, number)
    assert desk.application(number).status == "delivering"
    assert tells(name, "delivered").body["status"] == "awaiting_confirmation"
    assert desk.customer(number, "confirmation").body["status"] == "resolved"


def test_no_money_moves_and_the_goods_can_come_back_as_any_other(desk: Desk) -> None:
    before = desk.ledger("cup")
    number = at_work(desk)
    assert (desk.ledger("cup").available, desk.ledger("cup").reserved) == (4, 2)
    shipped(desk, number)
    assert desk.ledger("cup") == before
    assert desk.order().new_lines == ()
    assert desk.file(lines=[{"line_id": "cup", "quantity": 6, "reason": "changed_mind"}]).status == 202


def test_the_storefront_is_asked_for_what_is_missing(desk: Desk) -> None:
    number = at_work(desk)
    sends(desk, number)
    replacement = desk.application(number).replacement
    assert replacement
    [line] = replacement.lines
    assert (line.line_id, line.quantity, line.title) == ("cup", 2, "品茗杯 Tasting cup")


def test_it_is_sent_once(desk: Desk) -> None:
    number = at_work(desk)
    sends(desk, number)
    assert sends(desk, number).problem == "step-not-possible"
    tells(replacement_id(desk, number), "shipped")
    assert sends(desk, number).problem == "step-not-possible"


def test_what_the_policy_grants_at_once_needs_no_person(desk: Desk) -> None:
    number = accepted(desk, refund_due="at_once")
    assert proceeds(desk, number)["status"] == "replacement_ordered"
    assert tells(replacement_id(desk, number), "shipped").body["status"] == "delivering"
    assert desk.open_cases() == 0


def test_nothing_is_set_aside_that_a_person_has_to_send(desk: Desk) -> None:
    number = accepted(desk)
    assert proceeds(desk, number)["status"] == "accepted"
    assert desk.application(number).replacement is None


def test_where_there_is_none_left_a_person_pays_it_back(desk: Desk) -> None:
    number = at_work(desk)
    sends(desk, number)
    assert tells(replacement_id(desk, number), "failed").body["status"] == "in_progress"
    assert desk.application(number).look_at == desk.clock.now()
    assert desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "缺货，请改申请退款。"}).status == 200
    assert desk.ledger("cup").available == 6


@pytest.mark.parametrize("action", ["refund", "charge"])
def test_it_neither_pays_back_nor_costs_anything(desk: Desk, action: str) -> None:
    number = at_work(desk)
    assert desk.staff(MEI, number, action, {}).problem == "step-not-possible"
    assert call(MEI, "GET", f"/staff/applications/{number}/quote").problem == "step-not-possible"
    wanted = {"order_number": "LT-1001", "type": "resend", "lines": MISSING}
    assert call(shop(), "POST", "/quotes", wanted).problem == "step-not-possible"


def test_a_repeated_word_with_its_key_is_answered_as_before(desk: Desk) -> None:
    number = at_work(desk)
    sends(desk, number)
    path = f"/replacements/{replacement_id(desk, number)}/confirmation"
    first, again = (call(shop(), "POST", path, ON_ITS_WAY, key="k-1") for _ in range(2))
    assert first == again
    assert call(shop(), "POST", path, ON_ITS_WAY | {"carrier": "EMS"}, key="k-1").problem == "idempotency-key-reused"
    delivery = desk.application(number).delivery
    assert delivery
    assert delivery.carrier == PARCEL["carrier"]
