"""What the policy pays back at once goes out without a person, by the same quote; what is refused is for one."""

import pytest

from tests.integration import cloud
from tests.integration.decisions import TEAPOT_AND_CUPS, policy_says
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.exchanges import PARCEL, proceeds
from tests.integration.gateway import call

AT_ONCE = {"line_id": "teapot", "refund_due": "at_once"}
PAID = {"amount": 9966, "currency": "CNY"}
INSPECTED = {"lines": [{"line_id": "teapot", "quantity": 1, "condition": "used"}]}


def granted(desk: Desk, type_: str = "refund_only") -> str:
    number = desk.filed(type=type_)
    policy_says(number, "accept", AT_ONCE)
    return number


def test_the_refund_is_ordered_before_anybody_has_the_case(desk: Desk) -> None:
    number = granted(desk)
    assert proceeds(desk, number) == {"number": number, "status": "refund_ordered", "assigned": False}
    ordered = desk.timeline(number)[-1]
    assert (ordered.step, ordered.actor.kind) == ("refund_ordered", "system")
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_confirmation"
    assert desk.open_cases() == 0


def test_it_is_the_quote_that_a_person_would_have_seen(desk: Desk) -> None:
    number = granted(desk)
    seen = call(MEI, "GET", f"/staff/applications/{number}/quote").body
    proceeds(desk, number)
    refund = desk.application(number).refund
    assert refund
    assert {name: refund.document()[name] for name in seen} == seen


def test_it_is_ordered_once(desk: Desk) -> None:
    number = granted(desk)
    with cloud.meanwhile("TransactWriteItems", lambda: proceeds(desk, number)):
        assert proceeds(desk, number)["status"] == "refund_ordered"
    assert desk.steps(number).count("refund_ordered") == 1
    assert desk.ledger().ordered == 9966


def test_money_before_the_goods_and_then_the_goods(desk: Desk) -> None:
    number = granted(desk, "return_refund")
    proceeds(desk, number)
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_goods"
    desk.customer(number, "parcel", PARCEL)
    assert (desk.ledger().in_return, desk.ledger().settled) == (1, 1)
    desk.staff(MEI, number, "claim")
    assert desk.application(number).status == "in_transit"


def test_goods_that_come_later_are_inspected_and_nothing_is_paid_again(desk: Desk) -> None:
    number = granted(desk, "return_refund")
    desk.assign(number)
    desk.orders_refund(number)
    desk.confirm(desk.refund_id(number))
    desk.staff(MEI, number, "receipt", {})
    assert desk.staff(MEI, number, "refund", {}).problem == "step-not-possible"
    desk.staff(MEI, number, "inspection", INSPECTED)
    assert desk.application(number).status == "awaiting_confirmation"
    assert (desk.ledger().received_damaged, desk.ledger().refunded) == (1, 9966)


def test_after_a_dispute_it_is_not_paid_a_second_time(desk: Desk) -> None:
    """Nor are the units of another application taken for it."""
    number = desk.disputed()
    desk.hire("hua", languages=["zh-CN"], leads=True)
    desk.filed()
    reopened = desk.staff(HUA, number, "dispute-answer", {"outcome": "reopened", "message": "我们再核对一次。"})
    assert reopened.status == 200
    before = desk.ledger()
    assert desk.staff(HUA, number, "refund", {}).problem == "step-not-possible"
    assert call(HUA, "GET", f"/staff/applications/{number}/quote").problem == "step-not-possible"
    assert desk.ledger() == before


def test_a_refund_that_failed_is_for_a_person(desk: Desk) -> None:
    number = granted(desk)
    proceeds(desk, number)
    assert desk.confirm(desk.refund_id(number), outcome="failed").body["status"] == "in_progress"
    desk.assign(number)
    assert desk.staff(MEI, number, "refund", {}).status == 200


@pytest.mark.parametrize("due", ["at_handover", "at_receipt", "after_inspection"])
def test_what_is_due_later_waits_for_it(desk: Desk, due: str) -> None:
    number = desk.filed()
    policy_says(number, "accept", AT_ONCE | {"refund_due": due})
    assert proceeds(desk, number)["status"] == "accepted"


def test_one_line_that_is_due_later_makes_all_wait(desk: Desk) -> None:
    number = desk.filed(type="refund_only", lines=TEAPOT_AND_CUPS)
    policy_says(number, "accept", AT_ONCE)
    assert proceeds(desk, number)["status"] == "accepted"


def test_what_a_person_accepted_a_person_pays(desk: Desk) -> None:
    number = desk.filed(type="refund_only")
    policy_says(number, "manual_review", AT_ONCE)
    desk.assign(number)
    desk.staff(MEI, number, "decision", {"outcome": "accept", "message": "照片清楚，同意退款。"})
    assert proceeds(desk, number)["status"] == "accepted"
    assert desk.application(number).refunds == ()
