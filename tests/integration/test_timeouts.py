"""Every wait has a limit: a customer's silence ends the case, ours makes it overdue, once."""

import pytest

from aftersales.applications.lifecycle import DONE, FINAL, Status
from aftersales.flow.timeout import ENDED_BY
from tests.integration import cloud
from tests.integration.decisions import under_review
from tests.integration.desk import MEI, Desk
from tests.integration.teahouse import Teahouse
from tests.integration.workshop import DONE as REPAIRED
from tests.integration.workshop import HOME, Workshop


def test_goods_that_do_not_come_end_the_case(desk: Desk) -> None:
    number = desk.awaiting_goods()
    desk.later(days=14)
    assert desk.time_out(number) == {"number": number, "status": "expired", "assigned": True}
    assert (desk.ledger().available, desk.open_cases()) == (3, 0)


def test_information_that_does_not_come_ends_the_case(desk: Desk) -> None:
    number = desk.wanted_information()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "expired"
    assert (desk.ledger().available, desk.open_cases()) == (3, 0)


def test_expired_once_stays_expired(desk: Desk) -> None:
    number = desk.awaiting_goods()
    waited = desk.standing(number)
    desk.time_out(number)
    desk.waited_too_long(waited)
    assert desk.steps(number).count("expired") == 1
    assert desk.ledger().available == 3


def test_looking_again_for_a_person_is_not_overdue_before_it_is_due(desk: Desk) -> None:
    number = desk.accepted()
    desk.later(minutes=14)
    desk.time_out(number)
    assert "overdue" not in desk.steps(number)


@pytest.mark.parametrize("where", ["accepted", "in_progress", "inspected"])
def test_what_we_did_not_do_is_overdue_and_goes_on(desk: Desk, where: str) -> None:
    number = getattr(desk, where)()
    status = desk.application(number).status
    desk.later(days=2)
    assert desk.time_out(number)["status"] == status
    now = desk.application(number)
    assert (now.overdue_at, desk.steps(number)[-1]) == (desk.clock.now(), "overdue")


def test_a_refund_that_is_not_confirmed_is_overdue_and_can_still_be(desk: Desk) -> None:
    number, refund_id = desk.refund_ordered()
    desk.later(days=3)
    desk.time_out(number)
    overdue = desk.timeline(number)[-1]
    assert (str(overdue.step), overdue.data) == ("overdue", {"refund_id": refund_id})
    assert desk.confirm(refund_id).body["status"] == "awaiting_confirmation"


def test_it_is_marked_overdue_once_a_status(desk: Desk) -> None:
    number = desk.in_progress()
    for _ in range(3):
        desk.time_out(number)
        desk.later(days=3)
    assert desk.steps(number).count("overdue") == 1


def test_the_next_status_can_be_overdue_again(desk: Desk) -> None:
    number = desk.in_progress()
    desk.later(days=2)
    desk.time_out(number)
    desk.staff(MEI, number, "information-request", {"message": "?"})
    desk.customer(number, "information", {"message": "!"})
    desk.later(days=2)
    desk.time_out(number)
    assert desk.steps(number).count("overdue") == 2


def test_a_wait_for_a_person_who_was_found_meanwhile_is_not_overdue(desk: Desk) -> None:
    """Its message was lost, say; the case is not late by that."""
    number = under_review(desk)
    desk.waited_too_long({"number": number, "status": "manual_review", "assigned": False})
    assert "overdue" not in desk.steps(number)


def test_what_happened_in_the_last_moment_counts(desk: Desk) -> None:
    number = desk.awaiting_goods()
    waited = desk.standing(number)
    desk.staff(MEI, number, "receipt", {})
    assert desk.waited_too_long(waited)["status"] == "received"
    assert desk.steps(number)[-1] == "goods_received"


def test_what_happens_at_the_same_moment_counts_too(desk: Desk) -> None:
    number = desk.awaiting_goods()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.staff(MEI, number, "receipt", {})):
        assert desk.time_out(number)["status"] == "received"


def test_overdue_work_stays_at_its_place_in_the_list(desk: Desk) -> None:
    number = desk.in_progress()
    due = desk.application(number).due_at
    desk.later(days=4)
    desk.time_out(number)
    assert desk.application(number).due_at == due
    assert desk.work(MEI) == [number]


def test_goods_that_are_on_their_way_are_overdue_and_never_expire(desk: Desk) -> None:
    """Posted on the last day: the case waits for them, and staff see that it is late, once."""
    number = desk.awaiting_goods()
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF139"})
    for _ in range(3):
        desk.later(days=14)
        assert desk.time_out(number)["status"] == "in_transit"
    assert desk.steps(number).count("overdue") == 1
    assert desk.staff(MEI, number, "receipt", {}).status == 200


# --- What a customer's silence comes to


def test_who_does_not_answer_an_offer_has_declined_it(desk: Desk) -> None:
    workshop = Workshop(desk)
    number = workshop.offered()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "inspected"
    assert desk.timeline(number)[-1].actor.kind == "system"
    repair = desk.application(number).repair
    assert repair
    assert (desk.steps(number)[-1], repair.outcome) == ("quote_declined", "declined")


def test_who_does_not_pay_for_a_repair_is_not_waited_for(desk: Desk) -> None:
    workshop = Workshop(desk)
    number = workshop.awaiting_payment()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "inspected"
    charge = desk.application(number).charge
    assert charge
    assert (desk.steps(number)[-1], charge.outcome) == ("charge_failed", "failed")


def test_who_pays_in_the_last_moment_has_paid(desk: Desk) -> None:
    workshop = Workshop(desk)
    number = workshop.awaiting_payment()
    with cloud.meanwhile("TransactWriteItems", lambda: workshop.hears(workshop.charge_id(number))):
        assert desk.time_out(number)["status"] == "in_repair"


def test_a_payment_after_the_silence_is_refused(desk: Desk) -> None:
    """The storefront gives it back: the repair is not made any more."""
    workshop = Workshop(desk)
    number = workshop.awaiting_payment()
    desk.time_out(number)
    assert workshop.hears(workshop.charge_id(number)).problem == "step-not-possible"
    assert desk.application(number).status == "inspected"


def test_a_parcel_that_no_carrier_reports_on_has_arrived_after_its_time(desk: Desk) -> None:
    workshop = Workshop(desk)
    number = workshop.in_repair()
    workshop.must(number, "repair-result", REPAIRED)
    workshop.must(number, "dispatch", HOME)
    desk.later(days=14)
    assert desk.time_out(number)["status"] == "awaiting_confirmation"
    delivery = desk.application(number).delivery
    assert delivery
    assert delivery.delivered_at == desk.clock.now()


def test_so_has_a_replacement_and_its_arrival_is_no_news_later(desk: Desk) -> None:
    teahouse = Teahouse(desk)
    number = teahouse.accepted("exchange", 1)
    teahouse.comes_back(number, "as_described")
    teahouse.must(number, "replacement", {})
    teahouse.ships(number)
    desk.later(days=14)
    assert desk.time_out(number)["status"] == "awaiting_confirmation"
    steps = desk.steps(number)
    assert teahouse.of_replacement(number, "delivered").body["state"] == "delivered"
    assert desk.steps(number) == steps


def test_who_does_not_object_is_content(desk: Desk) -> None:
    number = desk.paid_back()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "resolved"
    confirmed = desk.timeline(number)[-1]
    assert (str(confirmed.step), confirmed.actor.kind) == ("confirmed", "system")


def test_who_objects_at_the_same_moment_is_heard(desk: Desk) -> None:
    number = desk.paid_back()
    objects = {"message": "退款还没有到账。"}
    with cloud.meanwhile("TransactWriteItems", lambda: desk.customer(number, "dispute", objects)):
        assert desk.time_out(number)["status"] == "disputed"


def test_goods_that_were_paid_for_early_are_asked_for_in_money(desk: Desk) -> None:
    teahouse = Teahouse(desk)
    number = teahouse.paid_early()
    desk.later(days=14)
    assert desk.time_out(number)["status"] == "awaiting_payment"
    assert "expired" not in desk.steps(number)


def test_every_wait_for_a_customer_has_an_end() -> None:
    """All that the machine waits for a customer to do, and what it takes for done when nothing is heard."""
    assert set(ENDED_BY) == set(DONE - FINAL) | {
        Status.INFORMATION_WANTED,
        Status.AWAITING_GOODS,
        Status.QUOTE_OFFERED,
        Status.AWAITING_PAYMENT,
    }
