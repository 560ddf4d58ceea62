"""What of an application is shown to its customer, and what cannot be undone any more."""

from typing import Any

import pytest

from aftersales.applications.lifecycle import Status
from aftersales.applications.possible import may_cancel, may_dispute
from aftersales.applications.shown import next_words, paid_back, refund_shown
from tests.unit.builders import FILED_AT, NUMBER, application


def refund(sequence: int, fen: int, outcome: str | None = "paid") -> dict[str, Any]:
    total = {"amount": fen, "currency": "CNY"}
    return {"refund_id": f"{NUMBER}.{sequence}", "total": total, "lines": [], "outcome": outcome}


def replacement(state: str) -> dict[str, Any]:
    return {"type": "exchange", "replacement": {"replacement_id": f"{NUMBER}.4", "state": state, "lines": []}}


def charge(**more: Any) -> dict[str, Any]:
    amount = {"amount": 1500, "currency": "CNY"}
    return {"charges": [{"charge_id": f"{NUMBER}.5", "purpose": "price_difference", "amount": amount} | more]}


def credit(outcome: str | None) -> dict[str, Any]:
    amount = {"amount": 1000, "currency": "CNY"}
    return {"credit": {"credit_id": f"{NUMBER}.5", "kind": "points", "amount": amount, "outcome": outcome}}


@pytest.mark.parametrize(
    "happened",
    [
        {},
        {"refunds": [refund(5, 9900, "failed")]},
        replacement("wanted"),
        replacement("reserved"),
        replacement("failed"),
        charge(outcome="failed"),
        charge(outcome="paid", void=True),
        credit("failed"),
    ],
)
def test_while_nothing_has_changed_hands_it_can_be_cancelled(happened: dict[str, Any]) -> None:
    assert may_cancel(application("awaiting_goods", **happened))


@pytest.mark.parametrize(
    "happened",
    [
        {"settled": True},
        {"refunds": [refund(5, 9900)]},
        {"refunds": [refund(5, 9900, None)]},
        {"refunds": [refund(5, 9900), refund(7, 100, "failed")]},
        replacement("ordered"),
        replacement("shipped"),
        charge(outcome="paid"),
        credit("given"),
    ],
)
def test_once_money_or_goods_have_it_cannot(happened: dict[str, Any]) -> None:
    assert not may_cancel(application("awaiting_goods", **happened))


def test_a_dispute_is_made_once() -> None:
    assert may_dispute(application("awaiting_confirmation"))
    assert may_dispute(application("delivering"))
    assert not may_dispute(application("awaiting_confirmation", disputed_at=FILED_AT))
    assert not may_dispute(application("resolved"))


def test_of_several_refunds_the_last_is_shown_and_all_together() -> None:
    twice = application("resolved", refunds=[refund(5, 9900), refund(9, 500)])
    assert (refund_shown(twice), paid_back(twice)) == (
        twice.refunds[1],
        twice.refunds[0].total.model_copy(update={"amount": 10400}),
    )
    once = application("resolved", refunds=[refund(5, 9900), refund(9, 500, "failed")])
    assert (refund_shown(once), paid_back(once)) == (once.refunds[0], None)


@pytest.mark.parametrize(
    ("status", "happened", "words"),
    [
        (Status.DELIVERING, {}, "您的包裹正在路上。收到后请确认；如有问题，请告诉我们。"),
        (Status.DELIVERING, {"disputed_at": FILED_AT}, "您的包裹正在路上，收到后请确认。如有问题，请联系店铺客服。"),
        (Status.AWAITING_PAYMENT, charge(), "请在店铺完成付款，我们收到后继续处理。"),
        (Status.AWAITING_GOODS, {"label": {"shipment_id": "shp_1"}}, "请寄回商品，并填写承运商和运单号。"),
        (Status.EXPIRED, {}, "在期限内未收到您的资料或商品，申请已关闭，可以重新申请。"),
    ],
)
def test_what_comes_next_depends_on_what_has_happened(status: Status, happened: dict[str, Any], words: str) -> None:
    assert next_words(application(status, **happened), status) == words
