"""Refunds through Stripe's own SDK: each is made once, whatever is lost on the way, and staff learn why one was not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.integration.desk import MEI, Desk
from tests.integration.gateway import announced, deliver
from tests.integration.payments import AMOUNT, API_KEY, PAYMENT, ask, paid_by_stripe, waits
from tests.integration.stripe_server import (
    Stripe,
    Trouble,
    answers,
    is_too_slow,
    loses_the_answer,
    remembers_trouble,
)


@pytest.fixture
def stripe(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stripe]:
    with paid_by_stripe(desk, monkeypatch) as stripe:
        yield stripe


def test_what_stripe_pays_at_once_is_for_the_customer_to_confirm(desk: Desk, stripe: Stripe) -> None:
    number, refund_id = desk.refund_ordered()
    assert ask(desk, number) == []
    assert desk.application(number).status == "awaiting_confirmation"
    refund = desk.application(number).refund
    assert refund
    assert (refund.outcome, refund.reference) == ("paid", "re_1")
    assert (desk.ledger().refunded, desk.ledger().ordered) == (AMOUNT, 0)
    told = desk.timeline(number)[-1]
    assert (told.actor.kind, told.actor.id, told.data["refund_id"]) == ("system", "stripe", refund_id)


def test_stripe_is_asked_in_its_own_terms(desk: Desk, stripe: Stripe) -> None:
    number, refund_id = desk.refund_ordered()
    ask(desk, number)
    [wanted] = stripe.wanted
    assert (wanted.path, wanted.key) == ("/v1/refunds", refund_id)
    assert wanted.headers["authorization"] == f"Bearer {API_KEY}"
    assert wanted.form == {
        "payment_intent": PAYMENT,
        "amount": str(AMOUNT),
        "metadata[refund_id]": refund_id,
        "metadata[number]": number,
    }


def test_a_payment_that_is_known_by_its_charge_is_paid_back_by_it(desk: Desk, stripe: Stripe) -> None:
    desk.tell_order(changed_at="2026-03-08T11:00:00Z", payment_reference="ch_teapot")
    number, _ = desk.refund_ordered()
    ask(desk, number)
    assert stripe.wanted[0].form["charge"] == "ch_teapot"
    assert desk.application(number).status == "awaiting_confirmation"


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("succeeded", "awaiting_confirmation"),
        ("pending", "refund_ordered"),
        ("requires_action", "refund_ordered"),
        ("failed", "in_progress"),
        ("canceled", "in_progress"),
        ("a status that Stripe invents", "refund_ordered"),
    ],
)
def test_each_status_leads_somewhere(desk: Desk, stripe: Stripe, status: str, stands: str) -> None:
    stripe.status = status
    number, _ = desk.refund_ordered()
    assert ask(desk, number) == []
    assert desk.application(number).status == stands


def test_why_it_failed_is_for_staff(desk: Desk, stripe: Stripe) -> None:
    stripe.status = "failed"
    number, _ = desk.refund_ordered()
    ask(desk, number)
    assert "expired_or_canceled_card" in str(desk.case(number)["timeline"])
    assert "expired_or_canceled_card" not in str(desk.look(number).body)


TROUBLES: dict[str, Trouble] = {
    "too many requests": answers(429, "invalid_request_error", "rate_limit"),
    "an error of Stripe's": answers(500, "api_error"),
    "Stripe is down": answers(503, "api_error"),
    "the same is under way": answers(409, "invalid_request_error", "idempotency_key_in_use"),
    "a key that was withdrawn": answers(401, "invalid_request_error"),
    "a key that may not refund": answers(403, "invalid_request_error"),
    "the answer is lost": loses_the_answer,
    "the answer is too slow": is_too_slow,
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_after_trouble_it_is_asked_again_and_made_once(desk: Desk, stripe: Stripe, trouble: str) -> None:
    number, _ = desk.refund_ordered()
    stripe.troubles = [TROUBLES[trouble]]
    with waits() as seconds:
        assert ask(desk, number) == ["message-0"]
    assert (desk.application(number).status, len(seconds)) == ("refund_ordered", 1)
    assert ask(desk, number, times=2) == []
    assert (desk.application(number).status, len(stripe.refunds)) == ("awaiting_confirmation", 1)


def test_when_the_list_does_not_show_it_yet_the_key_is_known(
    desk: Desk, stripe: Stripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, refund_id = desk.refund_ordered()
    stripe.troubles = [loses_the_answer]
    ask(desk, number)
    nothing = {"object": "list", "url": "/v1/refunds", "data": [], "has_more": False}
    monkeypatch.setattr(stripe, "_listed", lambda _query: nothing)
    ask(desk, number, times=2)
    assert [asked.key for asked in stripe.wanted] == [refund_id, refund_id]
    assert (desk.application(number).status, len(stripe.refunds)) == ("awaiting_confirmation", 1)


def test_when_the_key_is_forgotten_the_list_knows_it(desk: Desk, stripe: Stripe) -> None:
    """Dead letters may be sent again after days."""
    number, _ = desk.refund_ordered()
    stripe.troubles = [loses_the_answer]
    ask(desk, number)
    stripe.forgets_keys()
    ask(desk, number)
    assert (desk.application(number).status, len(stripe.refunds)) == ("awaiting_confirmation", 1)


def test_it_is_found_behind_many_others_of_the_same_payment(desk: Desk, stripe: Stripe) -> None:
    number, _ = desk.refund_ordered()
    stripe.troubles = [loses_the_answer]
    ask(desk, number)
    newer = [stripe.refunds[0] | {"id": f"re_{n}", "metadata": None} for n in range(5, 2, -1)]
    stripe.refunds, stripe.page = [*newer, *stripe.refunds], 2
    stripe.forgets_keys()
    ask(desk, number)
    assert (desk.application(number).status, len(stripe.wanted)) == ("awaiting_confirmation", 1)


def test_trouble_that_stripe_remembers_is_over_when_it_forgets_the_key(desk: Desk, stripe: Stripe) -> None:
    number, _ = desk.refund_ordered()
    stripe.troubles = [remembers_trouble]
    assert ask(desk, number) == ask(desk, number, times=2) == ["message-0"]
    stripe.forgets_keys()
    assert ask(desk, number) == []
    assert desk.application(number).status == "awaiting_confirmation"


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (400, "invalid_request_error", "charge_already_refunded"),
        (402, "card_error", "card_declined"),
        (404, "invalid_request_error", "resource_missing"),
    ],
)
def test_what_stripe_refuses_goes_back_to_its_person(
    desk: Desk, stripe: Stripe, status: int, kind: str, code: str
) -> None:
    number, _ = desk.refund_ordered()
    stripe.troubles = [answers(status, kind, code)]
    assert ask(desk, number) == []
    assert desk.application(number).status == "in_progress"
    assert code in str(desk.case(number)["timeline"])
    assert (desk.ledger().refundable, desk.ledger().reserved) == (29900, 1)


def test_stripes_own_words_go_nowhere(desk: Desk, stripe: Stripe, logged: Callable[[], str]) -> None:
    """They may quote what was sent."""
    for trouble in (answers(500, "api_error"), answers(404, "invalid_request_error", "resource_missing")):
        number, _ = desk.refund_ordered()
        stripe.troubles = [trouble]
        ask(desk, number)
        assert "No such thing" not in str(desk.case(number)["timeline"])
    assert "APIError 500" in logged()
    assert not [secret for secret in ("No such thing", API_KEY) if secret in logged()]


@pytest.mark.parametrize("told", [{"payment_reference": "pi_another"}, {}], ids=["another", "none"])
def test_a_payment_that_is_told_otherwise_meanwhile_moves_no_refund(
    desk: Desk, stripe: Stripe, told: dict[str, Any]
) -> None:
    """It may have been made already: to look for it elsewhere, or to call it failed, would let it be paid twice."""
    number, _ = desk.refund_ordered()
    stripe.troubles = [loses_the_answer]
    ask(desk, number)
    stripe.forgets_keys()
    desk.tell_order(changed_at="2026-03-08T12:00:00Z", **told)
    assert ask(desk, number, times=2) == []
    assert (desk.application(number).status, len(stripe.refunds)) == ("awaiting_confirmation", 1)


def test_what_was_asked_for_in_other_words_before_is_not_called_failed(desk: Desk, stripe: Stripe) -> None:
    """Nobody knows what was made under the key then."""
    number, _ = desk.refund_ordered()
    stripe.troubles = [answers(400, "idempotency_error")]
    assert ask(desk, number) == ["message-0"]
    assert desk.application(number).status == "refund_ordered"


def test_without_a_payment_there_is_nothing_to_ask_stripe_for(desk: Desk, stripe: Stripe) -> None:
    desk.tell_order(changed_at="2026-03-08T12:00:00Z")
    number, _ = desk.refund_ordered()
    assert ask(desk, number) == []
    assert (desk.application(number).status, stripe.asked) == ("in_progress", [])
    assert "payment_reference" in str(desk.case(number)["timeline"])


def test_without_a_key_it_waits_until_ops_have_put_one_in(desk: Desk, stripe: Stripe) -> None:
    desk.changes_secret("lantern")
    number, _ = desk.refund_ordered()
    assert ask(desk, number) == ["message-0"]
    assert desk.application(number).status == "refund_ordered"


def test_a_gift_is_taken_back_without_stripe(desk: Desk, stripe: Stripe) -> None:
    number, _ = desk.refund_ordered(lines=[{"line_id": "gift", "quantity": 1, "reason": "defective"}])
    ask(desk, number)
    assert (desk.application(number).status, stripe.asked) == ("awaiting_confirmation", [])


def test_what_is_settled_is_not_asked_for_again(desk: Desk, stripe: Stripe) -> None:
    number, _ = desk.refund_ordered()
    ask(desk, number)
    steps = desk.steps(number)
    assert ask(desk, number) == []
    assert (len(stripe.wanted), desk.steps(number)) == (1, steps)


def test_a_second_order_is_another_refund(desk: Desk, stripe: Stripe) -> None:
    stripe.status = "failed"
    number, first = desk.refund_ordered()
    ask(desk, number)
    stripe.status = "succeeded"
    desk.staff(MEI, number, "refund", {})
    ask(desk, number)
    assert [asked.key for asked in stripe.wanted] == [first, desk.refund_id(number)]
    assert (desk.application(number).status, desk.ledger().refunded) == ("awaiting_confirmation", AMOUNT)


def test_what_stripe_never_told_is_found_when_it_is_overdue(desk: Desk, stripe: Stripe) -> None:
    """Its webhook was lost, and the key is forgotten after three days."""
    stripe.status = "pending"
    number, refund_id = desk.refund_ordered()
    ask(desk, number)
    stripe.refunds[0]["status"] = "succeeded"
    stripe.forgets_keys()
    desk.later(days=3)
    desk.time_out(number)
    assert desk.timeline(number)[-1].data == {"refund_id": refund_id}
    assert deliver("resolution", announced(desk.timeline(number)[-1].published())) == []
    assert (desk.application(number).status, len(stripe.refunds)) == ("awaiting_confirmation", 1)
    assert desk.ledger().refunded == AMOUNT
