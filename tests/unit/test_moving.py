"""A move on the ledger as one conditional write."""

from collections import Counter
from typing import Any

from aftersales.applications.refund import Refund
from aftersales.applications.replacement import Replacement
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.orders.moving import exchanging, moving, refunding
from aftersales.replacement.difference import replacement_lines
from aftersales.replacement.exchange import exchange
from aftersales.resolution.claim import Claim, Claimed, claim_of
from aftersales.resolution.quote import quote
from tests.unit.builders import application, line, told

MOST_BYTES = 4096
"""DynamoDB, Service quotas: the longest expression."""

KINDS = ("card", "wallet", "bank", "cash", "points", "store_credit", "gift_card")


def longest() -> tuple[Order, Refund]:
    """Twenty-five lines, each with a fee and an amount of its own, shipping, and every means of payment."""
    lines = [line(f"1410000000{i:04}", quantity=i + 1, paid=10_000_000 + 977 * i) for i in range(25)]
    paid = sum(each.paid for each in lines) + 1200
    tenders = [{"kind": kind, "amount": 5_000_000 + 31 * i} for i, kind in enumerate(KINDS[1:])]
    card = {"kind": "card", "amount": paid - (5_000_000 * 6 + 31 * 15)}
    order = told(*lines, shipping=1200, tenders=[card, *tenders])
    claim = Claim(tuple(Claimed(each.line_id, each.quantity, fee=15) for each in lines))
    return order, Refund(refund_id="r", **dict(quote(order, claim)))


def test_the_longest_move_fits_into_an_expression() -> None:
    order, refund = longest()
    for move in (ledger.order_refund(refund), ledger.fail_refund(refund), ledger.confirm_refund(refund)):
        write = refunding(order, move)["Update"]
        assert len(write["UpdateExpression"].encode()) <= MOST_BYTES
        assert len(write["ConditionExpression"].encode()) <= MOST_BYTES


def test_the_longest_exchange_fits_as_well() -> None:
    """Of each line one unit did not come back, and one was replaced."""
    order, _ = longest()
    lines = [{"line_id": each.line_id, "quantity": 2, "reason": "wrong_size"} for each in order.lines]
    seen = [
        {"line_id": each.line_id, "quantity": 1, "condition": condition}
        for each in order.lines
        for condition in ("as_described", "missing")
    ]
    about = application(type="exchange", lines=lines, inspection=seen)
    sent = replacement_lines(order, claim_of(about), about.lines)
    done = exchange(order, about, Replacement(replacement_id="r", state="ordered", lines=sent))
    write = exchanging(order, done.move, done.new)["Update"]
    assert len(write["UpdateExpression"].encode()) <= MOST_BYTES
    assert len(write["ConditionExpression"].encode()) <= MOST_BYTES


def test_placeholders_of_one_write_are_distinct() -> None:
    order, refund = longest()
    write: dict[str, Any] = refunding(order, ledger.order_refund(refund))["Update"]
    names = write["ExpressionAttributeNames"]
    assert len(set(names.values())) == len(names) == len({line.line_id for line in refund.lines}) + 8 + 7


def test_a_counter_that_an_old_order_has_not_begins_at_zero() -> None:
    update = moving("lantern", "LT-1001", {"teapot": Counter(in_return=1, reserved=1)})["Update"]["UpdateExpression"]
    assert update.count("if_not_exists") == 1
