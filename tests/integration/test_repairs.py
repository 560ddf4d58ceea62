"""What broke is looked at and repaired, in the workshop or at home; what costs something is offered first."""

import pytest

from tests.integration.desk import HUA, Desk
from tests.integration.workshop import COVERED, DONE, HOME, HOPELESS, IN_ENGLISH, IN_VAIN, SPILLED, Workshop

YES, NO = {"accept": True}, {"accept": False}


@pytest.fixture
def workshop(desk: Desk) -> Workshop:
    return Workshop(desk)


# --- Under warranty


def test_a_rice_cooker_is_repaired_under_warranty_and_sent_home(desk: Desk, workshop: Workshop) -> None:
    number = workshop.in_repair("cooker")
    assert (workshop.status(number), workshop.ledger("cooker").received_damaged) == ("in_repair", 1)
    workshop.must(number, "repair-result", DONE)
    workshop.must(number, "dispatch", HOME)
    assert workshop.status(number) == "delivering"
    assert desk.customer(number, "confirmation").body["status"] == "resolved"
    books = workshop.ledger("cooker")
    assert (books.available, books.reserved, books.settled, books.received_damaged) == (1, 0, 0, 0)
    assert workshop.case(number).charges == ()


def test_the_customer_reads_what_was_found_and_done(desk: Desk, workshop: Workshop) -> None:
    number = workshop.in_repair("cooker")
    workshop.must(number, "repair-result", DONE)
    workshop.must(number, "dispatch", HOME)
    told = [entry.get("message") for entry in desk.look(number).body["timeline"]]
    assert {COVERED["finding"], DONE["message"], HOME["message"]} <= set(told)


def test_a_repair_waits_for_parts_and_goes_on(desk: Desk, workshop: Workshop) -> None:
    number = workshop.in_repair()
    workshop.must(number, "parts", {"message": "温控器已订购，约一周到货。"})
    assert workshop.status(number) == "awaiting_parts"
    desk.later(days=6)
    workshop.must(number, "parts-arrival", {"message": "配件已到，继续维修。"})
    assert workshop.status(number) == "in_repair"
    workshop.must(number, "repair-result", DONE)
    assert workshop.status(number) == "repaired"


def test_a_rice_cooker_that_was_inspected_first_is_diagnosed_all_the_same(workshop: Workshop) -> None:
    number = workshop.received("cooker")
    workshop.must(number, "inspection", {"lines": [{"line_id": "cooker", "quantity": 1, "condition": "used"}]})
    workshop.must(number, "diagnosis", COVERED)
    assert workshop.status(number) == "in_repair"


def test_goodwill_out_of_warranty_costs_nothing_and_asks_nobody(workshop: Workshop) -> None:
    number = workshop.received("laptop", **IN_ENGLISH)
    workshop.must(number, "diagnosis", SPILLED | {"price": {"amount": 0, "currency": "CNY"}})
    assert workshop.status(number) == "in_repair"


# --- Out of warranty


def test_a_laptop_out_of_warranty_is_paid_for_and_then_repaired(desk: Desk, workshop: Workshop) -> None:
    number = workshop.offered()
    assert workshop.status(number) == "quote_offered"
    assert desk.customer(number, "quote-answer", YES).body["status"] == "awaiting_payment"
    charge = workshop.case(number).charge
    assert charge
    assert (charge.purpose, charge.amount.amount) == ("repair", 89000)
    assert workshop.hears(charge.charge_id).body["status"] == "in_repair"
    workshop.must(number, "repair-result", DONE)
    workshop.send_home(number)
    assert workshop.status(number) == "resolved"
    assert workshop.ledger("laptop").refundable == 649900


def test_a_laptop_whose_owner_declines_goes_back_as_it_came(desk: Desk, workshop: Workshop) -> None:
    number = workshop.offered()
    assert desk.customer(number, "quote-answer", NO).body["status"] == "inspected"
    workshop.must(number, "dispatch", HOME | {"message": "We are sending your laptop back as it came."})
    assert workshop.status(number) == "delivering"
    repair = workshop.case(number).repair
    assert repair
    assert repair.outcome == "declined"
    assert workshop.ledger("laptop").available == 1


def test_who_says_nothing_for_seven_days_has_declined(desk: Desk, workshop: Workshop) -> None:
    number = workshop.offered()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "inspected"
    workshop.must(number, "dispatch", HOME)


def test_who_does_not_pay_gets_it_back_unrepaired(desk: Desk, workshop: Workshop) -> None:
    number = workshop.awaiting_payment()
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "inspected"
    assert workshop.does(number, "repair-result", DONE).problem == "step-not-possible"
    workshop.must(number, "dispatch", HOME)


def test_who_declined_and_thinks_again_gets_another_offer(desk: Desk, workshop: Workshop) -> None:
    number = workshop.offered()
    desk.customer(number, "quote-answer", NO)
    workshop.must(number, "diagnosis", SPILLED | {"price": {"amount": 69000, "currency": "CNY"}})
    assert desk.customer(number, "quote-answer", YES).body["status"] == "awaiting_payment"
    paid = workshop.hears(workshop.charge_id(number), amount={"amount": 69000, "currency": "CNY"})
    assert paid.body["status"] == "in_repair"


def test_an_offer_is_answered_once(desk: Desk, workshop: Workshop) -> None:
    number = workshop.offered()
    assert desk.customer(number, "quote-answer", YES, key="k-1").status == 200
    assert desk.customer(number, "quote-answer", YES, key="k-1").status == 200
    assert desk.customer(number, "quote-answer", NO).problem == "step-not-possible"
    assert len(workshop.case(number).charges) == 1


# --- Not to be repaired


def test_what_cannot_be_repaired_is_exchanged_and_need_not_be_sent_again(workshop: Workshop) -> None:
    number = workshop.received("cooker", {"resolutions": ["exchange", "repair"]})
    workshop.must(number, "diagnosis", HOPELESS)
    assert workshop.status(number) == "inspected"
    workshop.must(number, "remedy", {"type": "exchange", "message": "无法修复，为您更换新品。"})
    assert workshop.status(number) == "inspected"
    workshop.must(number, "replacement", {})
    assert workshop.status(number) == "replacement_ordered"


def test_what_was_paid_for_a_repair_in_vain_is_void_and_the_goods_are_paid_back(workshop: Workshop) -> None:
    number = workshop.awaiting_payment()
    workshop.hears(workshop.charge_id(number))
    workshop.must(number, "repair-result", IN_VAIN)
    charge = workshop.case(number).charge
    assert charge
    assert (workshop.status(number), charge.outcome, charge.void) == ("inspected", "paid", True)
    refund = {"type": "return_refund", "message": "We pay the laptop back."}
    assert workshop.desk.staff(HUA, number, "remedy", refund).status == 200
    workshop.must(number, "refund", {})
    assert workshop.ledger("laptop").ordered == 649900


def test_a_part_that_never_fits_ends_the_repair_while_it_is_waited_for(workshop: Workshop) -> None:
    number = workshop.in_repair()
    workshop.must(number, "parts", {"message": "配件已停产，正在询问。"})
    workshop.must(number, "repair-result", IN_VAIN)
    assert workshop.status(number) == "inspected"


# --- At home


def test_a_washing_machine_is_visited_and_repaired_at_home(desk: Desk, workshop: Workshop) -> None:
    number = workshop.at_home("washer")
    assert workshop.status(number) == "in_progress"
    visit = {"place": "on_site", "at": "2026-03-12T02:00:00Z", "who": "王师傅", "message": "周四上午上门。"}
    workshop.must(number, "visit", visit)
    planned = workshop.case(number)
    assert planned.repair
    assert planned.repair.visit
    assert (planned.status, planned.repair.visit.who) == ("visit_planned", "王师傅")
    desk.later(days=3)
    workshop.must(number, "diagnosis", COVERED)
    workshop.must(number, "repair-result", DONE)
    assert workshop.status(number) == "awaiting_confirmation"
    assert desk.customer(number, "confirmation").body["status"] == "resolved"
    assert workshop.ledger("washer").available == 1


def test_a_visit_is_planned_again_and_the_later_plan_holds(desk: Desk, workshop: Workshop) -> None:
    number = workshop.at_home()
    workshop.must(number, "visit", {"place": "on_site", "at": "2026-03-12T02:00:00Z"})
    workshop.must(number, "visit", {"place": "on_site", "at": "2026-03-16T02:00:00Z"})
    desk.later(days=8)
    assert desk.time_out(number)["status"] == "visit_planned"
    assert "overdue" not in desk.steps(number)
    desk.later(days=2)
    desk.time_out(number)
    assert desk.steps(number)[-1] == "overdue"


def test_a_laptop_is_set_right_over_the_telephone(workshop: Workshop) -> None:
    number = workshop.at_home("laptop", **IN_ENGLISH)
    workshop.must(number, "visit", {"place": "remote", "at": "2026-03-10T08:00:00Z", "who": "Tom"})
    workshop.must(number, "diagnosis", COVERED | {"finding": "The driver is out of date."})
    workshop.must(number, "repair-result", DONE | {"message": "We updated the driver together."})
    assert workshop.status(number) == "awaiting_confirmation"


def test_a_repair_at_home_that_costs_something_is_paid_for_first(desk: Desk, workshop: Workshop) -> None:
    number = workshop.at_home("laptop", **IN_ENGLISH)
    workshop.must(number, "diagnosis", SPILLED)
    desk.customer(number, "quote-answer", YES)
    assert workshop.hears(workshop.charge_id(number)).body["status"] == "in_progress"
    workshop.must(number, "repair-result", DONE)
    assert workshop.status(number) == "awaiting_confirmation"


def test_at_home_nothing_is_repaired_that_was_declined_or_not_paid(desk: Desk, workshop: Workshop) -> None:
    number = workshop.at_home("laptop", **IN_ENGLISH)
    workshop.must(number, "diagnosis", SPILLED)
    desk.customer(number, "quote-answer", NO)
    assert workshop.does(number, "repair-result", DONE).problem == "step-not-possible"


def test_what_cannot_be_repaired_at_home_goes_another_way(workshop: Workshop) -> None:
    number = workshop.at_home()
    workshop.must(number, "diagnosis", COVERED)
    workshop.must(number, "visit", {"place": "on_site", "at": "2026-03-12T02:00:00Z"})
    workshop.must(number, "repair-result", IN_VAIN)
    assert workshop.status(number) == "in_progress"
