"""Something else is done about it than was asked for: as the decision allows, or as a lead says."""

from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.decisions import policy_says
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.teahouse import Teahouse
from tests.integration.workshop import COVERED, DONE, HOPELESS, Workshop

SAID = {"message": "与您商定后改为其他方式处理。"}
ANY_RETURN = {"resolutions": ["return_refund", "exchange", "repair"]}


@pytest.fixture
def workshop(desk: Desk) -> Workshop:
    return Workshop(desk)


@pytest.fixture
def teahouse(desk: Desk) -> Teahouse:
    return Teahouse(desk)


# --- What is allowed


def test_an_agent_does_what_the_decision_allows(workshop: Workshop) -> None:
    number = workshop.accepted("cooker", ANY_RETURN)
    workshop.must(number, "remedy", {"type": "exchange"} | SAID)
    now = workshop.case(number)
    assert (now.type, now.status) == ("exchange", "awaiting_goods")


@pytest.mark.parametrize("terms", [{"resolutions": ["repair"]}, {}], ids=["the repair alone", "nothing said"])
def test_what_the_decision_does_not_allow_is_for_a_lead(desk: Desk, workshop: Workshop, terms: dict[str, Any]) -> None:
    number = workshop.accepted("cooker", terms)
    before = workshop.everything(number)
    assert workshop.does(number, "remedy", {"type": "return_refund"} | SAID).problem == "forbidden"
    assert workshop.everything(number) == before
    assert desk.staff(HUA, number, "remedy", {"type": "return_refund"} | SAID).status == 200


def test_of_two_lines_both_have_to_allow_it(desk: Desk) -> None:
    lines = [{"line_id": line_id, "quantity": 1, "reason": "defective"} for line_id in ("teapot", "cup")]
    number = desk.filed(type="repair", lines=lines)
    policy_says(number, "accept", {"line_id": "teapot", "resolutions": ["exchange"]}, {"line_id": "cup"})
    desk.assign(number)
    assert desk.staff(MEI, number, "remedy", {"type": "exchange"} | SAID).problem == "forbidden"


def test_the_customer_reads_why_in_their_timeline(desk: Desk, workshop: Workshop) -> None:
    number = workshop.accepted("cooker", ANY_RETURN)
    workshop.must(number, "remedy", {"type": "exchange"} | SAID)
    changed = desk.timeline(number)[-1]
    assert changed.data == {"from": "repair", "to": "exchange"}
    seen = desk.look(number).body
    assert (seen["type"], seen["timeline"][-1]["message"]) == ("exchange", SAID["message"])


# --- Where it leads


def test_goods_that_are_here_are_paid_back_and_not_sent_again(desk: Desk, workshop: Workshop) -> None:
    number = workshop.received("cooker", ANY_RETURN)
    workshop.must(number, "diagnosis", HOPELESS)
    workshop.must(number, "remedy", {"type": "return_refund"} | SAID)
    assert workshop.status(number) == "inspected"
    refund_id = desk.orders_refund(number)
    paid = desk.confirm(refund_id, amount={"amount": 39900, "currency": "CNY"})
    assert paid.body["status"] == "awaiting_confirmation"
    assert (workshop.ledger("cooker").settled, workshop.ledger("cooker").received_damaged) == (1, 1)


def test_a_parcel_on_its_way_is_waited_for_whatever_it_is_for(desk: Desk, workshop: Workshop) -> None:
    number = workshop.accepted("cooker", ANY_RETURN)
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF1"})
    workshop.must(number, "remedy", {"type": "return_refund"} | SAID)
    assert (workshop.status(number), workshop.ledger("cooker").in_return) == ("in_transit", 1)


def test_a_customer_who_keeps_the_bowl_is_not_waited_for(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("return_refund", 1)
    assert desk.staff(HUA, number, "remedy", {"type": "refund_only"} | SAID).status == 200
    assert teahouse.status(number) == "in_progress"
    assert desk.staff(MEI, number, "refund", {}).status == 200


def test_a_complaint_about_a_bowl_becomes_a_return_and_takes_the_unit(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("complaint", 1)
    assert teahouse.ledger().reserved == 0
    assert desk.staff(HUA, number, "remedy", {"type": "return_refund"} | SAID).status == 200
    assert (teahouse.status(number), teahouse.ledger().reserved) == ("awaiting_goods", 1)


def test_a_unit_that_is_elsewhere_by_then_is_not_taken(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("complaint", 1)
    teahouse.accepted("return_refund", 2)
    before = teahouse.everything(number)
    answer = desk.staff(HUA, number, "remedy", {"type": "return_refund"} | SAID)
    assert answer.problem == "quantity-not-available"
    assert teahouse.everything(number) == before


def test_what_becomes_a_repair_is_among_the_order_s_repairs(desk: Desk, workshop: Workshop) -> None:
    number = workshop.accepted("cooker", ANY_RETURN, type="exchange")
    assert desk.order("LT-9").repairs == ()
    workshop.must(number, "remedy", {"type": "repair"} | SAID)
    assert desk.order("LT-9").repairs == (number,)
    workshop.receive(number)
    workshop.must(number, "diagnosis", COVERED)
    workshop.must(number, "repair-result", DONE)
    assert workshop.status(number) == "repaired"


# --- What is let go


@pytest.mark.parametrize(("type_", "state"), [("return_refund", "failed"), ("resend", "reserved")])
def test_a_bowl_that_was_set_aside_is_let_go_unless_goods_are_still_sent(
    desk: Desk, teahouse: Teahouse, type_: str, state: str
) -> None:
    number = teahouse.set_aside()
    teahouse.comes_back(number, "as_described")
    assert desk.staff(HUA, number, "remedy", {"type": type_} | SAID).status == 200
    replacement = teahouse.case(number).replacement
    assert replacement
    assert replacement.state == state


def test_what_is_out_of_stock_is_paid_back_instead(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("exchange", 1, {"resolutions": ["return_refund", "exchange"]})
    teahouse.comes_back(number, "as_described")
    teahouse.must(number, "replacement", {})
    assert teahouse.of_replacement(number, "failed", message="缺货").body["status"] == "inspected"
    teahouse.must(number, "remedy", {"type": "return_refund"} | SAID)
    teahouse.must(number, "refund", {})
    assert (teahouse.ledger().ordered, teahouse.ledger().exchanged) == (8000, 0)


def test_a_difference_that_was_paid_for_nothing_is_void(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.difference_asked()
    teahouse.pays(number, 1500)
    assert desk.staff(HUA, number, "remedy", {"type": "return_refund"} | SAID).status == 200
    [charge] = teahouse.case(number).charges
    assert (charge.outcome, charge.void) == ("paid", True)
    assert desk.staff(HUA, number, "remedy", {"type": "exchange"} | SAID).status == 200
    assert teahouse.does(number, "replacement", {}).problem == "step-not-possible"
    teahouse.must(number, "charge", {})
    assert teahouse.asked(number) == ("price_difference", 1500)


# --- What cannot be


def _accepted(workshop: Workshop) -> str:
    return workshop.accepted("cooker", ANY_RETURN)


def _received(workshop: Workshop) -> str:
    return workshop.received("cooker", ANY_RETURN)


def _on_its_way(workshop: Workshop) -> str:
    number = _accepted(workshop)
    workshop.desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF1"})
    return number


def _paid_back_early(workshop: Workshop) -> str:
    """Nothing is left but to wait for the goods."""
    number = workshop.accepted("cooker", {"refund_due": "at_once"}, type="return_refund")
    refund_id = workshop.desk.orders_refund(number)
    workshop.desk.confirm(refund_id, amount={"amount": 39900, "currency": "CNY"})
    return number


def _about_nothing(workshop: Workshop) -> str:
    number = workshop.desk.filed(type="complaint", lines=[])
    policy_says(number, "accept")
    workshop.desk.assign(number)
    return number


WRONG: list[tuple[str, Any, str, str]] = [
    ("what it is already", _accepted, "repair", "step-not-possible"),
    ("an answer alone", _accepted, "consultation", "invalid-request"),
    ("what does not exist", _accepted, "gift", "invalid-request"),
    ("goods that wait to be looked at", _received, "exchange", "step-not-possible"),
    ("goods in repair", Workshop.in_repair, "exchange", "step-not-possible"),
    ("an offer that is not answered", Workshop.offered, "exchange", "step-not-possible"),
    ("a parcel that nobody would wait for", _on_its_way, "refund_only", "step-not-possible"),
    ("what was paid back", _paid_back_early, "exchange", "step-not-possible"),
    ("a complaint about nothing", _about_nothing, "refund_only", "step-not-possible"),
    ("what nobody has accepted", lambda workshop: workshop.filed("cooker"), "exchange", "step-not-possible"),
]


@pytest.mark.parametrize(("begin", "type_", "problem"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_cannot_be_changed_stays_and_nothing_moves(
    desk: Desk, workshop: Workshop, begin: Any, type_: str, problem: str
) -> None:
    number = begin(workshop)
    before = workshop.everything(number)
    assert desk.staff(HUA, number, "remedy", {"type": type_} | SAID).problem == problem
    assert workshop.everything(number) == before


def test_who_changes_it_says_why(desk: Desk, workshop: Workshop) -> None:
    assert desk.staff(HUA, _accepted(workshop), "remedy", {"type": "exchange"}).problem == "invalid-request"


def test_another_agent_changes_nothing(desk: Desk, workshop: Workshop) -> None:
    assert desk.staff(TOM, _accepted(workshop), "remedy", {"type": "exchange"} | SAID).problem == "not-yours"


def test_who_cancels_at_the_same_moment_wins(desk: Desk, workshop: Workshop) -> None:
    number = _accepted(workshop)
    with cloud.meanwhile("TransactWriteItems", lambda: desk.customer(number, "cancellation")):
        assert workshop.does(number, "remedy", {"type": "exchange"} | SAID).problem == "outdated"
    assert workshop.ledger("cooker").available == 1
