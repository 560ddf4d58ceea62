"""Work about replacements that has effects: brings the desk to where it begins, and gives what is done."""

from tests.integration.decisions import TEAPOT_AND_CUPS, policy_says
from tests.integration.desk import MEI, Desk
from tests.integration.exchanges import ORDER, TOLD, agreed, inspected, replacement_id, sends, shipped, tells
from tests.integration.gateway import Answer, invoke
from tests.integration.test_resends import at_work
from tests.integration.works import Run, Work


def _lanterns(desk: Desk) -> None:
    assert desk.tell_order(ORDER, **TOLD).status == 200


def pay_at_once(desk: Desk) -> Run:
    number = desk.filed(type="refund_only", lines=TEAPOT_AND_CUPS)
    policy_says(number, "accept", *({"line_id": name, "refund_due": "at_once"} for name in ("teapot", "cup")))
    return _proceeding(desk, number)


def set_aside(desk: Desk) -> Run:
    _lanterns(desk)
    return _proceeding(desk, agreed(desk, "lantern-red"))


def send_at_once(desk: Desk) -> Run:
    _lanterns(desk)
    return _proceeding(desk, agreed(desk, refund_due="at_once"))


def _proceeding(desk: Desk, number: str) -> Run:
    task = desk.standing(number)
    return lambda: invoke("proceed", task)


def order_an_exchange(desk: Desk) -> Run:
    _lanterns(desk)
    number = inspected(desk, "as_described", "missing")
    return lambda: desk.staff(MEI, number, "replacement", {}, key="k-1")


def exchange(desk: Desk) -> Run:
    _lanterns(desk)
    number = inspected(desk, "as_described", "missing")
    return _sent_out(desk, number, "shipped")


def exchange_in_vain(desk: Desk) -> Run:
    _lanterns(desk)
    return _sent_out(desk, inspected(desk, "as_described"), "failed")


def send_once_more(desk: Desk) -> Run:
    return _sent_out(desk, at_work(desk), "shipped")


def deliver(desk: Desk) -> Run:
    name = shipped(desk, at_work(desk))
    return lambda: tells(name, "delivered")


def pay_a_difference(desk: Desk) -> Run:
    _lanterns(desk)
    number = inspected(desk, "as_described", sku="lantern-small")
    return lambda: desk.staff(MEI, number, "refund", {}, key="k-1")


def _sent_out(desk: Desk, number: str, outcome: str) -> Run:
    assert sends(desk, number).status == 200
    name = replacement_id(desk, number)

    def tell() -> Answer:
        return tells(name, outcome)

    return tell


REPLACEMENT_WORKS: list[Work] = [
    *(pay_at_once, set_aside, send_at_once, order_an_exchange, exchange, exchange_in_vain),
    *(send_once_more, deliver, pay_a_difference),
]
