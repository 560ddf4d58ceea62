"""What a workshop refuses: goods that never came, prices under warranty, visits in the past. Nothing moves then."""

from typing import Any

import pytest

from tests.integration.desk import HUA, TOM, Desk
from tests.integration.workshop import COVERED, DONE, HOME, HOPELESS, IN_ENGLISH, SPILLED, Workshop

YES, NO = {"accept": True}, {"accept": False}


@pytest.fixture
def workshop(desk: Desk) -> Workshop:
    return Workshop(desk)


def _paid_at_home(workshop: Workshop) -> str:
    number = workshop.at_home("laptop", **IN_ENGLISH)
    workshop.must(number, "diagnosis", SPILLED)
    workshop.desk.customer(number, "quote-answer", YES)
    workshop.hears(workshop.charge_id(number))
    return number


def _awaiting_goods(workshop: Workshop) -> str:
    return workshop.accepted("cooker")


def _received(workshop: Workshop) -> str:
    return workshop.received("cooker")


def _return(workshop: Workshop) -> str:
    return workshop.received("cooker", type="return_refund")


def _reopened(workshop: Workshop) -> str:
    """Repaired and sent home, where it does not work; a lead goes on with it."""
    number = workshop.in_repair()
    workshop.must(number, "repair-result", DONE)
    workshop.must(number, "dispatch", HOME)
    workshop.desk.customer(number, "dispute", {"message": "还是不加热。"})
    workshop.desk.hire("hua", languages=["zh-CN"])
    reopened = {"outcome": "reopened", "message": "我们再检查一次。"}
    assert workshop.desk.staff(HUA, number, "dispute-answer", reopened).status == 200
    return number


def _nothing_came(workshop: Workshop) -> str:
    number = workshop.received("cooker")
    workshop.must(number, "inspection", {"lines": [{"line_id": "cooker", "quantity": 1, "condition": "missing"}]})
    return number


def _inspected(workshop: Workshop) -> str:
    number = workshop.received("cooker")
    workshop.must(number, "inspection", {"lines": [{"line_id": "cooker", "quantity": 1, "condition": "used"}]})
    return number


IN_DOLLARS = SPILLED | {"price": {"amount": 9900, "currency": "USD"}}
FREE_AND_DEAR = COVERED | {"price": {"amount": 100, "currency": "CNY"}}
HOPELESS_AND_DEAR = HOPELESS | {"under_warranty": False, "price": {"amount": 100, "currency": "CNY"}}
UNPRICED = {name: value for name, value in SPILLED.items() if name != "price"}
TOMORROW = {"place": "on_site", "at": "2026-03-10T02:00:00Z"}
LATELY = {"place": "on_site", "at": "2026-03-09T02:29:59Z"}
NOW = {"place": "remote", "at": "2026-03-09T02:30:00Z"}

WRONG: list[tuple[str, Any, str, dict[str, Any], str]] = [
    ("goods that never came are not diagnosed", _awaiting_goods, "diagnosis", COVERED, "step-not-possible"),
    ("nor is a parcel that was empty", _nothing_came, "diagnosis", COVERED, "step-not-possible"),
    ("nor is what the customer has again", _reopened, "diagnosis", COVERED, "step-not-possible"),
    ("nor anew what the customer has paid for", _paid_at_home, "diagnosis", SPILLED, "step-not-possible"),
    ("a return is not diagnosed", _return, "diagnosis", COVERED, "step-not-possible"),
    ("a warranty has no price", _received, "diagnosis", FREE_AND_DEAR, "invalid-request"),
    ("nor has what cannot be repaired", _received, "diagnosis", HOPELESS_AND_DEAR, "invalid-request"),
    ("a repair out of warranty has one", _received, "diagnosis", UNPRICED, "invalid-request"),
    ("in the order's currency", _received, "diagnosis", IN_DOLLARS, "currency-mismatch"),
    ("no result before a diagnosis", _received, "repair-result", DONE, "step-not-possible"),
    ("at home neither", Workshop.at_home, "repair-result", DONE, "step-not-possible"),
    ("nor after an offer", Workshop.offered, "repair-result", DONE, "step-not-possible"),
    ("nor before it is paid for", Workshop.awaiting_payment, "repair-result", DONE, "step-not-possible"),
    ("parts that nobody waits for", Workshop.in_repair, "parts-arrival", {}, "step-not-possible"),
    ("parts before a diagnosis", _received, "parts", {"message": "?"}, "step-not-possible"),
    ("a visit in the past", Workshop.at_home, "visit", LATELY, "invalid-request"),
    ("a call now", Workshop.at_home, "visit", NOW, "invalid-request"),
    ("a visit to what is sent in", Workshop.in_repair, "visit", TOMORROW, "step-not-possible"),
    ("home before the repair is done", Workshop.in_repair, "dispatch", HOME, "step-not-possible"),
    ("home before anybody knows why", _inspected, "dispatch", HOME, "step-not-possible"),
    ("home for a second time", _reopened, "dispatch", HOME, "step-not-possible"),
    ("home from home", Workshop.at_home, "dispatch", HOME, "step-not-possible"),
]


@pytest.mark.parametrize(
    ("begin", "action", "body", "problem"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_what_cannot_be_is_refused_and_nothing_moves(
    workshop: Workshop, begin: Any, action: str, body: dict[str, Any], problem: str
) -> None:
    number = begin(workshop)
    before = workshop.everything(number)
    assert workshop.does(number, action, body).problem == problem
    assert workshop.everything(number) == before


@pytest.mark.parametrize("answer", [YES, NO])
def test_nobody_answers_an_offer_that_was_not_made(desk: Desk, workshop: Workshop, answer: dict[str, bool]) -> None:
    number = workshop.in_repair()
    before = workshop.everything(number)
    assert desk.customer(number, "quote-answer", answer).problem == "step-not-possible"
    assert workshop.everything(number) == before


def test_a_repair_is_not_anybodys(desk: Desk, workshop: Workshop) -> None:
    number = workshop.received("cooker")
    assert desk.staff(TOM, number, "diagnosis", COVERED).problem == "not-yours"
