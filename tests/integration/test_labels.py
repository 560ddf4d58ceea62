"""A label for what comes back at the store's cost: bought once, whatever is lost on the way, or not at all."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.integration.decisions import policy_says
from tests.integration.desk import MEI, Desk
from tests.integration.easypost_server import Answer, EasyPost, answers, answers_no_one, loses_the_answer
from tests.integration.gateway import customer
from tests.integration.interruption import answer_is_lost_of, dies_after
from tests.integration.parcels import (
    AT_OUR_COST,
    LABEL,
    awaiting_label,
    bring,
    carried_by_easypost,
    dies_around_easypost,
    easypost_tells,
    register,
    tell_order,
    tell_parcel,
)
from tests.integration.test_crashes import Trial, writing
from tests.served import Asked

CUP = {"line_id": "cup", "quantity": 2, "reason": "changed_mind"}
TEAPOTS = {"line_id": "teapot", "quantity": 2, "reason": "defective"}


@pytest.fixture
def easypost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[EasyPost]:
    with carried_by_easypost(desk, monkeypatch) as easypost:
        yield easypost


# --- it is bought ---


@pytest.mark.parametrize("kind", ["return_refund", "exchange", "repair"])
def test_goods_that_come_back_at_the_stores_cost_get_a_label(desk: Desk, easypost: EasyPost, kind: str) -> None:
    number = awaiting_label(desk, type=kind)
    assert bring(desk, number) == []
    application = desk.application(number)
    assert application.label
    assert application.label.document() == {
        "shipment_id": "shp_1",
        "carrier": "USPS",
        "tracking_number": LABEL,
        "url": "https://files.easypost.example/label/1.pdf",
    }
    assert (application.status, application.parcel) == ("awaiting_goods", None)


def test_what_it_cost_stands_on_the_timeline_for_staff_alone(desk: Desk, easypost: EasyPost) -> None:
    number = awaiting_label(desk)
    bring(desk, number)
    issued = desk.timeline(number)[-1]
    assert (issued.step, issued.data["cost"]) == ("label_issued", {"amount": 820, "currency": "USD"})
    assert "820" not in str(desk.look(number).body)


def test_it_leads_from_where_the_goods_went_and_declares_what_they_weigh(desk: Desk, easypost: EasyPost) -> None:
    """Two teapots of 850 grams each are sixty ounces."""
    bring(desk, awaiting_label(desk, lines=[TEAPOTS]))
    wanted = easypost.asked[0].body["shipment"]
    assert (wanted["to_address"]["name"], wanted["from_address"]["city"]) == ("李娜", "Portland")
    assert wanted["parcel"] == {"weight": "60.0"}


def test_brought_again_it_is_the_same_label(desk: Desk, easypost: EasyPost) -> None:
    number = awaiting_label(desk)
    for _ in range(3):
        assert bring(desk, number) == []
    assert (len(easypost.purchases), desk.steps(number).count("label_issued")) == (1, 1)


def test_what_is_sent_with_it_is_recognised(desk: Desk, easypost: EasyPost) -> None:
    number = awaiting_label(desk)
    bring(desk, number)
    assert easypost_tells(LABEL, "in_transit").body == {"outcome": "taken"}
    assert desk.application(number).status == "in_transit"


# --- or not ---


def cancelled(desk: Desk) -> str:
    number = awaiting_label(desk)
    assert desk.customer(number, "cancellation").status == 200
    return number


def sent(desk: Desk) -> str:
    number = awaiting_label(desk)
    tell_parcel(desk, number, "SF1390276645120")
    return number


def received(desk: Desk) -> str:
    number = awaiting_label(desk)
    desk.staff(MEI, number, "receipt", {})
    return number


def of_a_store_without_easypost(desk: Desk) -> str:
    register(desk)
    return awaiting_label(desk)


def of_an_order_that_went_nobody_knows_where(desk: Desk) -> str:
    tell_order(desk, changed_at="2026-03-08T11:00:00Z", ship_to=None)
    return awaiting_label(desk)


def of_goods_that_nobody_has_weighed(desk: Desk) -> str:
    tell_order(desk, changed_at="2026-03-08T11:00:00Z", lines=desk.order_body()["lines"])
    return awaiting_label(desk)


def with_a_line_at_the_customers_cost(desk: Desk) -> str:
    number = desk.filed(lines=[TEAPOTS, CUP])
    policy_says(number, "accept", AT_OUR_COST, {"line_id": "cup", "return_freight": "customer"})
    return number


NOT_WANTED: dict[str, Callable[[Desk], str]] = {
    "it was cancelled": cancelled,
    "the customer has sent the goods": sent,
    "the goods are here": received,
    "the customer pays the way back": lambda desk: awaiting_label(desk, AT_OUR_COST | {"return_freight": "customer"}),
    "the customer pays it for one line of two": with_a_line_at_the_customers_cost,
    "the customer keeps the goods": lambda desk: awaiting_label(desk, AT_OUR_COST | {"send_back": False}),
    "nothing comes back": lambda desk: awaiting_label(desk, type="refund_only"),
    "the store's carriers are its own": of_a_store_without_easypost,
    "the order does not say where it went": of_an_order_that_went_nobody_knows_where,
    "the order does not say what it weighs": of_goods_that_nobody_has_weighed,
}


@pytest.mark.parametrize("why", NOT_WANTED)
def test_nothing_is_asked_for_when(desk: Desk, easypost: EasyPost, why: str) -> None:
    number = NOT_WANTED[why](desk)
    steps = desk.steps(number)
    assert bring(desk, number) == []
    assert (easypost.asked, desk.steps(number)) == ([], steps)


def test_what_the_customer_keeps_needs_no_label(desk: Desk, easypost: EasyPost) -> None:
    """The cups may stay where they are, on whoever's account their way would be."""
    number = desk.filed(lines=[TEAPOTS, CUP])
    policy_says(number, "accept", AT_OUR_COST, {"line_id": "cup", "send_back": False})
    bring(desk, number)
    assert easypost.asked[0].body["shipment"]["parcel"] == {"weight": "60.0"}


@pytest.mark.parametrize("action", ["prepare", "buy"])
def test_why_there_is_none_is_for_a_person_to_read(desk: Desk, easypost: EasyPost, action: str) -> None:
    number = awaiting_label(desk)
    limit = desk.application(number).due_at
    easypost.troubles[action] = [answers(422, "ADDRESS.VERIFY.FAILURE")]
    assert bring(desk, number) == []
    told = desk.timeline(number)[-1]
    assert (told.step, told.staff_only) == ("undelivered", True)
    assert told.data == {"what": "label", "reason": "bad_address", "code": "ADDRESS.VERIFY.FAILURE"}
    assert desk.application(number).due_at == limit, "the customer has as long as before"


def test_staff_who_have_it_not_yet_are_to_look_at_once(desk: Desk, easypost: EasyPost) -> None:
    number = desk.filed()
    policy_says(number, "accept", AT_OUR_COST)
    easypost.prices = {}
    bring(desk, number)
    assert desk.application(number).look_at == desk.clock.now()


def test_after_a_refusal_nothing_is_asked_for_again(desk: Desk, easypost: EasyPost) -> None:
    number = awaiting_label(desk)
    easypost.troubles["buy"] = [answers(402, "INSUFFICIENT_FUNDS")]
    bring(desk, number)
    asked = len(easypost.asked)
    assert bring(desk, number) == []
    assert (len(easypost.asked), desk.steps(number).count("undelivered")) == (asked, 1)


def test_without_a_label_customers_send_by_themselves(desk: Desk, easypost: EasyPost) -> None:
    number = awaiting_label(desk)
    easypost.prices = {}
    bring(desk, number)
    assert tell_parcel(desk, number, "SF1390276645120").status == 200
    assert "no_rates" not in str(desk.look(number, customer(number)).body)


# --- and only once ---


@pytest.mark.parametrize("action", ["prepare", "retrieve", "buy"])
@pytest.mark.parametrize("trouble", [answers_no_one, loses_the_answer, answers(503, "SERVICE_UNAVAILABLE")])
def test_what_easypost_does_not_answer_is_brought_again(
    desk: Desk, easypost: EasyPost, action: str, trouble: Callable[[EasyPost, Asked], Answer | None]
) -> None:
    number = awaiting_label(desk)
    easypost.troubles[action] = [trouble]
    assert bring(desk, number) == ["message-0"]
    assert bring(desk, number) == []
    assert (len(easypost.purchases), desk.steps(number).count("label_issued")) == (1, 1)


def test_one_that_was_bought_while_the_customer_cancelled_is_recorded(desk: Desk, easypost: EasyPost) -> None:
    """The money is spent: staff see it, and may ask EasyPost for it back."""
    number = awaiting_label(desk)

    def cancels(easypost: EasyPost, asked: Asked) -> Answer:
        desk.customer(number, "cancellation")
        return easypost.act(asked)

    easypost.troubles["buy"] = [cancels]
    assert bring(desk, number) == []
    assert (desk.application(number).status, desk.steps(number)[-1]) == ("cancelled", "label_issued")


def buy(desk: Desk) -> Callable[[], object]:
    number = awaiting_label(desk)
    return lambda: desk.delivered("parcels", *_accepted(desk, number))


def _accepted(desk: Desk, number: str) -> list[dict[str, Any]]:
    [event] = [event for event in desk.timeline(number) if event.step == "accepted"]
    return [{"detail-type": f"application.{event.step}", "detail": event.published()}]


@pytest.fixture
def trial(desk: Desk, easypost: EasyPost) -> Trial:
    """From whose every beginning EasyPost has an empty account."""
    trial = Trial(desk, buy)
    begin = trial.begin

    def again() -> None:
        begin()
        easypost.shipments.clear()
        easypost.trackers.clear()
        easypost.purchases.clear()

    trial.begin = again
    return trial


def same(state: dict[str, Any]) -> str:
    """Which of two shipments was kept does not matter: only what was bought by it."""
    return re.sub(r"shp_\d", "SHIPMENT", str(state))


def test_a_function_that_dies_anywhere_is_asked_again_and_one_label_is_bought(trial: Trial, easypost: EasyPost) -> None:
    expected, calls = trial.undisturbed()
    assert len(writing(calls)) == 2, "the shipment is kept, and then the label"
    for index in [0, *writing(calls)]:
        for fault in (dies_after(index), answer_is_lost_of(index)):
            assert same(trial.interrupted(fault)) == same(expected), f"at {calls[:index]}"
            assert len(easypost.purchases) == 1


@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize("after", [False, True])
def test_dying_around_a_call_of_easypost_buys_one_label(
    trial: Trial, easypost: EasyPost, call: int, after: bool
) -> None:
    expected, _ = trial.undisturbed()
    assert same(trial.interrupted(dies_around_easypost(call, after=after))) == same(expected)
    assert len(easypost.purchases) == 1
