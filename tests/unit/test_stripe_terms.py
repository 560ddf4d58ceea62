"""Stripe's refunds in our terms: its units of money, its statuses, and its part of what goes back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.applications.refund import Refund
from aftersales.money import DECIMALS, Money
from aftersales.resolution.gateways.stripe_terms import OWN_DECIMALS, StripeRefund, due, money, payment, stripe_amount

CURRENCIES = sorted({"CNY", "EUR", "USD", *DECIMALS, *OWN_DECIMALS} - {"MGA"})


def refund(amount: int = 11900, **tenders: int) -> Refund:
    parts: Any = [{"kind": kind, "amount": part} for kind, part in tenders.items()]
    total = {"amount": amount, "currency": "CNY"}
    return Refund.model_validate(
        {"refund_id": "7K3M-9QXT-2VWH-5NRR.6", "total": total, "lines": [], "tenders": parts}, strict=False
    )


def at_stripe(status: str = "succeeded", amount: int = 11900, **more: Any) -> StripeRefund:
    return StripeRefund.model_validate({"id": "re_1", "status": status, "amount": amount, "currency": "cny"} | more)


@pytest.mark.parametrize(
    ("amount", "currency", "theirs"),
    [
        (11900, "CNY", 11900),
        (3980, "JPY", 3980),
        (5124, "KWD", 5124),
        (5, "ISK", 500),
        (5, "UGX", 500),
        (500, "MGA", 5),
    ],
    ids=["fen", "yen", "fils", "whole kronur in hundredths", "whole shillings in hundredths", "whole ariary"],
)
def test_stripe_counts_most_currencies_as_we_do(amount: int, currency: str, theirs: int) -> None:
    assert stripe_amount(Money(amount=amount, currency=currency)) == theirs
    assert money(theirs, currency.lower()) == Money(amount=amount, currency=currency)


def test_what_stripe_has_no_unit_for_is_refused() -> None:
    with pytest.raises(ValueError, match="501 MGA"):
        stripe_amount(Money(amount=501, currency="MGA"))


@given(st.integers(0, 10**15), st.sampled_from(CURRENCIES))
def test_an_amount_goes_to_stripe_and_comes_back(amount: int, currency: str) -> None:
    total = Money(amount=amount, currency=currency)
    assert money(stripe_amount(total), currency.lower()) == total


@pytest.mark.parametrize(
    ("reference", "parameter"), [("pi_1", "payment_intent"), ("ch_1", "charge"), ("py_1", "charge")]
)
def test_a_payment_is_known_by_its_kind(reference: str, parameter: str) -> None:
    assert payment(reference) == {parameter: reference}


def test_points_and_cards_of_the_store_do_not_go_through_stripe() -> None:
    assert due(refund(card=9900, points=1500, gift_card=500)).amount == 9900


def test_what_people_have_to_give_back_is_said() -> None:
    told = at_stripe(amount=9900).told(refund(card=9900, points=2000))
    assert told
    assert (told.amount.amount, told.message) == (11900, "not through Stripe, in minor units: points 2000")


def test_without_other_means_there_is_nothing_to_say() -> None:
    told = at_stripe().told(refund())
    assert told
    assert told.message is None


def test_another_amount_is_told_as_it_is() -> None:
    told = at_stripe(amount=11899).told(refund())
    assert told
    assert told.amount.amount == 11899


@pytest.mark.parametrize("status", ["pending", "requires_action", None])
def test_what_has_not_ended_says_nothing(status: str | None) -> None:
    assert at_stripe(status=status or "").told(refund()) is None


@pytest.mark.parametrize(
    ("more", "why"),
    [({"failure_reason": "lost_or_stolen_card"}, "Stripe: lost_or_stolen_card"), ({}, "Stripe: failed")],
    ids=["with a reason", "without"],
)
def test_why_it_failed_is_said_in_stripes_code(more: dict[str, Any], why: str) -> None:
    told = at_stripe("failed", **more).told(refund())
    assert told
    assert (told.outcome, told.message) == ("failed", why)
