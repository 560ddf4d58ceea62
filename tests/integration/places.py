"""Where a case may stand: at least one for every status, and some more that differ in what was done before."""

from collections.abc import Callable
from operator import methodcaller
from typing import Any

from aftersales.identity.principal import Principal
from tests.integration.decisions import appealed, policy_says, rejected, under_review
from tests.integration.desk import HUA, MEI, Desk, yuan
from tests.integration.gateway import invoke

Body = dict[str, Any]
WORDS = {"message": "已与您电话沟通。"}
PARCEL = {"carrier": "顺丰速运", "tracking_number": "SF1390276645120"}
FOUND = {"finding": "壶盖有裂纹，可以修复。", "repairable": True}
GIFT = {"kind": "refund", "amount": yuan(100), "message": "抱歉。"}
LARGE_AND_SMALL = [{"sku": "TP-L", "title": "大号", "price": 12000}, {"sku": "TP-S", "title": "小号", "price": 8000}]


def done(desk: Desk, number: str, action: str, body: Body, who: Principal = MEI) -> str:
    answer = desk.staff(who, number, action, body)
    assert answer.status == 200, answer.body
    return number


def in_transit(desk: Desk) -> str:
    number = desk.awaiting_goods()
    desk.customer(number, "parcel", PARCEL)
    return number


def received(desk: Desk, **changes: Any) -> str:
    number = desk.awaiting_goods(**changes)
    return done(desk, number, "receipt", {})


def complaint(desk: Desk) -> str:
    return desk.in_progress(type="complaint", lines=[])


def refund_failed(desk: Desk) -> str:
    number, refund_id = desk.refund_ordered()
    desk.confirm(refund_id, outcome="failed")
    return number


def early(desk: Desk, **changes: Any) -> str:
    """Everything is due at once, and the goods are on their way."""
    number = desk.filed(**changes)
    policy_says(number, "accept", {"line_id": "teapot", "refund_due": "at_once"})
    desk.assign(number)
    desk.customer(number, "parcel", PARCEL)
    return number


def paid_before_the_goods_came(desk: Desk) -> str:
    number = early(desk)
    desk.confirm(desk.orders_refund(number))
    return number


def received_while_it_is_paid(desk: Desk) -> str:
    number = early(desk)
    desk.orders_refund(number)
    return done(desk, number, "receipt", {})


def paid_and_missing(desk: Desk) -> str:
    number = paid_before_the_goods_came(desk)
    done(desk, number, "receipt", {})
    missing = {"line_id": "teapot", "quantity": 1, "condition": "missing"}
    return done(desk, number, "inspection", {"lines": [missing]})


def awaiting_payment(desk: Desk) -> str:
    number = paid_and_missing(desk)
    return done(desk, number, "charge", {})


def nothing_came_back(desk: Desk) -> str:
    number = received(desk)
    missing = {"line_id": "teapot", "quantity": 1, "condition": "missing"}
    return done(desk, number, "inspection", {"lines": [missing]})


def exchange(desk: Desk, sku: str | None = None) -> str:
    """Inspected; another size is wanted, or the same."""
    teapot = {"price": 10000, "discount": 100, "variants": LARGE_AND_SMALL}
    lines = [line | (teapot if line["line_id"] == "teapot" else {}) for line in desk.order_body()["lines"]]
    desk.tell_order(changed_at="2026-03-08T12:00:00Z", lines=lines)
    wanted = {"line_id": "teapot", "quantity": 1, "reason": "wrong_size"} | ({"variant": sku} if sku else {})
    return desk.inspected(type="exchange", lines=[wanted])


def dearer(desk: Desk) -> str:
    return exchange(desk, "TP-L")


def cheaper(desk: Desk) -> str:
    return exchange(desk, "TP-S")


def set_aside(desk: Desk) -> str:
    number = desk.accepted(type="exchange")
    invoke("proceed", desk.standing(number))
    desk.assign(number)
    return number


def replacement_ordered(desk: Desk, **changes: Any) -> str:
    number = desk.in_progress(**{"type": "resend"} | changes)
    return done(desk, number, "replacement", {})


def tells_of_replacement(desk: Desk, number: str, **told: Any) -> None:
    replacement = desk.application(number).replacement
    assert replacement
    told = {"replacement_id": replacement.replacement_id} | told
    done(desk, number, "replacement-confirmation", told)


def replacement_failed(desk: Desk) -> str:
    number = replacement_ordered(desk)
    tells_of_replacement(desk, number, outcome="failed")
    return number


def delivering(desk: Desk) -> str:
    number = replacement_ordered(desk)
    tells_of_replacement(desk, number, outcome="shipped", **PARCEL)
    return number


def approval_wanted(desk: Desk) -> str:
    number = desk.in_progress()
    return done(desk, number, "compensation", GIFT)


def credit_ordered(desk: Desk) -> str:
    number = complaint(desk)
    return done(desk, number, "compensation", GIFT | {"kind": "coupon"}, HUA)


def to_repair(desk: Desk) -> str:
    return received(desk, type="repair")


def quote_offered(desk: Desk) -> str:
    number = to_repair(desk)
    return done(desk, number, "diagnosis", FOUND | {"under_warranty": False, "price": yuan(3000)})


def repair_not_paid(desk: Desk) -> str:
    number = quote_offered(desk)
    desk.customer(number, "quote-answer", {"accept": True})
    return number


def in_repair(desk: Desk) -> str:
    number = to_repair(desk)
    return done(desk, number, "diagnosis", FOUND | {"under_warranty": True})


def awaiting_parts(desk: Desk) -> str:
    number = in_repair(desk)
    return done(desk, number, "parts", WORDS)


def repaired(desk: Desk) -> str:
    number = in_repair(desk)
    return done(desk, number, "repair-result", {"outcome": "repaired", "message": "已修复。"})


def not_repairable(desk: Desk) -> str:
    number = in_repair(desk)
    return done(desk, number, "repair-result", {"outcome": "not_repairable", "message": "无法修复。"})


def on_site(desk: Desk) -> str:
    number = desk.filed(type="repair")
    policy_says(number, "accept", {"line_id": "teapot", "send_back": False})
    desk.assign(number)
    return number


def visit_planned(desk: Desk) -> str:
    number = on_site(desk)
    return done(desk, number, "visit", {"place": "on_site", "at": "2026-03-12T02:00:00Z"})


def dispatched(desk: Desk) -> str:
    number = repaired(desk)
    return done(desk, number, "dispatch", PARCEL)


def reopened(desk: Desk) -> str:
    number = desk.disputed()
    return done(desk, number, "dispute-answer", {"outcome": "reopened", "message": "我们再核对一次。"}, HUA)


def replacement_disputed(desk: Desk) -> str:
    """The parcel never came."""
    number = delivering(desk)
    desk.customer(number, "dispute", {"message": "包裹丢失了。"})
    return done(desk, number, "dispute-answer", {"outcome": "reopened", "message": "我们联系承运商。"}, HUA)


def exchange_disputed(desk: Desk) -> str:
    """The other one is cracked too."""
    number = exchange(desk)
    done(desk, number, "replacement", {})
    tells_of_replacement(desk, number, outcome="shipped", **PARCEL)
    tells_of_replacement(desk, number, outcome="delivered")
    desk.customer(number, "dispute", {"message": "换来的壶也有裂纹。"})
    return done(desk, number, "dispute-answer", {"outcome": "reopened", "message": "给您再寄一把。"}, HUA)


def call_is_due(desk: Desk) -> str:
    number = desk.resolved()
    invoke("followup", {"number": number})
    invoke("followup", {"number": number, "due": True})
    return number


def cancelled(desk: Desk) -> str:
    number = desk.filed()
    desk.customer(number, "cancellation")
    return number


def expired(desk: Desk) -> str:
    number = desk.awaiting_goods()
    desk.later(days=14)
    desk.time_out(number)
    return number


OF_THE_DESK = (
    *("filed", "accepted", "in_progress", "awaiting_goods", "inspected", "wanted_information"),
    *("paid_back", "disputed", "resolved"),
)

PLACES: dict[str, Callable[[Desk], str]] = {
    **{name: methodcaller(name) for name in OF_THE_DESK},
    "refund_ordered": lambda desk: desk.refund_ordered()[0],
    **{
        place.__name__: place
        for place in (
            *(under_review, rejected, appealed, in_transit, received, complaint, refund_failed, early),
            *(paid_before_the_goods_came, received_while_it_is_paid, paid_and_missing, awaiting_payment),
            *(nothing_came_back, exchange, dearer, cheaper, set_aside, replacement_ordered, replacement_failed),
            *(delivering, approval_wanted, credit_ordered, to_repair, quote_offered, repair_not_paid, in_repair),
            *(awaiting_parts, repaired, not_repairable, on_site, visit_planned, dispatched, reopened),
            *(replacement_disputed, exchange_disputed, call_is_due, cancelled, expired),
        )
    },
}
