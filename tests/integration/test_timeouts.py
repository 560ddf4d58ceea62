"""Every wait has a limit: a customer's silence ends the case, ours makes it overdue, once."""

import pytest

from tests.integration import cloud
from tests.integration.decisions import under_review
from tests.integration.desk import MEI, Desk


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
    desk.time_out(number)
    assert desk.confirm(refund_id).body["status"] == "resolved"


def test_it_is_marked_overdue_once_a_status(desk: Desk) -> None:
    number = desk.in_progress()
    for _ in range(3):
        desk.time_out(number)
        desk.later(days=3)
    assert desk.steps(number).count("overdue") == 1


def test_the_next_status_can_be_overdue_again(desk: Desk) -> None:
    number = desk.in_progress()
    desk.time_out(number)
    desk.staff(MEI, number, "information-request", {"message": "?"})
    desk.customer(number, "information", {"message": "!"})
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


def test_goods_that_are_on_their_way_do_not_expire(desk: Desk) -> None:
    """Posted on the last day: the case waits for them, and staff see that it is late."""
    number = desk.awaiting_goods()
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF139"})
    desk.later(days=14)
    assert desk.time_out(number)["status"] == "awaiting_goods"
    assert desk.steps(number)[-1] == "overdue"
    assert desk.staff(MEI, number, "receipt", {}).status == 200
