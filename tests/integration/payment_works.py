"""Every piece of work that pays back, from where it begins: what is done, and done again."""

from collections.abc import Callable
from typing import Any

from tests.integration.desk import HUA, Desk
from tests.integration.payments import AMOUNT, ask, stripe_tells
from tests.integration.stripe_server import Stripe

Run = Callable[[], object]
PaymentWork = Callable[[Desk, Stripe], Run]


def pay_back(desk: Desk, stripe: Stripe) -> Run:
    number, _ = desk.refund_ordered()
    return lambda: ask(desk, number)


def pay_back_in_vain(desk: Desk, stripe: Stripe) -> Run:
    stripe.status = "failed"
    return pay_back(desk, stripe)


def pay_back_later(desk: Desk, stripe: Stripe) -> Run:
    stripe.status = "pending"
    return pay_back(desk, stripe)


def hear_that_it_was_paid(desk: Desk, stripe: Stripe) -> Run:
    open_refund = _left_open(desk, stripe)
    return lambda: stripe_tells("refund.updated", open_refund, status="succeeded")


def hear_that_it_failed(desk: Desk, stripe: Stripe) -> Run:
    open_refund = _left_open(desk, stripe)
    return lambda: stripe_tells("refund.failed", open_refund, status="failed")


def hear_otherwise(desk: Desk, stripe: Stripe) -> Run:
    open_refund = _left_open(desk, stripe)
    stripe_tells("refund.updated", open_refund, status="succeeded")
    return lambda: stripe_tells("refund.failed", open_refund, status="failed")


def _left_open(desk: Desk, stripe: Stripe) -> dict[str, Any]:
    pay_back_later(desk, stripe)()
    return stripe.refunds[0]


def confirm_offline(desk: Desk, stripe: Stripe) -> Run:
    number, refund_id = desk.refund_ordered()
    amount = {"amount": AMOUNT, "currency": "CNY"}
    told = {"refund_id": refund_id, "outcome": "paid", "amount": amount, "reference": "ICBC-17"}
    return lambda: desk.staff(HUA, number, "refund-confirmation", told, key="k-1")


def see_it_at_the_bank(desk: Desk, stripe: Stripe) -> Run:
    """It was called failed, and was paid all the same."""
    number, refund_id = desk.refund_ordered()
    desk.confirm(refund_id, outcome="failed")
    amount = {"amount": AMOUNT, "currency": "CNY"}
    told = {"refund_id": refund_id, "outcome": "paid", "amount": amount, "reference": "ICBC-17"}
    return lambda: desk.staff(HUA, number, "refund-confirmation", told, key="k-1")


def leave_to_a_person(desk: Desk, stripe: Stripe) -> Run:
    desk.changes_secret("lantern")
    number, _ = desk.refund_ordered()
    return lambda: ask(desk, number, times=8)


PAYMENT_WORKS: list[PaymentWork] = [
    *(pay_back, pay_back_in_vain, pay_back_later, hear_that_it_was_paid, hear_that_it_failed),
    *(hear_otherwise, confirm_offline, see_it_at_the_bank, leave_to_a_person),
]
