"""A store whose refunds people pay: nobody is asked, and a team lead says what became of it."""

from typing import Any, get_args

import pytest

from aftersales.routes import SCOPES, Caller, allowed
from tests.integration.desk import HUA, MEI, Desk, yuan
from tests.integration.gateway import Answer, route_of
from tests.integration.payments import AMOUNT, ask


@pytest.fixture
def ordered(desk: Desk) -> tuple[str, str]:
    """The number and the id of a refund that finance is to pay."""
    desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", payments="offline", webhook_url=None)
    number, refund_id = desk.refund_ordered()
    assert ask(desk, number) == []
    return number, refund_id


def confirm(desk: Desk, number: str, refund_id: str, key: str | None = None, **changes: Any) -> Answer:
    told = {"refund_id": refund_id, "outcome": "paid", "amount": yuan(AMOUNT), "reference": "ICBC-20260309-17"}
    return desk.staff(HUA, number, "refund-confirmation", told | changes, key=key)


def test_until_somebody_says_so_it_is_ordered(desk: Desk, ordered: tuple[str, str]) -> None:
    number, _ = ordered
    assert (desk.application(number).status, desk.ledger().ordered) == ("refund_ordered", AMOUNT)


def test_a_lead_says_that_it_was_paid(desk: Desk, ordered: tuple[str, str]) -> None:
    answer = confirm(desk, *ordered)
    assert (answer.status, answer.body["application"]["status"]) == (200, "awaiting_confirmation")
    assert answer.body["application"]["refunds"][-1]["reference"] == "ICBC-20260309-17"
    assert desk.ledger().refunded == AMOUNT
    assert desk.timeline(ordered[0])[-1].actor.id == "hua"


def test_a_lead_says_that_it_failed(desk: Desk, ordered: tuple[str, str]) -> None:
    assert confirm(desk, *ordered, outcome="failed").body["application"]["status"] == "in_progress"
    assert (desk.ledger().refundable, desk.ledger().reserved) == (29900, 1)


def test_said_again_nothing_changes(desk: Desk, ordered: tuple[str, str]) -> None:
    confirm(desk, *ordered)
    steps = desk.steps(ordered[0])
    assert confirm(desk, *ordered).status == confirm(desk, *ordered, key="k-1").status == 200
    assert desk.steps(ordered[0]) == steps


def test_the_first_word_counts(desk: Desk, ordered: tuple[str, str]) -> None:
    confirm(desk, *ordered)
    answer = confirm(desk, *ordered, outcome="failed")
    assert (answer.status, answer.problem) == (409, "step-not-possible")
    assert (desk.application(ordered[0]).status, desk.ledger().refunded) == ("awaiting_confirmation", AMOUNT)


@pytest.mark.parametrize(
    ("changes", "status", "problem"),
    [
        ({"amount": yuan(AMOUNT + 1)}, 422, "refund-too-high"),
        ({"amount": yuan(AMOUNT, "USD")}, 422, "currency-mismatch"),
        ({"reference": " "}, 400, "invalid-request"),
        ({"outcome": "perhaps"}, 400, "invalid-request"),
        ({"message": "..."}, 400, "invalid-request"),
    ],
    ids=["a fen more", "dollars", "no reference", "no outcome", "words"],
)
def test_what_cannot_be_moves_nothing(
    desk: Desk, ordered: tuple[str, str], changes: dict[str, Any], status: int, problem: str
) -> None:
    answer = confirm(desk, *ordered, **changes)
    assert (answer.status, answer.problem) == (status, problem)
    assert (desk.application(ordered[0]).status, desk.ledger().ordered) == ("refund_ordered", AMOUNT)


@pytest.mark.parametrize("name", ["7K3M-9QXT-2VWH-5NRR.6", "{number}.99", "{number}", "退款"])
def test_a_refund_that_was_not_ordered_cannot_be_confirmed(desk: Desk, ordered: tuple[str, str], name: str) -> None:
    assert confirm(desk, ordered[0], name.format(number=ordered[0])).problem == "not-found"


def test_another_cases_refund_is_not_confirmed_here(desk: Desk, ordered: tuple[str, str]) -> None:
    other, _ = desk.refund_ordered()
    assert confirm(desk, other, ordered[1]).problem == "not-found"


def test_a_word_about_the_first_try_does_not_end_the_second(desk: Desk, ordered: tuple[str, str]) -> None:
    number, first = ordered
    confirm(desk, number, first, outcome="failed")
    desk.staff(MEI, number, "refund", {})
    confirm(desk, number, first, outcome="failed")
    assert desk.application(number).status == "refund_ordered"


def test_only_who_leads_may_say_so() -> None:
    route, _ = route_of("POST", "/staff/applications/7K3M-9QXT-2VWH-5NRR/refund-confirmation")
    assert [caller for caller in get_args(Caller) if route in allowed(caller, frozenset(SCOPES))] == ["lead", "admin"]


def test_a_lead_can_end_what_a_storefront_leaves_open(desk: Desk) -> None:
    """It was paid, but the storefront will never say so."""
    number, refund_id = desk.refund_ordered()
    assert confirm(desk, number, refund_id).body["application"]["status"] == "awaiting_confirmation"
    assert desk.confirm(refund_id).status == 200
