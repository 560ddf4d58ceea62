"""Stripe tells later how an open refund has ended: once, from Stripe alone, and about refunds of ours alone."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.integration.desk import MEI, Desk
from tests.integration.payments import (
    AMOUNT,
    STRIPE_SECRET,
    ask,
    event,
    paid_by_stripe,
    signature,
    stripe_tells,
    tell,
)
from tests.integration.stripe_server import Stripe

Refund = dict[str, Any]


@pytest.fixture
def stripe(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stripe]:
    with paid_by_stripe(desk, monkeypatch) as stripe:
        yield stripe


@pytest.fixture
def number(desk: Desk, stripe: Stripe) -> str:
    """Its refund is open at Stripe."""
    stripe.status = "pending"
    number, _ = desk.refund_ordered()
    assert ask(desk, number) == []
    return number


@pytest.fixture
def refund(number: str, stripe: Stripe) -> Refund:
    return stripe.refunds[0]


@pytest.mark.parametrize("kind", ["refund.updated", "charge.refund.updated"])
def test_an_open_refund_comes_to_its_end(desk: Desk, number: str, refund: Refund, kind: str) -> None:
    answer = stripe_tells(kind, refund, status="succeeded")
    assert (answer.status, answer.body) == (200, {"outcome": "settled"})
    assert (desk.application(number).status, desk.ledger().refunded) == ("awaiting_confirmation", AMOUNT)


@pytest.mark.parametrize("kind", ["refund.updated", "charge.refund.updated", "refund.failed"])
def test_one_that_failed_goes_back_to_its_person(desk: Desk, number: str, refund: Refund, kind: str) -> None:
    stripe_tells(kind, refund, status="failed", failure_reason="lost_or_stolen_card")
    assert desk.application(number).status == "in_progress"
    assert "lost_or_stolen_card" in str(desk.case(number)["timeline"])
    assert (desk.ledger().refundable, desk.ledger().reserved) == (29900, 1)


def test_one_that_stays_open_stays_open(desk: Desk, number: str, refund: Refund) -> None:
    before = desk.steps(number)
    assert stripe_tells("refund.updated", refund, status="requires_action").body == {"outcome": "pending"}
    assert desk.steps(number) == before


def test_told_again_nothing_changes(desk: Desk, number: str, refund: Refund) -> None:
    stripe_tells("refund.updated", refund, status="succeeded")
    steps, books = desk.steps(number), desk.ledger()
    for kind in ("refund.updated", "charge.refund.updated"):
        assert stripe_tells(kind, refund, status="succeeded").body == {"outcome": "told_before"}
    assert (desk.steps(number), desk.ledger()) == (steps, books)


def test_an_older_event_that_comes_late_changes_nothing(desk: Desk, number: str, refund: Refund) -> None:
    stripe_tells("refund.updated", refund, status="succeeded")
    steps = desk.steps(number)
    assert stripe_tells("refund.updated", refund, status="pending").body == {"outcome": "pending"}
    assert desk.steps(number) == steps


def test_the_queue_and_the_webhook_may_both_bring_the_end(desk: Desk, number: str, refund: Refund) -> None:
    refund["status"] = "succeeded"
    stripe_tells("refund.updated", refund)
    assert ask(desk, number) == []
    assert desk.steps(number).count("refunded") == 1


def test_a_bank_that_sends_it_back_later_is_noticed(desk: Desk, number: str, refund: Refund) -> None:
    """Stripe says `failed` after `succeeded` when the customer's bank does not take the money."""
    stripe_tells("refund.updated", refund, status="succeeded")
    books = desk.ledger()
    answer = stripe_tells("refund.failed", refund, status="failed", failure_reason="declined")
    assert (answer.status, answer.body) == (200, {"outcome": "contradicted"})
    assert desk.steps(number)[-1] == "refund_contradicted"
    assert (desk.application(number).status, desk.ledger()) == ("awaiting_confirmation", books)


def test_a_refund_that_failed_and_was_ordered_again_may_still_be_paid(desk: Desk, number: str, refund: Refund) -> None:
    stripe_tells("refund.failed", refund, status="failed")
    desk.staff(MEI, number, "refund", {})
    books = desk.ledger()
    assert stripe_tells("refund.updated", refund, status="succeeded").body == {"outcome": "contradicted"}
    assert (desk.application(number).status, desk.ledger()) == ("refund_ordered", books)


# --- from Stripe alone


def changed(body: str) -> tuple[str, str | None]:
    return body.replace('"status": "succeeded"', '"status": "succeeded" '), signature(body)


FORGED: dict[str, Callable[[str], tuple[str, str | None]]] = {
    "another body": changed,
    "another secret": lambda body: (body, signature(body, "whsec_of_somebody_else")),
    "played again after six minutes": lambda body: (body, signature(body, seconds_ago=360)),
    "another time under the same signature": lambda body: (
        body,
        f"t={9 * 10**9},{signature(body).partition(',')[2]}",
    ),
    "an old scheme": lambda body: (body, signature(body).replace("v1=", "v0=")),
    "no signature": lambda body: (body, None),
    "nothing that could be one": lambda body: (body, "退款"),
    "an empty body": lambda body: ("", signature(body)),
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_not_stripes_moves_nothing(desk: Desk, number: str, refund: Refund, forged: str) -> None:
    before = desk.application(number), desk.ledger()
    answer = tell(*FORGED[forged](event("refund.updated", refund, status="succeeded")))
    assert (answer.status, answer.problem) == (401, "bad-signature")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (desk.application(number), desk.ledger()) == before


def test_while_stripe_exchanges_its_secret_one_good_signature_is_enough(number: str, refund: Refund) -> None:
    body = event("refund.updated", refund, status="succeeded")
    other = signature(body, "whsec_the_new_one").partition(",")[2]
    assert tell(body, f"{signature(body)},{other}").body == {"outcome": "settled"}


def test_which_stores_there_are_cannot_be_found_out(desk: Desk, refund: Refund) -> None:
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    unknown = stripe_tells("refund.updated", refund, "nowhere")
    without_stripe = stripe_tells("refund.updated", refund, "harbour")
    assert (unknown.status, unknown.body) == (without_stripe.status, without_stripe.body)
    assert unknown.problem == "bad-signature"


# --- about refunds of ours alone


@pytest.mark.parametrize(
    "metadata",
    [None, {}, {"refund_id": "7K3M-9QXT-2VWH-5NRR.6"}, {"refund_id": "退款"}, {"order": "LT-1001"}],
    ids=["nothing", "no metadata", "a refund that never was", "no id", "the store's own"],
)
def test_a_refund_that_we_did_not_order_is_passed_over(
    desk: Desk, number: str, refund: Refund, metadata: dict[str, str] | None, logged: Callable[[], str]
) -> None:
    before = desk.application(number)
    answer = stripe_tells("refund.updated", refund, status="succeeded", metadata=metadata)
    assert (answer.status, answer.body) == (200, {"outcome": "unknown"})
    assert desk.application(number) == before
    assert '"StripeTold_unknown"' in logged() or '"outcome":"unknown"' in logged()


def test_another_stores_account_has_no_say(desk: Desk, number: str, refund: Refund) -> None:
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    desk.changes_secret("harbour", stripe_webhook_secret=STRIPE_SECRET)
    assert stripe_tells("refund.updated", refund, "harbour", status="succeeded").body == {"outcome": "unknown"}
    assert desk.application(number).status == "refund_ordered"


def test_other_events_are_passed_over(desk: Desk, number: str) -> None:
    assert stripe_tells("charge.refunded", {"id": "ch_1", "object": "charge"}).body == {"outcome": "other"}
    assert desk.application(number).status == "refund_ordered"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [({"amount": AMOUNT + 1}, "refund-too-high"), ({"currency": "usd"}, "currency-mismatch")],
    ids=["a fen more", "dollars"],
)
def test_another_amount_than_was_ordered_is_refused(
    desk: Desk, number: str, refund: Refund, changes: Refund, problem: str
) -> None:
    answer = stripe_tells("refund.updated", refund, status="succeeded", **changes)
    assert (answer.status, answer.problem) == (422, problem)
    assert desk.application(number).status == "refund_ordered"


@pytest.mark.parametrize(
    "document",
    [{}, {"type": "refund.updated"}, {"type": "refund.updated", "data": {"object": {"id": "re_1"}}}, []],
    ids=["nothing", "no object", "half a refund", "a list"],
)
def test_what_is_no_event_is_refused(desk: Desk, stripe: Stripe, document: object) -> None:
    body = json.dumps(document)
    assert tell(body, signature(body)).problem == "invalid-request"
