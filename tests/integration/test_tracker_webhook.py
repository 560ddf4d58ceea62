"""What EasyPost tells of parcels: from EasyPost alone, in any order and more than once, about parcels of ours."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from aftersales.applications.consignment import Consignment
from tests.integration.desk import MEI, Desk
from tests.integration.easypost_server import EasyPost, answers, tracker
from tests.integration.interruption import answer_is_lost_of, dies_after
from tests.integration.parcels import (
    EASYPOST_SECRET,
    LABEL,
    bring,
    carried_by_easypost,
    easypost_tells,
    event,
    labelled,
    repaired,
    signature,
    tell,
    tell_parcel,
)
from tests.integration.test_crashes import Trial, writing

SF = "SF1390276645120"
UPS = "1Z12345E0291980793"
MORNING, NOON, EVENING = "2026-03-10T08:00:00Z", "2026-03-10T12:00:00Z", "2026-03-10T20:00:00Z"


@pytest.fixture
def easypost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[EasyPost]:
    with carried_by_easypost(desk, monkeypatch) as easypost:
        yield easypost


@pytest.fixture
def label(desk: Desk, easypost: EasyPost) -> str:
    """The number of an application whose customer has a label of ours."""
    return labelled(desk)


def going_home(desk: Desk) -> str:
    number = repaired(desk)
    bring(desk, number, "goods_dispatched")
    return number


def parcel(desk: Desk, number: str) -> Consignment:
    parcel = desk.application(number).parcel
    assert parcel
    return parcel


# --- goods that come back ---


@pytest.mark.parametrize("status", ["in_transit", "out_for_delivery"])
def test_the_first_scan_of_our_label_is_the_handover(desk: Desk, label: str, status: str) -> None:
    assert easypost_tells(LABEL, status, NOON).body == {"outcome": "taken"}
    application, happened = desk.application(label), desk.timeline(label)[-1]
    assert (application.status, happened.step) == ("in_transit", "goods_sent")
    assert (happened.actor.kind, happened.actor.id) == ("system", "easypost")
    known = parcel(desk, label)
    assert (known.carrier, known.tracking_number, known.moved) == ("USPS", LABEL, status)
    assert known.moved_at == datetime(2026, 3, 10, 12, tzinfo=UTC)
    assert desk.ledger().in_return == 1


@pytest.mark.parametrize("status", ["unknown", "pre_transit", "cancelled", "failure", "error", "return_to_sender"])
def test_a_label_that_no_carrier_has_scanned_is_no_handover(desk: Desk, label: str, status: str) -> None:
    before = desk.steps(label)
    assert easypost_tells(LABEL, status).body == {"outcome": "known"}
    assert (desk.steps(label), desk.application(label).parcel) == (before, None)


def test_a_label_is_scanned_before_anybody_has_the_case(desk: Desk, easypost: EasyPost) -> None:
    for member in ("mei", "tom"):
        desk.hire(member, languages=["en"])
    number = labelled(desk)
    assert easypost_tells(LABEL, "in_transit").body == {"outcome": "taken"}
    assert desk.application(number).status == "accepted"
    assert desk.staff(MEI, number, "claim").status == 200
    assert desk.application(number).status == "in_transit"


def test_each_movement_is_told_once_beside_the_status(desk: Desk, label: str) -> None:
    easypost_tells(LABEL, "in_transit", MORNING)
    easypost_tells(LABEL, "out_for_delivery", NOON)
    easypost_tells(LABEL, "out_for_delivery", EVENING)
    assert desk.steps(label)[-2:] == ["goods_sent", "parcel_moved"]
    assert (parcel(desk, label).moved, desk.application(label).status) == ("out_for_delivery", "in_transit")
    assert desk.timeline(label)[-1].data == {"direction": "in", "movement": "out_for_delivery"}


def test_that_it_is_here_is_the_warehouses_to_say(desk: Desk, label: str) -> None:
    """Staff look for it as soon as for goods that are here."""
    easypost_tells(LABEL, "in_transit", MORNING)
    easypost_tells(LABEL, "delivered", EVENING)
    application = desk.application(label)
    assert (application.status, application.received_at) == ("in_transit", None)
    assert application.look_at == desk.clock.now()
    assert desk.staff(MEI, label, "receipt", {}).status == 200


def test_when_all_but_the_last_word_was_lost(desk: Desk, label: str) -> None:
    easypost_tells(LABEL, "delivered", EVENING)
    application = desk.application(label)
    assert (application.status, parcel(desk, label).moved) == ("in_transit", "delivered")
    assert application.look_at == desk.clock.now()


@pytest.mark.parametrize(("status", "movement"), [("return_to_sender", "returned"), ("failure", "failed")])
def test_a_parcel_that_does_not_come_is_to_be_looked_at_now(desk: Desk, label: str, status: str, movement: str) -> None:
    easypost_tells(LABEL, "in_transit", MORNING)
    easypost_tells(LABEL, status, EVENING)
    assert (parcel(desk, label).moved, desk.application(label).look_at) == (movement, desk.clock.now())
    assert desk.work(MEI)[0] == label


def test_after_the_receipt_nobody_has_to_look(desk: Desk, label: str) -> None:
    easypost_tells(LABEL, "in_transit", MORNING)
    desk.staff(MEI, label, "receipt", {})
    limit = desk.application(label).due_at
    desk.later(hours=3)
    easypost_tells(LABEL, "delivered", EVENING)
    assert (desk.application(label).status, desk.application(label).due_at) == ("received", limit)
    assert desk.application(label).look_at is None


def test_a_label_that_is_used_after_all_is_seen(desk: Desk, label: str) -> None:
    desk.customer(label, "cancellation")
    assert easypost_tells(LABEL, "in_transit").body == {"outcome": "taken"}
    assert (desk.application(label).status, desk.steps(label)[-1]) == ("cancelled", "parcel_moved")
    assert desk.ledger().in_return == 0


def test_where_the_customer_took_another_way_our_label_says_nothing(desk: Desk, label: str) -> None:
    tell_parcel(desk, label, SF)
    assert easypost_tells(LABEL, "in_transit").body == {"outcome": "known"}
    assert parcel(desk, label).tracking_number == SF


# --- goods that go to the customer ---


def test_what_has_arrived_is_for_the_customer_to_confirm(desk: Desk, easypost: EasyPost) -> None:
    number = going_home(desk)
    easypost_tells(UPS, "in_transit", MORNING)
    assert (desk.steps(number)[-1], desk.application(number).status) == ("parcel_moved", "delivering")
    easypost_tells(UPS, "delivered", EVENING)
    application = desk.application(number)
    assert (application.status, desk.steps(number)[-1]) == ("awaiting_confirmation", "delivered")
    assert application.delivery
    assert application.delivery.delivered_at == datetime(2026, 3, 10, 20, tzinfo=UTC)


def test_what_counts_as_delivered_stays_so(desk: Desk, easypost: EasyPost) -> None:
    number = going_home(desk)
    desk.time_out(number)
    before = desk.application(number)
    assert easypost_tells(UPS, "delivered").body == {"outcome": "known"}
    assert desk.application(number) == before


def test_one_that_comes_back_to_the_store_is_on_the_timeline(desk: Desk, easypost: EasyPost) -> None:
    number = going_home(desk)
    assert easypost_tells(UPS, "return_to_sender").body == {"outcome": "taken"}
    assert desk.timeline(number)[-1].data == {"direction": "out", "movement": "returned"}
    assert desk.application(number).status == "delivering"


# --- in any order, and more than once ---

STORY = [("in_transit", MORNING), ("out_for_delivery", NOON), ("delivered", EVENING)]


@pytest.mark.parametrize("again", STORY, ids=lambda told: told[0])
def test_what_is_told_again_or_late_changes_nothing(desk: Desk, label: str, again: tuple[str, str]) -> None:
    """A signature has no time: who has seen an event may send it again for ever."""
    for told in STORY:
        easypost_tells(LABEL, *told)
    before = desk.application(label)
    assert easypost_tells(LABEL, *again).body == {"outcome": "known"}
    assert desk.application(label) == before


def test_of_two_at_the_same_moment_the_further_one_counts(desk: Desk, label: str) -> None:
    for told in ("delivered", "in_transit"):
        easypost_tells(LABEL, told, NOON)
    assert parcel(desk, label).moved == "delivered"


def scanned(desk: Desk) -> Callable[[], object]:
    labelled(desk)
    return lambda: easypost_tells(LABEL, "in_transit")


def moved(desk: Desk) -> Callable[[], object]:
    labelled(desk)
    easypost_tells(LABEL, "in_transit", MORNING)
    return lambda: easypost_tells(LABEL, "delivered", EVENING)


def delivered(desk: Desk) -> Callable[[], object]:
    going_home(desk)
    return lambda: easypost_tells(UPS, "delivered")


@pytest.mark.parametrize("work", [scanned, moved, delivered])
def test_a_function_that_dies_anywhere_is_told_again_and_nobody_can_tell(
    desk: Desk, easypost: EasyPost, work: Callable[[Desk], Callable[[], object]]
) -> None:
    trial = Trial(desk, work)
    expected, calls = trial.undisturbed()
    for index in [0, *writing(calls)]:
        for fault in (dies_after(index), answer_is_lost_of(index)):
            assert trial.interrupted(fault) == expected, f"at {calls[:index]}"


# --- money at the handover ---


def test_money_is_due_at_the_handover_by_the_carriers_word(desk: Desk, easypost: EasyPost) -> None:
    number = labelled(desk, refund_due="at_handover")
    tell_parcel(desk, number, LABEL, "USPS")
    bring(desk, number, "goods_sent")
    assert desk.application(number).status == "in_transit"
    assert desk.staff(MEI, number, "refund", {}).problem == "step-not-possible", "anybody can write a number"
    easypost_tells(LABEL, "in_transit")
    assert desk.staff(MEI, number, "refund", {}).status == 200


def test_where_no_carrier_is_heard_people_look_before_they_pay(desk: Desk, easypost: EasyPost) -> None:
    number = labelled(desk, refund_due="at_handover")
    easypost.troubles["follow"] = [answers(422, "TRACKER.NO_CARRIER_FOR_CODE")]
    tell_parcel(desk, number, "1", "中通")
    bring(desk, number, "goods_sent")
    assert desk.staff(MEI, number, "refund", {}).status == 200


def test_what_is_here_was_handed_over(desk: Desk, easypost: EasyPost) -> None:
    number = labelled(desk, refund_due="at_handover")
    tell_parcel(desk, number, LABEL, "USPS")
    bring(desk, number, "goods_sent")
    desk.staff(MEI, number, "receipt", {})
    assert desk.staff(MEI, number, "refund", {}).status == 200


def test_goods_that_go_back_to_the_customer_are_not_handed_over(desk: Desk, easypost: EasyPost) -> None:
    number = labelled(desk, refund_due="at_handover")
    easypost_tells(LABEL, "in_transit", MORNING)
    easypost_tells(LABEL, "return_to_sender", NOON)
    assert desk.staff(MEI, number, "refund", {}).problem == "step-not-possible"


# --- from EasyPost alone ---

FORGED: dict[str, Callable[[str], tuple[str, str | None]]] = {
    "another body": lambda body: (body.replace("in_transit", "delivered"), signature(body)),
    "another secret": lambda body: (body, signature(body, "somebody else's")),
    "no signature": lambda body: (body, None),
    "nothing that could be one": lambda body: (body, "签名"),
    "an empty body": lambda body: ("", signature(body)),
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_not_easyposts_moves_nothing(desk: Desk, label: str, forged: str) -> None:
    before = desk.application(label)
    body = event("tracker.updated", tracker("trk_1", LABEL, "USPS", "in_transit"))
    answer = tell(*FORGED[forged](body))
    assert (answer.status, answer.problem) == (401, "bad-signature")
    assert desk.application(label) == before


def test_which_stores_there_are_cannot_be_found_out(desk: Desk, easypost: EasyPost) -> None:
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    unknown, without_easypost = (easypost_tells(LABEL, "in_transit", store_id=s) for s in ("nowhere", "harbour"))
    assert (unknown.status, unknown.body) == (without_easypost.status, without_easypost.body)
    assert unknown.problem == "bad-signature"


# --- about parcels of ours alone ---


def test_a_parcel_that_is_not_ours_is_passed_over_and_counted(
    desk: Desk, label: str, logged: Callable[[], str]
) -> None:
    answer = easypost_tells("9400100208303109599999", "delivered", tracker_id="trk_99")
    assert (answer.status, answer.body) == (200, {"outcome": "ignored"})
    assert '"outcome":"ignored"' in logged()


def test_another_stores_account_has_no_say(desk: Desk, label: str) -> None:
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    desk.changes_secret("harbour", easypost_webhook_secret=EASYPOST_SECRET)
    assert easypost_tells(LABEL, "in_transit", store_id="harbour").body == {"outcome": "ignored"}
    assert desk.application(label).status == "awaiting_goods"


def test_a_number_that_the_carrier_uses_again_is_another_parcel(desk: Desk, label: str) -> None:
    assert easypost_tells(LABEL, "delivered", tracker_id="trk_of_next_year").body == {"outcome": "ignored"}
    assert desk.application(label).status == "awaiting_goods"


@pytest.mark.parametrize("kind", ["batch.updated", "shipment.invoice.created"])
def test_events_about_other_things_are_passed_over(label: str, kind: str) -> None:
    body = event(kind, {"id": "batch_1", "object": "Batch"})
    assert tell(body, signature(body)).body == {"outcome": "other"}


@pytest.mark.parametrize(
    "document", [{}, {"description": "tracker.updated"}, []], ids=["nothing", "no object", "a list"]
)
def test_what_is_no_event_is_refused(easypost: EasyPost, document: Any) -> None:
    body = json.dumps(document)
    assert tell(body, signature(body)).problem == "invalid-request"
