"""Stripe's refunds in our terms.

Source: Stripe API reference, Refunds and Currencies (2026-10-28.endive). Amounts count the currency's smallest unit as
ISO 4217 has it, but for a few currencies. `pending` and `requires_action` end later, and a webhook tells.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from aftersales.applications.refund import Refund, RefundOutcome
from aftersales.model import Foreign
from aftersales.money import DECIMALS, Money
from aftersales.orders.names import TenderKind
from aftersales.resolution.confirmation import RefundConfirmation

OWN_DECIMALS = {"ISK": 2, "UGX": 2, "MGA": 0}
"""Where Stripe counts otherwise than ISO 4217."""

OUTCOMES: dict[str, RefundOutcome] = {"succeeded": "paid", "failed": "failed", "canceled": "failed"}
"""By Stripe's status: how a refund has ended. With any other it has not."""

ELSEWHERE: frozenset[TenderKind] = frozenset({"points", "store_credit", "gift_card", "cash"})

REFUSALS = frozenset({400, 402, 404})
"""Answers that refuse: no refund was made, and asking again is refused again."""


class StripeRefund(Foreign):
    """The part of Stripe's refund that we read."""

    id: str
    status: str | None = None
    amount: Annotated[int, Field(ge=0)]
    currency: str
    failure_reason: str | None = None
    metadata: dict[str, str] | None = None

    @property
    def refund_id(self) -> str | None:
        """The refund of ours that it was made for."""
        return (self.metadata or {}).get("refund_id")

    def told(self, refund: Refund) -> RefundConfirmation | None:
        """What came of `refund`, or None while that is open. The whole is confirmed when Stripe's part is right."""
        outcome = OUTCOMES.get(self.status or "")
        if outcome is None:
            return None
        amount = money(self.amount, self.currency)
        return RefundConfirmation(
            outcome=outcome,
            amount=refund.total if amount == due(refund) else amount,
            reference=self.id,
            message=_left(refund) if outcome == "paid" else f"Stripe: {self.failure_reason or self.status}",
        )


def paid(refund: Refund, reference: str) -> RefundConfirmation:
    return RefundConfirmation(outcome="paid", amount=refund.total, reference=reference, message=_left(refund))


def due(refund: Refund) -> Money:
    """Stripe's part of it: what was paid with points, credit or cash does not go back through Stripe."""
    elsewhere = sum(part.amount for part in refund.tenders if part.kind in ELSEWHERE)
    return Money(amount=refund.total.amount - elsewhere, currency=refund.total.currency)


def _left(refund: Refund) -> str | None:
    """What people still have to give back."""
    left = [f"{part.kind} {part.amount}" for part in refund.tenders if part.kind in ELSEWHERE and part.amount]
    return f"not through Stripe, in minor units: {', '.join(left)}" if left else None


def payment(payment_reference: str) -> dict[str, str]:
    """The payment as Stripe's parameters name it; a reference of another kind is left to Stripe to refuse."""
    return {"charge" if payment_reference.startswith(("ch_", "py_")) else "payment_intent": payment_reference}


def stripe_amount(total: Money) -> int:
    """Raises `ValueError` for an amount that Stripe has no unit for."""
    amount = Decimal(total.amount).scaleb(_shift(total.currency))
    if amount % 1:
        raise ValueError(f"Stripe has no unit for {total.amount} {total.currency}")
    return int(amount)


def money(amount: int, currency: str) -> Money:
    known = currency.upper()
    return Money(amount=int(Decimal(amount).scaleb(-_shift(known))), currency=known)


def _shift(currency: str) -> int:
    ours = DECIMALS.get(currency, 2)
    return OWN_DECIMALS.get(currency, ours) - ours


def refused(refund: Refund, reason: str) -> RefundConfirmation:
    """No refund was made: the case goes back to its person, who reads why."""
    return RefundConfirmation(outcome="failed", amount=refund.total, reference="none", message=reason)
