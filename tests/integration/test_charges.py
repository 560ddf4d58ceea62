"""The customer is asked to pay: once, what is due, and the first word on it counts."""

from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.desk import HUA, MEI, TOM, Desk, yuan
from tests.integration.gateway import call, shop
from tests.integration.teahouse import Teahouse

DEARER = 1500


@pytest.fixture
def teahouse(desk: Desk) -> Teahouse:
    return Teahouse(desk)


# --- A dearer replacement


def test_a_larger_bowl_is_sent_when_the_difference_is_paid(teahouse: Teahouse) -> None:
    number = teahouse.larger_wanted()
    assert teahouse.does(number, "replacement", {}).problem == "step-not-possible"
    teahouse.must(number, "charge", {"message": "大号盖碗需补差价 15 元。"})
    assert teahouse.asked(number) == ("price_difference", DEARER)
    assert teahouse.pays(number, DEARER).body["status"] == "inspected"
    teahouse.must(number, "replacement", {})
    assert teahouse.ships(number).body["status"] == "delivering"
    [new] = teahouse.order().new_lines
    assert (new.sku, new.paid) == ("GW-L", 9500)
    assert (teahouse.ledger().exchanged, teahouse.ledger().settled) == (8000, 1)


def test_it_is_named_by_the_event_that_orders_it(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.difference_asked()
    ordered = desk.timeline(number)[-1]
    assert ordered.event_id == teahouse.charge_id(number)
    assert ordered.data == {"charge_id": ordered.event_id, "purpose": "price_difference", "amount": yuan(DEARER)}


def test_who_does_not_pay_may_be_asked_again_under_another_name(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.difference_asked()
    first = teahouse.charge_id(number)
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "inspected"
    teahouse.must(number, "charge", {})
    second = teahouse.charge_id(number)
    assert first != second
    assert teahouse.hears(first, yuan(DEARER)).problem == "step-not-possible"
    assert teahouse.hears(second, yuan(DEARER)).body["status"] == "inspected"
    assert [charge.outcome for charge in teahouse.case(number).charges] == ["failed", "paid"]


def test_money_that_comes_when_it_is_too_late_is_looked_at(desk: Desk, teahouse: Teahouse) -> None:
    """It was taken, and the case has gone on without it: nobody guesses, and nobody is asked twice unseen."""
    number = teahouse.difference_asked()
    late = teahouse.charge_id(number)
    desk.later(days=7)
    desk.time_out(number)
    books = teahouse.ledger()
    for _ in range(2):
        assert teahouse.hears(late, yuan(DEARER)).problem == "step-not-possible"
    assert desk.steps(number).count("charge_contradicted") == 1
    assert (desk.application(number).look_at, teahouse.ledger()) == (desk.clock.now(), books)
    assert number in desk.work(MEI)


def test_for_an_early_exchange_the_goods_are_waited_for_again_once_it_is_paid(teahouse: Teahouse) -> None:
    number = teahouse.accepted("exchange", 1, {"refund_due": "at_once"}, variant="GW-L")
    teahouse.must(number, "charge", {})
    assert teahouse.pays(number, DEARER).body["status"] == "awaiting_goods"
    teahouse.must(number, "replacement", {})


def test_goods_that_come_while_it_is_paid_are_here_afterwards(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("exchange", 1, {"refund_due": "at_once"}, variant="GW-L")
    teahouse.must(number, "charge", {})
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF7"})
    teahouse.must(number, "receipt", {})
    assert (teahouse.status(number), teahouse.ledger().received) == ("awaiting_payment", 1)
    assert teahouse.pays(number, DEARER).body["status"] == "received"


@pytest.mark.parametrize(
    ("type_", "line"),
    [("exchange", {}), ("exchange", {"variant": "GW-S"}), ("return_refund", {"variant": None})],
    ids=["the same once more", "the same by its name", "a return"],
)
def test_where_nothing_is_due_nothing_is_asked_for(teahouse: Teahouse, type_: str, line: dict[str, Any]) -> None:
    number = teahouse.accepted(type_, 1, **line)
    teahouse.comes_back(number, "as_described")
    before = teahouse.everything(number)
    assert teahouse.does(number, "charge", {}).problem == "step-not-possible"
    assert teahouse.everything(number) == before


def test_nothing_is_asked_for_before_the_goods_were_looked_at(teahouse: Teahouse) -> None:
    number = teahouse.accepted("exchange", 1, variant="GW-L")
    before = teahouse.everything(number)
    assert teahouse.does(number, "charge", {}).problem == "step-not-possible"
    assert teahouse.everything(number) == before


def test_what_is_paid_is_not_asked_for_again(teahouse: Teahouse) -> None:
    number = teahouse.difference_asked()
    teahouse.pays(number, DEARER)
    assert teahouse.does(number, "charge", {}).problem == "step-not-possible"


def test_of_two_who_ask_at_once_one_does(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.larger_wanted()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.staff(HUA, number, "charge", {})):
        assert teahouse.does(number, "charge", {}).problem == "outdated"
    assert len(teahouse.case(number).charges) == 1


def test_another_agent_asks_for_nothing(desk: Desk, teahouse: Teahouse) -> None:
    assert desk.staff(TOM, teahouse.larger_wanted(), "charge", {}).problem == "not-yours"


# --- The word of the storefront


@pytest.mark.parametrize("outcome", ["paid", "failed"])
def test_told_again_nothing_changes(teahouse: Teahouse, outcome: str) -> None:
    number = teahouse.difference_asked()
    charge_id = teahouse.charge_id(number)
    first = teahouse.hears(charge_id, yuan(DEARER), outcome)
    after = teahouse.everything(number)
    assert teahouse.hears(charge_id, yuan(DEARER), outcome) == first
    assert teahouse.everything(number) == after


def test_told_twice_at_once_it_is_paid_once(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.difference_asked()
    with cloud.meanwhile("TransactWriteItems", lambda: teahouse.pays(number, DEARER)):
        assert teahouse.pays(number, DEARER).status == 200
    assert desk.steps(number).count("charged") == 1


@pytest.mark.parametrize(("first", "then"), [("paid", "failed"), ("failed", "paid")])
def test_the_first_word_counts(teahouse: Teahouse, first: str, then: str) -> None:
    number = teahouse.difference_asked()
    charge_id = teahouse.charge_id(number)
    teahouse.hears(charge_id, yuan(DEARER), first)
    after, books = teahouse.case(number), teahouse.order()
    assert teahouse.hears(charge_id, yuan(DEARER), then).problem == "step-not-possible"
    assert (teahouse.case(number).status, teahouse.order()) == (after.status, books)
    assert [(charge.outcome, charge.contradicted) for charge in teahouse.case(number).charges] == [(first, then)]


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        (yuan(DEARER + 1), "invalid-request"),
        (yuan(DEARER - 1), "invalid-request"),
        (yuan(0), "invalid-request"),
        (yuan(DEARER, "USD"), "currency-mismatch"),
        ({"amount": "1500", "currency": "CNY"}, "invalid-request"),
    ],
    ids=["more", "less", "nothing", "dollars", "words"],
)
def test_what_was_paid_must_be_what_was_asked_for(teahouse: Teahouse, amount: dict[str, Any], problem: str) -> None:
    number = teahouse.difference_asked()
    before = teahouse.everything(number)
    assert teahouse.hears(teahouse.charge_id(number), amount).problem == problem
    assert teahouse.everything(number) == before


def test_another_storefront_does_not_learn_that_the_charge_exists(teahouse: Teahouse) -> None:
    charge_id = teahouse.charge_id(teahouse.difference_asked())
    foreign = teahouse.hears(charge_id, yuan(DEARER), who=shop("harbour"))
    unknown = teahouse.hears("7K3M-9QXT-2VWH-5NRR.4", yuan(DEARER))
    assert (foreign.status, foreign.body) == (404, unknown.body)


@pytest.mark.parametrize("name", ["{number}", "{number}.99", "{number}.", "x.5", "补差价", "{number}.5.5"])
def test_a_charge_that_was_not_ordered_cannot_be_confirmed(teahouse: Teahouse, name: str) -> None:
    number = teahouse.difference_asked()
    assert teahouse.hears(name.format(number=number), yuan(DEARER)).status == 404


# --- The word of a lead


def report(charge_id: str, **changes: Any) -> dict[str, Any]:
    return {"charge_id": charge_id, "outcome": "paid", "amount": yuan(DEARER), "reference": "现金收据 12"} | changes


def test_where_no_program_reports_it_a_lead_says_so(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.difference_asked()
    answer = desk.staff(HUA, number, "charge-confirmation", report(teahouse.charge_id(number)))
    assert answer.body["application"]["status"] == "inspected"
    paid = desk.timeline(number)[-1]
    assert (str(paid.step), paid.actor.id) == ("charged", "hua")


def test_after_the_storefront_a_lead_says_nothing_else(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.difference_asked()
    charge_id = teahouse.charge_id(number)
    teahouse.pays(number, DEARER)
    assert desk.staff(HUA, number, "charge-confirmation", report(charge_id)).status == 200
    failed = report(charge_id, outcome="failed")
    assert desk.staff(HUA, number, "charge-confirmation", failed).problem == "step-not-possible"


def test_a_lead_speaks_of_the_case_at_hand(desk: Desk, teahouse: Teahouse) -> None:
    number, other = teahouse.difference_asked(), desk.in_progress()
    assert desk.staff(HUA, other, "charge-confirmation", report(teahouse.charge_id(number))).status == 404
    assert teahouse.status(number) == "awaiting_payment"


def test_an_agent_cannot_say_that_money_came(teahouse: Teahouse) -> None:
    number = teahouse.difference_asked()
    path = f"/staff/applications/{number}/charge-confirmation"
    with pytest.raises(AssertionError, match="the authorizer does not let agent through"):
        call(MEI, "POST", path, report(teahouse.charge_id(number)))
