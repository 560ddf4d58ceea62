"""An order's books under any interleaving of applications: they always balance, and nothing is paid or returned twice.

The machine drives the pure core: applications take the steps of the lifecycle, their units follow from where they
stand, and refunds are what the quote says.
"""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from aftersales.applications.change import take
from aftersales.applications.holding import coming_back, held, may_be_paid
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import SYSTEM, Application, Parcel
from aftersales.applications.refund import Refund
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.resolution.claim import claim_of
from aftersales.resolution.quote import quote
from tests.books import assert_order_balances, paid_back
from tests.unit.builders import FILED_AT, application, line, order, told

LINES = [
    line("teapot", quantity=3, paid=26900, discount=3000, order_discount=3000),
    line("cup", quantity=7, paid=1000, discount=112, order_discount=112),
    line("gift", quantity=2, paid=0),
]
PAID = {"teapot": 26900, "cup": 1000, "gift": 0}
SHIPPING = 1200
TENDERS = [{"kind": "card", "amount": 20000}, {"kind": "points", "amount": 4100}, {"kind": "gift_card", "amount": 5000}]
COUPON = {"code": "SPRING", "amount": 3112, "minimum": 20000}

quantities = some.dictionaries(some.sampled_from(sorted(PAID)), some.integers(1, 4), min_size=1)
reasons = some.sampled_from(["changed_mind", "defective"])
conditions = some.sampled_from(["as_described", "damaged", "used", "missing", "wrong_item"])


class Books(RuleBasedStateMachine):
    """Several applications about one order: filed, refused in part or whole, appealed, cancelled; goods sent, received
    and inspected; refunds ordered whole or in part, with a fee or without, paid or failed. In any order.
    """

    filed = Bundle("filed")
    rejected = Bundle("rejected")
    payable = Bundle("payable")
    ordered = Bundle("ordered")

    def __init__(self) -> None:
        super().__init__()
        self.order: Order = told(*LINES, shipping=SHIPPING, tenders=TENDERS, discounts=[COUPON])
        self.paid_out = 0

    def step(self, known: Application, step: Step, to: Status | None = None, **changes: Any) -> Application:
        after = take(known, step, SYSTEM, FILED_AT, to=to, **changes).after
        self.order = ledger.applied(self.order, ledger.difference(held(known), held(after)))
        return after

    @rule(target=filed, wanted=quantities, reason=reasons, fee=some.sampled_from([0, 15]), goods_back=some.booleans())
    def file(self, wanted: dict[str, int], reason: str, fee: int, goods_back: bool) -> object:
        lines = [{"line_id": line_id, "quantity": count, "reason": reason} for line_id, count in wanted.items()]
        terms = [{"line_id": line_id, "outcome": "accept", "restocking_fee": fee} for line_id in wanted]
        new = application(
            Status.AWAITING_GOODS if goods_back else Status.IN_PROGRESS,
            type="return_refund" if goods_back else "refund_only",
            lines=lines,
            decision={"outcome": "accept", "reasons": [], "policy": "lantern@1", "lines": terms},
        )
        return self.if_there(new, ledger.reserve(new.lines))

    def if_there(self, claiming: Application, move: ledger.Move) -> object:
        """The application, if the units are there; else it is refused and nothing has changed."""
        before = self.order
        if all(before.ledger[each.line_id].available >= each.quantity for each in claiming.lines):
            self.order = ledger.applied(before, move)
            return claiming
        with pytest.raises(ValueError, match="below zero"):
            ledger.applied(before, move)
        return multiple()

    @rule(target=filed, known=consumes(filed))
    def parcel_is_sent(self, known: Application) -> Application:
        if known.status is not Status.AWAITING_GOODS:
            return known
        return self.step(known, Step.GOODS_SENT, parcel=Parcel(carrier="顺丰", tracking_number="SF1"))

    @rule(target=filed, known=consumes(filed), states=some.lists(conditions, min_size=12, max_size=12))
    def goods_come_and_are_inspected(self, known: Application, states: list[str]) -> Application:
        if known.status is not Status.AWAITING_GOODS:
            return known
        here = self.step(known, Step.GOODS_RECEIVED)
        units = [each.line_id for each in coming_back(here) for _ in range(each.quantity)]
        seen = [{"line_id": one, "quantity": 1, "condition": state} for one, state in zip(units, states, strict=False)]
        return self.step(here, Step.GOODS_INSPECTED, inspection=application(inspection=seen).inspection)

    @rule(target=filed, known=consumes(filed))
    def is_cancelled(self, known: Application) -> object:
        if known.status is Status.INSPECTED:
            return known
        self.step(known, Step.CANCELLED)
        return multiple()

    @rule(target=rejected, known=consumes(filed))
    def is_rejected(self, known: Application) -> object:
        if known.status is Status.AWAITING_GOODS:
            self.step(known, Step.EXPIRED)
            return multiple()
        return self.step(known, Step.REJECTED)

    @rule(target=filed, known=consumes(rejected))
    def is_appealed_and_accepted(self, known: Application) -> object:
        appealed = take(known, Step.APPEALED, SYSTEM, FILED_AT).after
        claimed = self.if_there(appealed, ledger.difference(held(known), held(appealed)))
        if not isinstance(claimed, Application):
            return claimed
        accepted = self.step(claimed, Step.ACCEPTED)
        back = Status.AWAITING_GOODS if coming_back(accepted) else Status.IN_PROGRESS
        return self.step(accepted, Step.ASSIGNED, to=Status.INSPECTED if accepted.inspection else back)

    @rule(target=ordered, known=consumes(payable), part=some.none() | some.fractions(0, 1), claw_back=some.booleans())
    def refund_is_ordered(self, known: Application, part: Any, claw_back: bool) -> Application:
        whole = quote(self.order, claim_of(known), claw_back=claw_back)
        amount = None if part is None else int(whole.total.amount * part)
        less = quote(self.order, claim_of(known), claw_back=claw_back, amount=amount)
        refund = Refund(refund_id="r", **dict(less))
        self.order = ledger.applied(self.order, ledger.order_refund(refund))
        return take(known, Step.REFUND_ORDERED, SYSTEM, FILED_AT, refund=refund).after

    @rule(target=payable, known=consumes(filed))
    def is_ready_to_be_paid(self, known: Application) -> object:
        ready = may_be_paid(known) and claim_of(known).units
        return known if ready else self.is_given_back(known)

    def is_given_back(self, known: Application) -> object:
        """Nothing came back, or not yet: then it ends without money."""
        self.step(known, Step.REJECTED if known.status is Status.INSPECTED else Step.CANCELLED)
        return multiple()

    @rule(known=consumes(ordered))
    def refund_is_paid(self, known: Application) -> None:
        assert known.refund
        self.order = ledger.applied(self.order, ledger.confirm_refund(known.refund))
        self.paid_out += known.refund.total.amount

    @rule(target=filed, known=consumes(ordered))
    def refund_fails(self, known: Application) -> Application:
        assert known.refund
        self.order = ledger.applied(self.order, ledger.fail_refund(known.refund))
        to = Status.INSPECTED if known.inspection else Status.IN_PROGRESS
        return take(known, Step.REFUND_FAILED, SYSTEM, FILED_AT, to=to).after

    @invariant()
    def books_balance(self) -> None:
        assert_order_balances(self.order)

    @invariant()
    def no_more_is_paid_back_than_was_paid(self) -> None:
        assert self.paid_out == paid_back(self.order) <= sum(PAID.values()) + SHIPPING
        assert all(books.refunded + books.ordered <= PAID[name] for name, books in self.order.ledger.items())

    @invariant()
    def no_unit_is_here_twice(self) -> None:
        for books in self.order.ledger.values():
            assert books.in_return + books.received + books.received_good + books.received_damaged <= books.bought


TestBooks = Books.TestCase
TestBooks.settings = settings(max_examples=100, stateful_step_count=40)


def test_the_same_refund_cannot_be_paid_twice() -> None:
    claim = application(type="refund_only")
    known = ledger.applied(order(line("teapot", paid=1000)), ledger.reserve(claim.lines))
    refund = Refund(refund_id="r", **dict(quote(known, claim_of(claim))))
    paid = ledger.applied(ledger.applied(known, ledger.order_refund(refund)), ledger.confirm_refund(refund))
    with pytest.raises(ValueError, match="below zero"):
        ledger.applied(paid, ledger.confirm_refund(refund))


def test_a_line_that_the_order_does_not_have_has_no_books() -> None:
    stranger = application(lines=[{"line_id": "kettle", "quantity": 1, "reason": "other"}])
    with pytest.raises(KeyError):
        ledger.applied(order(), ledger.reserve(stranger.lines))
