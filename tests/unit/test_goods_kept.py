"""What is owed for goods that did not come back, of a refund or an exchange, down to the last fen."""

from typing import Any

import pytest

from aftersales.applications.model import Application
from aftersales.charges.kept import NOTHING, owed
from aftersales.orders import ledger
from aftersales.orders.model import Order
from tests.books import assert_order_balances
from tests.unit.builders import application, line, told

CUPS = {"line_id": "cup", "quantity": 3, "reason": "changed_mind"}
TERMS = {"outcome": "accept", "reasons": [], "policy": "lantern@1"}
REFUND: dict[str, Any] = {
    "refund_id": "7K3M-9QXT-2VWH-5NRR.4",
    "outcome": "paid",
    "total": {"amount": 1100, "currency": "CNY"},
    "lines": [{"line_id": "cup", "quantity": 3, "amount": 1000}],
    "shipping": 100,
    "tenders": [{"kind": "card", "amount": 700}, {"kind": "points", "amount": 400}],
    "withheld": {"cup": 50},
}
PAID_KEPT = {
    "charge_id": "7K3M-9QXT-2VWH-5NRR.9",
    "purpose": "goods_kept",
    "amount": {"amount": 1100, "currency": "CNY"},
    "outcome": "paid",
}


def refunded(*conditions: str, refund: dict[str, Any] | None = None, **changes: Any) -> Application:
    """Three cups were paid back before they came; what came is in these conditions."""
    seen = [{"line_id": "cup", "quantity": 1, "condition": each} for each in conditions]
    refunds = [REFUND | (refund or {})]
    known = {"type": "return_refund", "lines": [CUPS], "settled": True, "refunds": refunds, "inspection": seen}
    return application("in_progress", **known | {"decision": TERMS} | changes)


def exchanged(*conditions: str, worth: int = 1000) -> Application:
    seen = [{"line_id": "cup", "quantity": 1, "condition": each} for each in conditions]
    new = {"line_id": "cup", "quantity": 3, "worth": worth, "new_line_id": "cup-x1", "exchanged": 1000}
    replacement = {"replacement_id": "7K3M-9QXT-2VWH-5NRR.4", "state": "shipped", "lines": [new]}
    return application(
        "in_progress", type="exchange", lines=[CUPS], settled=True, replacement=replacement, inspection=seen
    )


def books() -> Order:
    """Of four cups three were paid back, by two tenders."""
    order = told(
        line("cup", quantity=4, paid=1400),
        shipping=100,
        tenders=[{"kind": "card", "amount": 1000}, {"kind": "points", "amount": 500}],
    )
    refund = refunded().refund
    assert refund
    reserved = ledger.applied(order, ledger.reserve(refunded().lines))
    return ledger.applied(ledger.applied(reserved, ledger.order_refund(refund)), ledger.confirm_refund(refund))


@pytest.mark.parametrize(
    ("conditions", "amount"),
    [
        ([], 1100),
        (["missing", "missing", "missing"], 1100),
        (["as_described", "missing", "missing"], 667),
        (["as_described", "damaged", "missing"], 334),
        (["as_described", "used", "wrong_item"], 334),
        (["as_described", "used", "damaged"], 0),
    ],
)
def test_what_did_not_come_back_is_owed(conditions: list[str], amount: int) -> None:
    assert owed(refunded(*conditions)).amount == amount


@pytest.mark.parametrize("conditions", [[], ["as_described", "missing", "missing"], ["used", "damaged", "missing"]])
def test_paid_the_books_balance(conditions: list[str]) -> None:
    due = owed(refunded(*conditions))
    after = ledger.applied(books(), due.move)
    assert_order_balances(after)
    assert after.ledger["cup"].available == 1 + sum(due.units.values())


def test_kept_whole_it_is_as_if_nothing_had_been_paid_back() -> None:
    after = ledger.applied(books(), owed(refunded()).move)
    cup = after.ledger["cup"]
    assert (cup.refundable, cup.withheld, cup.available, cup.settled) == (1400, 0, 4, 0)
    assert all(account.refunded == 0 for account in after.accounts.values())


def test_what_a_compensation_has_released_since_is_withheld_no_more() -> None:
    later = REFUND | {"purpose": "compensation", "refund_id": "r.8", "lines": [], "released": {"cup": 20}}
    due = owed(refunded(refunds=[REFUND, later]))
    assert due.move["cup"]["withheld"] == -30


def test_no_tender_takes_back_more_than_it_gave() -> None:
    """The cups came by an exchange, and a part of their price by a charge: of that no tender is known."""
    due = owed(refunded(refund={"tenders": [{"kind": "card", "amount": 900}]}))
    assert (due.amount, due.move["~card"]) == (1100, {"refunded": -900, "refundable": 900})


@pytest.mark.parametrize(
    "case",
    [
        refunded(settled=False),
        refunded(charges=[PAID_KEPT]),
        refunded(refund={"outcome": "failed"}),
        refunded(refund={"purpose": "compensation"}),
        refunded("as_described", "missing", "missing", refund={"lines": [REFUND["lines"][0] | {"quantity": 1}]}),
        refunded(decision=TERMS | {"lines": [{"line_id": "cup", "outcome": "accept", "send_back": False}]}),
        refunded(type="refund_only"),
        application("in_progress", type="exchange", lines=[CUPS], settled=True),
    ],
    ids=["not out", "paid for", "failed", "for the trouble", "paid as it came", "kept", "no return", "not sent"],
)
def test_nothing_is_owed(case: Application) -> None:
    assert owed(case) == NOTHING


def test_a_charge_that_is_void_or_failed_leaves_it_owed() -> None:
    assert owed(refunded(charges=[PAID_KEPT | {"void": True}])).amount == 1100
    assert owed(refunded(charges=[PAID_KEPT | {"outcome": "failed"}])).amount == 1100


@pytest.mark.parametrize(
    ("conditions", "amount"), [([], 1000), (["used", "missing", "missing"], 667), (["used", "used", "used"], 0)]
)
def test_of_an_exchange_what_the_old_ones_cost_is_owed(conditions: list[str], amount: int) -> None:
    due = owed(exchanged(*conditions, worth=1600))
    assert due.amount == amount
    if amount:
        assert due.move["cup"] == {
            "settled": -due.units["cup"],
            "available": due.units["cup"],
            "exchanged": -amount,
            "refundable": amount,
        }
