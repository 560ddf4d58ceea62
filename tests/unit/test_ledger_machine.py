"""An order's books under any interleaving of applications: they always balance, and nothing is paid or returned twice.

The machine drives the pure core: applications take the steps of the lifecycle, their units follow from where they
stand, and what is paid back, charged or replaced is what the quotes say.
"""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import invariant, rule

from aftersales.applications.change import take
from aftersales.applications.charge import Charge
from aftersales.applications.holding import held
from aftersales.applications.lifecycle import AT_WORK, REFUNDING, UNDER_WAY, Status, Step, Type
from aftersales.applications.model import SYSTEM, Application, Parcel
from aftersales.applications.plan import coming_back, next_status, remedy_is_due
from aftersales.applications.possible import may_cancel
from aftersales.applications.refund import Quote, Refund
from aftersales.applications.replacement import Delivery, Replacement
from aftersales.charges.kept import owed, paid_refund
from aftersales.compensation.quote import compensate
from aftersales.money import Money
from aftersales.orders import ledger
from aftersales.orders.model import Order
from aftersales.replacement.difference import exchange_quote, replacement_lines
from aftersales.replacement.exchange import exchange
from aftersales.resolution.claim import claim_of
from aftersales.resolution.quote import quote
from tests.books import assert_order_balances, charged, paid_back
from tests.unit.builders import FILED_AT, application, line, order, told
from tests.unit.cases import Cases, about


def variants(plain: int, glazed: int) -> list[dict[str, Any]]:
    named = [("plain", "素面款 Plain", plain), ("glazed", "釉面款 Glazed", glazed)]
    return [{"sku": sku, "title": title, "price": price} for sku, title, price in named]


LINES = [
    line(
        "teapot", quantity=3, price=9967, paid=26900, discount=3001, order_discount=3000, variants=variants(7900, 12900)
    ),
    line("cup", quantity=7, paid=1000, discount=112, order_discount=112, variants=variants(90, 250)),
    line("gift", quantity=2, paid=0, variants=variants(0, 990)),
]
PAID = sum(each.paid for each in LINES)
SHIPPING = 1200
TENDERS = [{"kind": "card", "amount": 20000}, {"kind": "points", "amount": 4100}, {"kind": "gift_card", "amount": 5000}]
COUPON = {"code": "SPRING", "amount": 3112, "minimum": 20000}

units = some.lists(some.tuples(some.integers(0, 9), some.integers(1, 4)), min_size=1, max_size=3)
reasons = some.sampled_from(["changed_mind", "defective"])
types = some.sampled_from(["exchange", "exchange", "return_refund", "refund_only", "resend"])
conditions = some.sampled_from(["as_described", "damaged", "used", "missing", "wrong_item"])
amounts = some.none() | some.fractions(0, 1)


def is_due(known: Application) -> bool:
    """What was asked for may be carried out."""
    ready = known.status in UNDER_WAY and not known.settled and remedy_is_due(known)
    return ready and bool(claim_of(known).units)


def was_compensated(known: Application) -> bool:
    return any(refund.purpose == "compensation" for refund in known.refunds)


def may_be_rejected(known: Application) -> bool:
    return known.status in AT_WORK and not known.settled


def may_expire(known: Application) -> bool:
    return known.status is Status.AWAITING_GOODS and not known.settled


def did_not_send(known: Application) -> bool:
    """The goods were paid for or replaced, and are not all here. Of what cost nothing, nothing is asked."""
    return known.status in {Status.AWAITING_GOODS} | AT_WORK and owed(known).amount > 0


class Books(Cases):
    """Several applications about one order, also about what its goods were exchanged for: filed, refused, appealed,
    cancelled; goods sent, received and inspected, or never sent; refunds whole or in part, with a fee or without, paid
    or failed, before the goods or after; exchanges for the same, for less and for more; something for the trouble; the
    price of goods that were kept. In any order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.order: Order = told(*LINES, shipping=SHIPPING, tenders=TENDERS, discounts=[COUPON])
        self.paid_out = self.taken_back = self.charged = 0

    def step(self, known: Application, step: Step, to: Status | None = None, **changes: Any) -> Application:
        after = take(known, step, SYSTEM, FILED_AT, to=to, **changes).after
        self.order = ledger.applied(self.order, ledger.difference(held(known), held(after)))
        return after

    def onward(self, known: Application, step: Step, **changes: Any) -> Application:
        return self.step(known, step, to=next_status(known.model_copy(update=changes)), **changes)

    # --- Applications

    @rule(
        type_=types, wanted=units, reason=reasons, fee=some.sampled_from([0, 15]), back=some.booleans(),
        due=some.sampled_from(["at_once", "after_inspection"]), sku=some.sampled_from([None, "plain", "glazed"]),
    )  # fmt: skip
    def file(self, type_: str, wanted: list[tuple[int, int]], reason: str, fee: int, **terms: Any) -> None:
        names = list(reversed(self.order.ledger))
        counted = {names[index % len(names)]: count for index, count in wanted}
        variant = {"variant": terms["sku"]} if type_ == "exchange" else {}
        lines = [{"line_id": name, "quantity": count, "reason": reason} | variant for name, count in counted.items()]
        agreed = {"outcome": "accept", "restocking_fee": fee, "send_back": terms["back"], "refund_due": terms["due"]}
        decided = [{"line_id": name} | agreed for name in counted]
        decision = {"outcome": "accept", "reasons": [], "policy": "lantern@1", "lines": decided}
        new = application(Status.ACCEPTED, type=type_, lines=lines, decision=decision)
        self.keep(self.if_there(new.model_copy(update={"status": next_status(new)}), ledger.reserve(new.lines)))

    def if_there(self, claiming: Application, move: ledger.Move) -> Application | None:
        """The application, if the units are there; else it is refused and nothing has changed."""
        before = self.order
        if all(before.ledger[each.line_id].available >= each.quantity for each in claiming.lines):
            self.order = ledger.applied(before, move)
            return claiming
        with pytest.raises(ValueError, match="below zero"):
            ledger.applied(before, move)
        return None

    @about(lambda known: may_cancel(known) or may_be_rejected(known) or may_expire(known))
    def comes_to_nothing(self, known: Application) -> Application | None:
        if may_be_rejected(known):
            rejected = self.step(known, Step.REJECTED)
            return None if known.appealed_at else rejected
        self.step(known, Step.CANCELLED if may_cancel(known) else Step.EXPIRED)
        return None

    @about(lambda known: known.status is Status.REJECTED)
    def is_appealed_and_accepted(self, known: Application) -> Application | None:
        appealed = take(known, Step.APPEALED, SYSTEM, FILED_AT, appealed_at=FILED_AT).after
        claimed = self.if_there(appealed, ledger.difference(held(known), held(appealed)))
        if claimed is None:
            return None
        return self.onward(self.step(claimed, Step.ACCEPTED), Step.ASSIGNED)

    # --- Goods

    @about(lambda known: known.status is Status.AWAITING_GOODS)
    def parcel_is_sent(self, known: Application) -> Application:
        return self.onward(known, Step.GOODS_SENT, parcel=Parcel(carrier="顺丰", tracking_number="SF1"))

    @about(
        lambda known: known.status in UNDER_WAY - AT_WORK,
        states=some.lists(conditions, min_size=12, max_size=12),
    )
    def goods_come_and_are_inspected(self, known: Application, states: list[str]) -> Application:
        here = self.onward(known, Step.GOODS_RECEIVED, received_at=FILED_AT)
        came = [each.line_id for each in coming_back(here) for _ in range(each.quantity)]
        seen = [{"line_id": one, "quantity": 1, "condition": state} for one, state in zip(came, states, strict=False)]
        return self.onward(here, Step.GOODS_INSPECTED, inspection=application(inspection=seen).inspection)

    # --- Refunds

    def refund(self, known: Application, wanted: Quote, **what: Any) -> Application:
        refund = Refund(refund_id=f"{known.number}.{known.version + 1}", **what, **dict(wanted))
        self.order = ledger.applied(self.order, ledger.order_refund(refund))
        return take(known, Step.REFUND_ORDERED, SYSTEM, FILED_AT, refunds=(*known.refunds, refund)).after

    @about(
        lambda known: known.type in REFUNDING and is_due(known),
        part=amounts,
        claw_back=some.booleans(),
    )
    def refund_is_ordered(self, known: Application, part: Any, claw_back: bool) -> Application:
        whole = quote(self.order, claim_of(known), claw_back=claw_back)
        amount = None if part is None else int(whole.total.amount * part)
        return self.refund(known, quote(self.order, claim_of(known), claw_back=claw_back, amount=amount))

    @about(lambda known: known.status in AT_WORK and not was_compensated(known), part=some.fractions(0, 1))
    def something_is_given_for_the_trouble(self, known: Application, part: Any) -> Application:
        amount = int(sum(self.order.ledger[each.line_id].refundable for each in known.lines) * part)
        given, released = compensate(self.order, known, amount)
        return self.refund(known, given, purpose="compensation", released=released)

    @about(lambda known: known.status is Status.REFUND_ORDERED, paid=some.booleans())
    def refund_ends(self, known: Application, paid: bool) -> Application:
        assert known.refund
        move = ledger.confirm_refund if paid else ledger.fail_refund
        self.order = ledger.applied(self.order, move(known.refund))
        self.paid_out += known.refund.total.amount if paid else 0
        ended = known.refund.model_copy(update={"outcome": "paid" if paid else "failed"})
        settled = known.settled or (paid and known.refund.purpose == "return")
        changes: dict[str, Any] = {"refunds": (*known.refunds[:-1], ended), "settled": settled}
        to = next_status(known.model_copy(update={"settled": settled and paid}))
        return take(known, Step.REFUNDED if paid else Step.REFUND_FAILED, SYSTEM, FILED_AT, to=to, **changes).after

    # --- Exchanges

    @about(lambda known: known.type is Type.EXCHANGE and is_due(known))
    def difference_is_settled(self, known: Application) -> Application:
        """Of a cheaper replacement it is paid back, of a dearer one paid."""
        found = exchange_quote(self.order, claim_of(known), known.lines)
        assert found.total.amount - found.to_pay == sum(item.amount for item in found.items)
        if found.total.amount:
            return self.refund(known, found, purpose="difference")
        if not found.to_pay:
            return known
        amount = Money(amount=found.to_pay, currency=known.currency)
        paid = Charge(charge_id="c", purpose="price_difference", amount=amount, outcome="paid")
        return known.model_copy(update={"charges": (*known.charges, paid)})

    @about(lambda known: known.type is Type.EXCHANGE and is_due(known))
    def replacement_is_sent(self, known: Application) -> Application:
        claim = claim_of(known)
        found = exchange_quote(self.order, claim, known.lines)
        if found.total.amount or found.to_pay:
            return known
        sent = Replacement(replacement_id="x", state="shipped", lines=replacement_lines(self.order, claim, known.lines))
        done = exchange(self.order, known, sent)
        self.order = self.with_new_lines(ledger.applied(self.order, done.move), done.new)
        self.charged += claim.charged
        return self.sent(known, done.replacement)

    @about(lambda known: known.type is Type.RESEND and is_due(known))
    def goods_are_sent_once_more(self, known: Application) -> Application:
        self.order = ledger.applied(self.order, ledger.difference(ledger.reserve(known.lines), {}))
        return self.sent(known, Replacement(replacement_id="x", state="shipped", lines=()))

    def with_new_lines(self, known: Order, new: list[Any]) -> Order:
        books = known.ledger | {each.line_id: its for each, its in new}
        return known.model_copy(update={"new_lines": (*known.new_lines, *(each for each, _ in new)), "ledger": books})

    def sent(self, known: Application, replacement: Replacement) -> Application:
        delivery = Delivery(carrier="顺丰", tracking_number="SF2", sent_at=FILED_AT)
        changes: dict[str, Any] = {"replacement": replacement, "delivery": delivery, "settled": True}
        ordered = take(known, Step.REPLACEMENT_ORDERED, SYSTEM, FILED_AT).after
        to = next_status(ordered.model_copy(update=changes))
        return take(ordered, Step.REPLACEMENT_SHIPPED, SYSTEM, FILED_AT, to=to, **changes).after

    # --- Goods that were kept

    @about(did_not_send)
    def goods_that_were_kept_are_paid_for(self, known: Application) -> None:
        debt, refund = owed(known), paid_refund(known)
        self.order = ledger.applied(self.order, debt.move)
        if known.type is Type.EXCHANGE:
            self.charged += debt.amount
        else:
            self.taken_back += debt.amount
        amount = Money(amount=debt.amount, currency=known.currency)
        paid = Charge(charge_id="k", purpose="goods_kept", amount=amount, outcome="paid")
        refunds = (refund.model_copy(update={"reclaimed": debt.units}),) if refund else ()
        asked = self.step(known, Step.CHARGE_ORDERED, charges=(*known.charges, paid), refunds=refunds)
        self.step(asked, Step.CHARGED, to=next_status(asked) if asked.inspection else Status.EXPIRED)

    # --- What always holds

    @invariant()
    def books_balance(self) -> None:
        assert_order_balances(self.order)

    @invariant()
    def no_more_is_paid_back_than_was_paid(self) -> None:
        assert self.paid_out - self.taken_back == paid_back(self.order) <= PAID + SHIPPING + self.charged
        assert self.charged == charged(self.order)
        assert all(books.refunded + books.ordered <= books.paid for books in self.order.ledger.values())

    @invariant()
    def no_unit_is_with_the_customer_twice(self) -> None:
        """Each new unit came for one that was settled, or whose price was paid again."""
        for name, books in self.order.ledger.items():
            if books.paid and not self.charged:
                replaced = sum(each.quantity for each in self.order.new_lines if each.replaces == name)
                assert replaced <= books.settled


TestBooks = Books.TestCase
TestBooks.settings = settings(max_examples=150, stateful_step_count=50)


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
