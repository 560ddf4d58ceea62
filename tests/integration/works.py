"""Every piece of work that has effects: brings the desk to where it begins, and gives what is done, and done again."""

from collections.abc import Callable
from typing import Any

from aftersales.aws import client
from aftersales.settings import Setting
from tests.integration.decisions import TEAPOT_AND_CUPS, TEAPOT_ONLY, appealed, policy_says, rejected, under_review
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import call, customer, invoke

Run = Callable[[], object]
Work = Callable[[Desk], Run]

DAMAGED = {"lines": [{"line_id": "teapot", "quantity": 1, "condition": "damaged"}]}
LANTERNS: dict[str, Any] = {
    "changed_at": "2026-03-08T10:00:00Z",
    "lines": [{"line_id": "lantern", "title": "山雀露营灯", "quantity": 2, "paid": 23800}],
    "shipping": 1200,
    "tenders": [{"kind": "card", "amount": 20000}, {"kind": "points", "amount": 5000}],
}
CUP_KEPT = {"type": "refund_only", "lines": [{"line_id": "cup", "quantity": 1, "reason": "changed_mind"}]}


def file(desk: Desk) -> Run:
    return lambda: desk.file(key="k-1")


def file_a_complaint(desk: Desk) -> Run:
    return lambda: desk.file(key="k-1", type="complaint", lines=[])


def tell_a_new_order(desk: Desk) -> Run:
    return lambda: desk.tell_order("LT-2002")


def tell_an_order_otherwise(desk: Desk) -> Run:
    desk.filed()
    lines = [line | {"quantity": 9, "paid": 90000} for line in desk.order_body()["lines"]]
    return lambda: desk.tell_order(changed_at="2026-03-08T12:00:00Z", lines=lines)


def accept(desk: Desk) -> Run:
    task = desk.standing(desk.filed())
    return lambda: invoke("review", task)


def reject(desk: Desk) -> Run:
    task = desk.standing(desk.filed(lines=[{"line_id": "card", "quantity": 1, "reason": "other"}]))
    return lambda: invoke("review", task)


def assign(desk: Desk) -> Run:
    number = desk.accepted()
    message = desk.standing(number) | {"token": "t-1"}
    return lambda: desk.delivered("assignment", message)


def leave_in_the_backlog(desk: Desk) -> Run:
    desk.is_now(MEI, "away")
    return assign(desk)


def claim(desk: Desk) -> Run:
    number = desk.accepted()
    return lambda: desk.staff(TOM, number, "claim", key="k-1")


def ask(desk: Desk) -> Run:
    number = desk.in_progress()
    return lambda: desk.staff(MEI, number, "information-request", {"message": "?"}, key="k-1")


def write(desk: Desk) -> Run:
    number = desk.in_progress()
    return lambda: desk.staff(MEI, number, "message", {"message": "请先断电"}, key="k-1")


def answer(desk: Desk) -> Run:
    number = desk.wanted_information()
    return lambda: desk.customer(number, "information", {"message": "!"}, key="k-1")


def decide(desk: Desk) -> Run:
    number = desk.filed(**CUP_KEPT)
    desk.review(number)
    desk.assign(number)
    return lambda: desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "旧"}, key="k-1")


def decide_in_part(desk: Desk) -> Run:
    number = under_review(desk, lines=TEAPOT_AND_CUPS)
    partly = {"outcome": "partly_accept", "accepted_lines": ["teapot"], "message": "杯子不退"}
    return lambda: desk.staff(MEI, number, "decision", partly, key="k-1")


def accept_in_part(desk: Desk) -> Run:
    number = desk.filed(lines=TEAPOT_AND_CUPS)

    def by_policy() -> None:
        if desk.application(number).status == "submitted":
            policy_says(number, "partly_accept", *TEAPOT_ONLY)

    return by_policy


def appeal(desk: Desk) -> Run:
    number = rejected(desk)
    return lambda: desk.customer(number, "appeal", {"message": "本来就裂"}, key="k-1")


def assign_an_appeal(desk: Desk) -> Run:
    number = desk.filed()
    policy_says(number, "reject", appeal_until=desk.clock.now())
    desk.customer(number, "appeal", {"message": "本来就裂"})
    message = desk.standing(number) | {"token": "t-1"}
    return lambda: desk.delivered("assignment", message)


def answer_an_appeal(desk: Desk) -> Run:
    number = appealed(desk)
    return lambda: desk.staff(HUA, number, "decision", {"outcome": "accept", "message": "同意"}, key="k-1")


def send_parcel(desk: Desk) -> Run:
    number = desk.awaiting_goods()
    parcel = {"carrier": "顺丰", "tracking_number": "SF1"}
    return lambda: desk.customer(number, "parcel", parcel, key="k-1")


def receive(desk: Desk) -> Run:
    number = desk.awaiting_goods()
    return lambda: desk.staff(MEI, number, "receipt", {}, key="k-1")


def inspect(desk: Desk) -> Run:
    number = desk.awaiting_goods()
    desk.staff(MEI, number, "receipt", {})
    return lambda: desk.staff(MEI, number, "inspection", DAMAGED, key="k-1")


def order_refund(desk: Desk) -> Run:
    number = desk.in_progress()
    return lambda: desk.staff(MEI, number, "refund", {}, key="k-1")


def partly_returned(desk: Desk) -> str:
    """Of two lanterns one came back, used, on terms with a fee. There is shipping, and points were spent."""
    desk.tell_order(**LANTERNS)
    number = desk.filed(lines=[{"line_id": "lantern", "quantity": 2, "reason": "changed_mind"}])
    policy_says(number, "accept", {"line_id": "lantern", "restocking_fee": 15})
    desk.assign(number)
    desk.staff(MEI, number, "receipt", {})
    seen = [{"line_id": "lantern", "quantity": 1, "condition": state} for state in ("used", "missing")]
    desk.staff(MEI, number, "inspection", {"lines": seen})
    return number


def order_refund_of_a_part(desk: Desk) -> Run:
    number = partly_returned(desk)
    less = {"amount": {"amount": 9000, "currency": "CNY"}, "message": "壶盖有使用痕迹。"}
    return lambda: desk.staff(MEI, number, "refund", less, key="k-1")


def confirm_a_part(desk: Desk) -> Run:
    refund_id = desk.orders_refund(partly_returned(desk))
    return lambda: desk.confirm(refund_id, amount={"amount": 10115, "currency": "CNY"})


def fail_a_part(desk: Desk) -> Run:
    refund_id = desk.orders_refund(partly_returned(desk))
    return lambda: desk.confirm(refund_id, outcome="failed", amount={"amount": 10115, "currency": "CNY"})


def confirm_paid(desk: Desk) -> Run:
    _, refund_id = desk.refund_ordered()
    return lambda: desk.confirm(refund_id)


def confirm_failed(desk: Desk) -> Run:
    _, refund_id = desk.refund_ordered()
    return lambda: desk.confirm(refund_id, outcome="failed")


def complete(desk: Desk) -> Run:
    number = desk.in_progress(type="complaint", lines=[])
    return lambda: desk.staff(MEI, number, "completion", {"message": "已与物流核实，感谢反馈。"}, key="k-1")


def note(desk: Desk) -> Run:
    number = desk.in_progress()
    return lambda: desk.staff(MEI, number, "notes", {"message": "老顾客"}, key="k-1")


def cancel(desk: Desk) -> Run:
    number = desk.awaiting_goods()
    return lambda: desk.customer(number, "cancellation", key="k-1")


def attach(desk: Desk) -> Run:
    number = desk.filed()
    key, bucket = f"applications/{number}/photo-1", Setting.PHOTOS_BUCKET.read()
    client("s3").put_object(Bucket=bucket, Key=key, Body=b"...", ContentType="image/png")
    return lambda: invoke("evidence", {"detail": {"object": {"key": key}}})


def wait(desk: Desk) -> Run:
    task = desk.standing(desk.awaiting_goods()) | {"token": "t-1"}
    return lambda: invoke("waiting", task)


def wait_too_late(desk: Desk) -> Run:
    number = desk.awaiting_goods()
    task = desk.standing(number) | {"token": "t-1"}
    desk.staff(MEI, number, "receipt", {})
    return lambda: invoke("waiting", task)


def expire(desk: Desk) -> Run:
    task = desk.standing(desk.awaiting_goods())
    return lambda: invoke("waiting", task)


def become_overdue(desk: Desk) -> Run:
    task = desk.standing(desk.in_progress())
    return lambda: invoke("waiting", task)


def publish_the_first(desk: Desk) -> Run:
    batch = desk.stream(*desk.timeline(desk.filed()))
    return lambda: invoke("publisher", batch)


def publish_an_appeal(desk: Desk) -> Run:
    number = rejected(desk)
    desk.relay(number)
    desk.customer(number, "appeal", {"message": "本来就裂"})
    batch = desk.stream(desk.timeline(number)[-1])
    return lambda: invoke("publisher", batch)


def publish_what_is_waited_for(desk: Desk) -> Run:
    number = desk.awaiting_goods()
    desk.relay(number)
    desk.waits(number, "t-1")
    desk.staff(MEI, number, "receipt", {})
    desk.staff(MEI, number, "inspection", DAMAGED)
    batch = desk.stream(*desk.timeline(number)[-2:])
    return lambda: invoke("publisher", batch)


def invite(desk: Desk) -> Run:
    task = desk.standing(desk.resolved())
    return lambda: invoke("survey_invitation", task)


def answer_the_survey(desk: Desk) -> Run:
    number = desk.resolved()
    invoke("survey_invitation", desk.standing(number))
    scores: dict[str, Any] = {"satisfaction": 5, "effort": 5}
    return lambda: call(customer(number), "POST", f"/applications/{number}/survey", scores, key="k-1")


def plan(desk: Desk) -> Run:
    number = desk.resolved()
    return lambda: invoke("followup", {"number": number})


def fall_due(desk: Desk) -> Run:
    number = desk.resolved()
    invoke("followup", {"number": number})
    return lambda: invoke("followup", {"number": number, "due": True})


def call_back(desk: Desk) -> Run:
    number = desk.resolved()
    invoke("followup", {"number": number, "due": True})
    return lambda: desk.staff(MEI, number, "follow-up", {"message": "满意"}, key="k-1")


RECORDED_AGAIN: list[Work] = [send_parcel, note, write]
"""What the lifecycle lets happen more than once: a repetition after a crash is one more entry on the timeline."""

PUBLISHING: list[Work] = [publish_the_first, publish_an_appeal, publish_what_is_waited_for]
WORKS: list[Work] = [
    *(file, file_a_complaint, tell_a_new_order, tell_an_order_otherwise),
    *(accept, reject, assign, leave_in_the_backlog, claim, ask, answer, decide),
    *(decide_in_part, accept_in_part, appeal, assign_an_appeal, answer_an_appeal),
    *(receive, inspect, order_refund, confirm_paid, confirm_failed, complete, cancel, attach),
    *(order_refund_of_a_part, confirm_a_part, fail_a_part),
    *(wait, wait_too_late, expire, become_overdue, *PUBLISHING),
    *(invite, answer_the_survey, plan, fall_due, call_back),
]
