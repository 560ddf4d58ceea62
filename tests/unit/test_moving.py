"""A move on the ledger as one conditional write."""

from collections import Counter
from typing import Any

from aftersales.applications.refund import Refund
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.orders.moving import moving, refunding
from aftersales.resolution.claim import Claim, Claimed
from aftersales.resolution.quote import quote
from tests.unit.builders import line, told

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


def test_placeholders_of_one_write_are_distinct() -> None:
    order, refund = longest()
    write: dict[str, Any] = refunding(order, ledger.order_refund(refund))["Update"]
    names = write["ExpressionAttributeNames"]
    assert len(set(names.values())) == len(names) == len({line.line_id for line in refund.lines}) + 8 + 7


def test_a_counter_that_an_old_order_has_not_begins_at_zero() -> None:
    update = moving("lantern", "LT-1001", {"teapot": Counter(in_return=1, reserved=1)})["Update"]["UpdateExpression"]
    assert update.count("if_not_exists") == 1
