"""The ledger under any interleaving of applications: the books always balance."""

import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from aftersales.applications.model import ApplicationLine, RefundLine
from aftersales.orders import ledger
from aftersales.orders.model import LineLedger, Order
from aftersales.resolution.quote import refund_lines
from tests.unit.builders import line, order

Claim = tuple[ApplicationLine, ...]
Ordered = tuple[Claim, tuple[RefundLine, ...]]

quantities = some.dictionaries(some.sampled_from(["teapot", "cup", "gift"]), some.integers(1, 4), min_size=1)


class Books(RuleBasedStateMachine):
    """Customers file, cancel and appeal, staff refuse a part, order refunds whole or in part, the storefront pays or
    fails. In any order.
    """

    claims = Bundle("claims")
    ended = Bundle("ended")
    ordered = Bundle("ordered")

    def __init__(self) -> None:
        super().__init__()
        self.order: Order = order(
            line("teapot", quantity=3, paid=29900), line("cup", quantity=7, paid=1000), line("gift", quantity=2, paid=0)
        )
        self.paid_back = 0

    def move(self, move: ledger.Move) -> None:
        self.order = self.order.model_copy(update={"ledger": ledger.apply(self.order.ledger, move)})

    @rule(target=claims, wanted=quantities)
    def file(self, wanted: dict[str, int]) -> object:
        claim = tuple(
            ApplicationLine.model_validate({"line_id": line_id, "quantity": quantity, "reason": "defective"})
            for line_id, quantity in wanted.items()
        )
        return self.reserved(claim)

    def reserved(self, claim: Claim) -> object:
        """The claim if its units are there; else it is refused and nothing has changed."""
        if all(self.order.ledger[each.line_id].available >= each.quantity for each in claim):
            self.move(ledger.reserve(claim))
            return claim
        before = self.order
        with pytest.raises(ValueError, match="below zero"):
            self.move(ledger.reserve(claim))
        assert self.order == before
        return multiple()

    @rule(target=ended, claim=consumes(claims))
    def end_without_money(self, claim: Claim) -> Claim:
        self.move(ledger.release(claim))
        return claim

    @rule(target=claims, claim=consumes(ended))
    def appeal(self, claim: Claim) -> object:
        return self.reserved(claim)

    @rule(target=claims, claim=consumes(claims))
    def accept_in_part(self, claim: Claim) -> Claim:
        self.move(ledger.release(claim[1:]))
        return claim[:1]

    @rule(target=ordered, claim=consumes(claims), part=some.none() | some.fractions(0, 1))
    def order_refund(self, claim: Claim, part: object) -> Ordered:
        whole = sum(each.amount for each in refund_lines(self.order, claim))
        refund = refund_lines(self.order, claim, None if part is None else int(whole * part))  # type: ignore[operator]
        self.move(ledger.order_refund(refund))
        return claim, refund

    @rule(known=consumes(ordered))
    def storefront_pays(self, known: Ordered) -> None:
        _, refund = known
        self.move(ledger.confirm_refund(refund))
        self.paid_back += sum(each.amount for each in refund)

    @rule(target=claims, known=consumes(ordered))
    def storefront_fails(self, known: Ordered) -> Claim:
        claim, refund = known
        self.move(ledger.fail_refund(refund))
        return claim

    @property
    def lines(self) -> list[LineLedger]:
        return list(self.order.ledger.values())

    @invariant()
    def units_add_up(self) -> None:
        assert all(each.bought == each.available + each.reserved + each.settled for each in self.lines)

    @invariant()
    def money_adds_up(self) -> None:
        assert all(each.paid == each.refundable + each.ordered + each.refunded for each in self.lines)

    @invariant()
    def nothing_is_negative(self) -> None:
        assert all(counter >= 0 for each in self.lines for counter in each.model_dump().values())

    @invariant()
    def no_more_is_paid_back_than_was_paid(self) -> None:
        assert self.paid_back == sum(each.refunded for each in self.lines)
        assert self.paid_back + sum(each.ordered for each in self.lines) <= 29900 + 1000


TestBooks = Books.TestCase
TestBooks.settings = settings(max_examples=100, stateful_step_count=40)


def test_a_refund_that_failed_leaves_the_books_as_before_it_was_ordered() -> None:
    claim = (ApplicationLine.model_validate({"line_id": "cup", "quantity": 2, "reason": "damaged_in_transit"}),)
    known = order(line("cup", quantity=3, paid=1000))
    reserved = ledger.apply(known.ledger, ledger.reserve(claim))
    refund = refund_lines(known.model_copy(update={"ledger": reserved}), claim)
    failed = ledger.apply(ledger.apply(reserved, ledger.order_refund(refund)), ledger.fail_refund(refund))
    assert failed == reserved


def test_the_same_refund_cannot_be_paid_twice() -> None:
    claim = (ApplicationLine.model_validate({"line_id": "cup", "quantity": 1, "reason": "missing"}),)
    known = order(line("cup", paid=1000))
    refund = refund_lines(known, claim)
    paid = ledger.apply(known.ledger, ledger.reserve(claim))
    for move in (ledger.order_refund(refund), ledger.confirm_refund(refund)):
        paid = ledger.apply(paid, move)
    with pytest.raises(ValueError, match="below zero"):
        ledger.apply(paid, ledger.confirm_refund(refund))


def test_a_line_that_the_order_does_not_have_has_no_books() -> None:
    stranger = ApplicationLine.model_validate({"line_id": "kettle", "quantity": 1, "reason": "other"})
    with pytest.raises(KeyError):
        ledger.apply(order().ledger, ledger.reserve([stranger]))
