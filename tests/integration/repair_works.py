"""Work about repairs and charges that has effects: brings the desk to where it begins, and gives what is done."""

from tests.integration.desk import HUA, Desk
from tests.integration.gateway import invoke
from tests.integration.teahouse import Teahouse
from tests.integration.works import Run, Work
from tests.integration.workshop import COVERED, DONE, HOME, IN_VAIN, Workshop


def ask_for_goods_kept(desk: Desk) -> Run:
    number = Teahouse(desk).paid_early()
    desk.later(days=14)
    task = desk.standing(number)
    return lambda: invoke("waiting", task)


def pay_for_goods_kept(desk: Desk) -> Run:
    teahouse = Teahouse(desk)
    number = teahouse.asked_for_goods()
    return lambda: teahouse.pays(number, 17000)


def pay_for_a_part_of_an_exchange(desk: Desk) -> Run:
    teahouse = Teahouse(desk)
    number = teahouse.replaced_early()
    teahouse.comes_back(number, "as_described", "missing")
    teahouse.must(number, "charge", {})
    return lambda: teahouse.pays(number, 8000)


def ask_for_a_difference(desk: Desk) -> Run:
    number = Teahouse(desk).larger_wanted()
    return lambda: desk.staff(HUA, number, "charge", {}, key="k-1")


def diagnose(desk: Desk) -> Run:
    number = Workshop(desk).received("cooker")
    return lambda: desk.staff(HUA, number, "diagnosis", COVERED, key="k-1")


def accept_an_offer(desk: Desk) -> Run:
    number = Workshop(desk).offered()
    return lambda: desk.customer(number, "quote-answer", {"accept": True}, key="k-1")


def leave_an_offer(desk: Desk) -> Run:
    task = desk.standing(Workshop(desk).offered())
    return lambda: invoke("waiting", task)


def repair_in_vain(desk: Desk) -> Run:
    workshop = Workshop(desk)
    number = workshop.awaiting_payment()
    workshop.hears(workshop.charge_id(number))
    return lambda: desk.staff(HUA, number, "repair-result", IN_VAIN, key="k-1")


def send_home(desk: Desk) -> Run:
    workshop = Workshop(desk)
    number = workshop.in_repair()
    workshop.must(number, "repair-result", DONE)
    return lambda: desk.staff(HUA, number, "dispatch", HOME, key="k-1")


def change_to_a_repair(desk: Desk) -> Run:
    number = Workshop(desk).accepted("cooker", type="exchange")
    other = {"type": "repair", "message": "先为您维修。"}
    return lambda: desk.staff(HUA, number, "remedy", other, key="k-1")


REPAIR_WORKS: list[Work] = [
    *(ask_for_goods_kept, pay_for_goods_kept, pay_for_a_part_of_an_exchange, ask_for_a_difference),
    *(diagnose, accept_an_offer, leave_an_offer, repair_in_vain, send_home, change_to_a_repair),
]
