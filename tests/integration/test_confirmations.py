"""The customer has the last word: that all is well. Then the case is over."""

import pytest

from aftersales.applications import store as applications
from tests.integration.desk import HUA, MEI, Desk, yuan
from tests.integration.gateway import call, customer

PARCEL = {"carrier": "顺丰速运", "tracking_number": "SF1390276645120"}
GIFT = {"line_id": "gift", "quantity": 1, "reason": "defective"}
BROKEN = {"finding": "壶盖卡榫断裂，无法修复。", "repairable": False, "under_warranty": True}


def on_its_way_back(desk: Desk) -> str:
    """A teapot that could not be repaired is on its way to the customer."""
    number = desk.awaiting_goods(type="repair")
    desk.staff(MEI, number, "receipt", {})
    desk.staff(MEI, number, "diagnosis", BROKEN)
    assert desk.staff(MEI, number, "dispatch", PARCEL).body["application"]["status"] == "delivering"
    return number


def test_whoever_has_the_money_confirms_and_the_case_is_over(desk: Desk) -> None:
    number = desk.paid_back()
    view = desk.customer(number, "confirmation").body
    assert (view["status"], view["timeline"][-1]["by"]) == ("resolved", "customer")
    assert (desk.ledger().settled, desk.ledger().refunded) == (1, 9966)


def test_from_the_money_on_nobody_at_the_desk_has_it_on_their_list(desk: Desk) -> None:
    number = desk.paid_back()
    assert desk.work(MEI) == desk.work(MEI, backlog=True) == []
    assert desk.open_cases() == 0
    desk.customer(number, "confirmation")
    assert desk.open_cases() == 0


def test_but_ops_still_find_it_to_resume_it(desk: Desk) -> None:
    waiting, over = desk.paid_back(), desk.paid_back(amount=0, lines=[GIFT])
    desk.customer(over, "confirmation")
    cancelled = desk.filed()
    desk.customer(cancelled, "cancellation")
    new = desk.filed()
    assert set(applications.unfinished_numbers()) == {waiting, over, new}  # no call back is planned for `over` yet


def test_whoever_confirms_a_parcel_has_it(desk: Desk) -> None:
    number = on_its_way_back(desk)
    desk.later(days=3)
    assert desk.customer(number, "confirmation").body["status"] == "resolved"
    delivery = desk.application(number).delivery
    assert delivery
    assert delivery.delivered_at == desk.clock.now()


def test_an_answer_is_confirmed_too(desk: Desk) -> None:
    number = desk.in_progress(type="consultation", lines=[])
    answer = desk.staff(MEI, number, "completion", {"message": "可以放入微波炉加热。"})
    assert answer.body["application"]["status"] == "awaiting_confirmation"
    assert desk.customer(number, "confirmation").body["status"] == "resolved"


def test_silence_confirms(desk: Desk) -> None:
    number = desk.paid_back()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "resolved"
    assert desk.timeline(number)[-1].actor.kind == "system"


@pytest.mark.parametrize("place", ["filed", "awaiting_goods", "in_progress", "resolved", "disputed"])
def test_nothing_is_confirmed_before_or_after(desk: Desk, place: str) -> None:
    answer = desk.customer(getattr(desk, place)(), "confirmation")
    assert (answer.status, answer.problem) == (409, "step-not-possible")


def test_sent_twice_under_one_key_it_is_confirmed_once(desk: Desk) -> None:
    number = desk.paid_back()
    assert desk.customer(number, "confirmation", key="k-1").status == 200
    assert desk.customer(number, "confirmation", key="k-1").status == 200
    assert desk.steps(number).count("confirmed") == 1


def test_another_customer_cannot(desk: Desk) -> None:
    number, other = desk.paid_back(), desk.filed()
    assert call(customer(other), "POST", f"/applications/{number}/confirmation").problem == "not-found"


def test_what_is_confirmed_is_not_disputed(desk: Desk) -> None:
    assert desk.customer(desk.resolved(), "dispute", {"message": "少退了"}).problem == "step-not-possible"


def test_a_case_with_two_refunds_is_confirmed_once(desk: Desk) -> None:
    number = desk.in_progress()
    desk.staff(HUA, number, "compensation", {"kind": "refund", "amount": yuan(66), "message": "运费补偿。"})
    desk.confirm(desk.refund_id(number), amount=yuan(66))
    desk.orders_refund(number)
    assert desk.confirm(desk.refund_id(number), amount=yuan(9900)).body["status"] == "awaiting_confirmation"
    assert desk.customer(number, "confirmation").body["status"] == "resolved"
    assert desk.ledger().refunded == 9966
