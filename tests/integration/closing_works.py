"""Every piece of work about compensations, confirmations and disputes, from where it begins."""

from typing import Any

from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import call, shop
from tests.integration.works import Run, Work

COMPLAINT: dict[str, Any] = {"type": "complaint", "lines": []}
GIFT = {"kind": "refund", "amount": {"amount": 900, "currency": "CNY"}, "message": "抱歉让您久等。"}
COUPON = GIFT | {"kind": "coupon"}
NOT_WELL = {"message": "少退了 9.66 元。"}


def _complaint(desk: Desk, **mei: Any) -> str:
    """Mei has it, and Hua leads."""
    desk.hire("mei", languages=["zh-CN"], **mei)
    number = desk.in_progress(**COMPLAINT)
    desk.hire("hua", languages=["zh-CN"], leads=True)
    return number


def give_a_part(desk: Desk) -> Run:
    number = _complaint(desk, may_give={"CNY": 1000})
    return lambda: desk.staff(MEI, number, "compensation", GIFT, key="k-1")


def give_a_coupon(desk: Desk) -> Run:
    number = _complaint(desk, may_give={"CNY": 1000})
    return lambda: desk.staff(MEI, number, "compensation", COUPON, key="k-1")


def propose(desk: Desk) -> Run:
    number = _complaint(desk)
    return lambda: desk.staff(MEI, number, "compensation", GIFT, key="k-1")


def _proposed(desk: Desk, gift: dict[str, Any]) -> str:
    """Hua has to say."""
    number = _complaint(desk)
    desk.staff(MEI, number, "compensation", gift)
    desk.assign(number, token="approval")
    return number


def approve(desk: Desk) -> Run:
    number = _proposed(desk, GIFT)
    return lambda: desk.staff(HUA, number, "compensation-approval", {"approved": True}, key="k-1")


def refuse(desk: Desk) -> Run:
    number, no = _proposed(desk, COUPON), {"approved": False, "reason": "5 元即可。"}
    return lambda: desk.staff(HUA, number, "compensation-approval", no, key="k-1")


def _hear(desk: Desk, outcome: str) -> Run:
    number = _complaint(desk)
    desk.staff(HUA, number, "compensation", COUPON)
    credit = desk.application(number).credit
    assert credit
    path = f"/credits/{credit.credit_id}/confirmation"
    return lambda: call(shop(), "POST", path, {"outcome": outcome, "reference": "SORRY-1"})


def hear_that_it_was_given(desk: Desk) -> Run:
    return _hear(desk, "given")


def hear_that_it_was_not(desk: Desk) -> Run:
    return _hear(desk, "failed")


def confirm(desk: Desk) -> Run:
    number = desk.paid_back()
    return lambda: desk.customer(number, "confirmation", key="k-1")


def dispute(desk: Desk) -> Run:
    number = desk.paid_back()
    return lambda: desk.customer(number, "dispute", NOT_WELL, key="k-1")


def assign_a_dispute(desk: Desk) -> Run:
    number = desk.disputed()
    desk.hire("hua", languages=["zh-CN"], leads=True)
    message = desk.standing(number) | {"token": "t-1"}
    return lambda: desk.delivered("assignment", message)


def _answer(desk: Desk, outcome: str) -> Run:
    number = desk.disputed()
    desk.hire("hua", languages=["zh-CN"], leads=True)
    desk.hire("lin", languages=["zh-CN"], skills=[], leads=True)
    desk.assign(number, token="dispute")
    lead = HUA.model_copy(update={"id": "lin"})
    said = {"outcome": outcome, "message": "已重新核对。"}
    return lambda: desk.staff(lead, number, "dispute-answer", said, key="k-1")


def let_it_stand(desk: Desk) -> Run:
    return _answer(desk, "stands")


def open_it_again(desk: Desk) -> Run:
    return _answer(desk, "reopened")


CLOSING_WORKS: list[Work] = [
    *(give_a_part, give_a_coupon, propose, approve, refuse, hear_that_it_was_given, hear_that_it_was_not),
    *(confirm, dispute, assign_a_dispute, let_it_stand, open_it_again),
]
