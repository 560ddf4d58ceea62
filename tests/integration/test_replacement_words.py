"""What a storefront says of a replacement counts once, and contradicts itself in vain."""

import pytest

from tests.integration import cloud
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.exchanges import ORDER, PARCEL, TOLD, agreed, inspected, replacement_id, sends, shipped, tells


@pytest.fixture
def lamps(desk: Desk) -> Desk:
    assert desk.tell_order(ORDER, **TOLD).status == 200
    return desk


def test_told_again_nothing_changes(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    name = shipped(lamps, number)
    order, steps = lamps.order(ORDER), lamps.steps(number)
    for outcome in ("reserved", "shipped"):
        assert tells(name, outcome).status == 200
    assert (lamps.order(ORDER), lamps.steps(number)) == (order, steps)


def test_told_twice_at_once_it_is_sent_once(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    sends(lamps, number)
    name = replacement_id(lamps, number)
    with cloud.meanwhile("TransactWriteItems", lambda: tells(name, "shipped")):
        assert tells(name, "shipped").status == 200
    assert len(lamps.order(ORDER).new_lines) == 1


def test_goods_that_left_are_booked_whatever_happens_to_the_order_meanwhile(lamps: Desk) -> None:
    other = lamps.in_progress(order_number=ORDER, lines=[{"line_id": "lantern", "quantity": 1, "reason": "late"}])
    number = inspected(lamps, "as_described")
    sends(lamps, number)
    with cloud.meanwhile("TransactWriteItems", lambda: lamps.orders_refund(other)):
        assert tells(replacement_id(lamps, number), "shipped").status == 200
    assert lamps.ledger("lantern-x1", ORDER).paid == 11900


@pytest.mark.parametrize(
    ("so_far", "outcome"),
    [("wanted", "shipped"), ("wanted", "delivered"), ("ordered", "delivered"), ("shipped", "failed")],
)
def test_what_cannot_be_is_refused(lamps: Desk, so_far: str, outcome: str) -> None:
    number = inspected(lamps, "as_described")
    if so_far == "ordered":
        sends(lamps, number)
    name = shipped(lamps, number) if so_far == "shipped" else replacement_id(lamps, number)
    before = lamps.application(number)
    assert tells(name, outcome).problem == "step-not-possible"
    assert lamps.application(number) == before


def test_a_parcel_without_a_number_is_none(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    sends(lamps, number)
    assert tells(replacement_id(lamps, number), "shipped", carrier=None).problem == "invalid-request"


def test_another_storefront_does_not_learn_of_it(lamps: Desk) -> None:
    name = replacement_id(lamps, inspected(lamps, "as_described"))
    foreign, unknown = tells(name, "reserved", "harbour"), tells("7K3M-9QXT-2VWH-5NRR.4", "reserved")
    assert (foreign.status, foreign.body) == (404, unknown.body)
    for other in (f"{name}9", "x.5", name.partition(".")[0]):
        assert tells(other, "reserved").status == 404


def test_after_the_customers_word_its_arrival_is_no_news(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    name = shipped(lamps, number)
    lamps.customer(number, "confirmation")
    assert tells(name, "delivered").body["status"] == "resolved"


def test_where_no_program_reports_it_staff_say_so(lamps: Desk) -> None:
    number = inspected(lamps, "as_described")
    sends(lamps, number)
    report = {"replacement_id": replacement_id(lamps, number), "outcome": "shipped"} | PARCEL
    answer = lamps.staff(MEI, number, "replacement-confirmation", report)
    assert answer.body["application"]["status"] == "delivering"
    other = agreed(lamps)
    assert lamps.staff(HUA, other, "replacement-confirmation", report).status == 404
