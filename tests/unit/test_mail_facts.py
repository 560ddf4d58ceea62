"""What a letter says of money, parcels and times, and which events are worth a letter at all."""

from datetime import UTC, datetime
from string import Formatter
from typing import Any

import pytest

from aftersales.applications.lifecycle import STAFF_ONLY, Status, Step, targets
from aftersales.applications.model import Application
from aftersales.messaging.mail import Letter
from aftersales.messaging.words import IN_THE_SAME_STATUS, SAID, TEXTS, WORTH_A_MAIL, is_worth_a_mail
from tests.unit.builders import IN_ENGLISH, NUMBER, application, event, store

LINK = "https://help.lantern.example/track/signed-token"
FRIDAY = datetime(2026, 3, 13, 6, 0, tzinfo=UTC)


def yuan(fen: int) -> dict[str, Any]:
    return {"amount": fen, "currency": "CNY"}


def charge(purpose: str, **more: Any) -> dict[str, Any]:
    return {"charges": [{"charge_id": f"{NUMBER}.5", "purpose": purpose, "amount": yuan(8800)} | more]}


def refund(sequence: int, fen: int) -> dict[str, Any]:
    return {"refund_id": f"{NUMBER}.{sequence}", "total": yuan(fen), "lines": []}


def credit(kind: str, reference: str | None = None) -> dict[str, Any]:
    return {"credit": {"credit_id": f"{NUMBER}.5", "kind": kind, "amount": yuan(2000), "reference": reference}}


OFFER = {"type": "repair", "repair": {"under_warranty": False, "price": yuan(8800)}}
VISIT = {"type": "repair", "repair": {"visit": {"place": "on_site", "at": FRIDAY, "who": "王师傅"}}}
CALL = {"type": "repair", "repair": {"visit": {"place": "remote", "at": FRIDAY}}}
SENT = {"delivery": {"carrier": "顺丰", "tracking_number": "SF8", "sent_at": FRIDAY}}
LABEL = {"label": {"shipment_id": "shp_1", "carrier": "USPS", "url": "https://files.easypost.example/1.pdf"}}
REFUNDS = {"refunds": [refund(6, 2500), refund(9, 9966)]}
UNTIL = "2026年3月16日 10:30 (UTC+8)"
WEEK = "16 March 2026, 10:30 (UTC+8)"

LETTERS: list[tuple[Step, Status, dict[str, Any], dict[str, Any], list[str]]] = [
    (
        Step.DIAGNOSED,
        Status.QUOTE_OFFERED,
        OFFER,
        {},
        ["维修报价：88.00 CNY", f"请在 {UNTIL} 前答复，逾期视为不接受。", LINK],
    ),
    (
        Step.DIAGNOSED,
        Status.QUOTE_OFFERED,
        OFFER | IN_ENGLISH,
        {},
        ["Price of the repair: 88.00 CNY", f"Please answer by {WEEK}"],
    ),
    (
        Step.QUOTE_ACCEPTED,
        Status.AWAITING_PAYMENT,
        charge("repair"),
        {},
        ["应付维修费：88.00 CNY", f"请在 {UNTIL} 前付款"],
    ),
    (
        Step.CHARGE_ORDERED,
        Status.AWAITING_PAYMENT,
        charge("price_difference") | IN_ENGLISH,
        {},
        ["Please pay in the store’s shop", "for what your new goods cost more: 88.00 CNY", f"Please pay by {WEEK}."],
    ),
    (Step.CHARGE_ORDERED, Status.AWAITING_PAYMENT, charge("goods_kept"), {}, ["应付未寄回商品的货款：88.00 CNY"]),
    (Step.CHARGED, Status.IN_REPAIR, charge("repair", outcome="paid"), {}, ["已收到您的付款：88.00 CNY。"]),
    (Step.CHARGE_FAILED, Status.INSPECTED, charge("repair", outcome="failed"), {}, ["我们没有收到您的付款。"]),
    (Step.QUOTE_DECLINED, Status.INSPECTED, OFFER, {}, ["不会收费维修", "例如将商品原样寄回"]),
    (
        Step.NOT_REPAIRABLE,
        Status.INSPECTED,
        charge("repair", outcome="paid", void=True),
        {},
        ["很抱歉，商品无法修好。", "店铺会退回您付过的 88.00 CNY。"],
    ),
    (
        Step.VISIT_PLANNED,
        Status.VISIT_PLANNED,
        VISIT,
        {},
        ["上门时间：2026年3月13日 14:00 (UTC+8)", "服务人员：王师傅"],
    ),
    (Step.VISIT_PLANNED, Status.VISIT_PLANNED, CALL | IN_ENGLISH, {}, ["We contact you: 13 March 2026, 14:00 (UTC+8)"]),
    (Step.REPLACEMENT_SHIPPED, Status.DELIVERING, SENT, {}, ["承运商：顺丰\n运单号：SF8"]),
    (Step.GOODS_DISPATCHED, Status.DELIVERING, SENT | IN_ENGLISH, {}, ["Carrier: 顺丰\nTracking number: SF8"]),
    (
        Step.REPLACEMENT_SHIPPED,
        Status.AWAITING_GOODS,
        SENT | {"settled": True, "replacement": {"replacement_id": "r", "state": "shipped", "lines": []}},
        {},
        ["新商品已提前为您发出", "运单号：SF8", "请在 2026年3月23日 10:30 (UTC+8) 前寄出。"],
    ),
    (Step.REPLACEMENT_FAILED, Status.INSPECTED, {}, {}, ["很抱歉，店铺暂时没有您要的商品。"]),
    (Step.LABEL_ISSUED, Status.AWAITING_GOODS, LABEL, {}, ["贴在包裹上", "https://files.easypost.example/1.pdf"]),
    (Step.ASSIGNED, Status.AWAITING_GOODS, LABEL | IN_ENGLISH, {}, ["https://files.easypost.example/1.pdf"]),
    (Step.REMEDY_CHANGED, Status.INSPECTED, {"type": "return_refund"}, {}, ["处理方式改为：退货退款。"]),
    (
        Step.REFUNDED,
        Status.AWAITING_CONFIRMATION,
        REFUNDS,
        {"data": {"refund_id": f"{NUMBER}.6"}},
        ["已退款：25.00 CNY", f"请在 {UNTIL} 前通过下面的链接确认，或提出异议。届时没有收到您的回复，即视为确认。"],
    ),
    (
        Step.REFUNDED,
        Status.AWAITING_CONFIRMATION,
        REFUNDS | IN_ENGLISH,
        {"data": {"refund_id": f"{NUMBER}.9"}},
        ["Paid back: 99.66 CNY", f"until {WEEK}, or tell us there what is wrong. If we hear nothing, it counts as"],
    ),
    (
        Step.REFUND_FAILED,
        Status.INSPECTED,
        REFUNDS,
        {"data": {"refund_id": f"{NUMBER}.9"}},
        ["退款 99.66 CNY 没有成功。", "您无需操作"],
    ),
    (
        Step.CREDIT_GIVEN,
        Status.AWAITING_CONFIRMATION,
        credit("coupon", "TEA-20"),
        {},
        ["优惠券：TEA-20，价值 20.00 CNY"],
    ),
    (Step.CREDIT_GIVEN, Status.IN_PROGRESS, credit("coupon"), {}, ["优惠券已发放到您的账户，价值 20.00 CNY"]),
    (Step.CREDIT_GIVEN, Status.IN_PROGRESS, credit("points") | IN_ENGLISH, {}, ["points worth 20.00 CNY"]),
    (Step.DELIVERED, Status.AWAITING_CONFIRMATION, SENT, {}, ["您的包裹应已送达。"]),
    (
        Step.COMPLETED,
        Status.AWAITING_CONFIRMATION,
        {"disputed_at": FRIDAY},
        {},
        ["我们已按您的异议重新处理完毕。", f"请在 {UNTIL} 前通过下面的链接确认。"],
    ),
    (Step.DISPUTED, Status.DISPUTED, {"disputed_at": FRIDAY}, {}, ["客服主管正在重新查看您的申请"]),
    (
        Step.DISPUTE_ANSWERED,
        Status.RESOLVED,
        IN_ENGLISH,
        {"actor": {"kind": "staff", "id": "hua"}, "message": "The amount is right."},
        ["this is the final answer", "Message from our team:\nThe amount is right."],
    ),
    (Step.REOPENED, Status.INSPECTED, {}, {}, ["您的申请将重新处理"]),
]


def letter(about: Application, happened: Any) -> Letter:
    return Letter(store(), about, happened, LINK)


@pytest.mark.parametrize(
    ("step", "status", "changes", "more", "sentences"), LETTERS, ids=[f"{row[0]}-{i}" for i, row in enumerate(LETTERS)]
)
def test_a_letter_says_what_the_customer_needs(
    step: Step, status: Status, changes: dict[str, Any], more: dict[str, Any], sentences: list[str]
) -> None:
    text = letter(application(status, **changes), event(step, status_to=status, **more)).text
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_news_names_the_letter() -> None:
    paid = event(Step.REFUNDED, status_to="awaiting_confirmation", data={"refund_id": f"{NUMBER}.6"})
    assert letter(application("awaiting_confirmation", **REFUNDS), paid).subject.endswith("：退款成功")
    done = event(Step.COMPLETED, status_to="awaiting_confirmation")
    assert letter(application("awaiting_confirmation"), done).subject.endswith("：待您确认")


def test_a_label_that_comes_later_leaves_the_time_as_it_was() -> None:
    waiting = application("awaiting_goods", due_at=FRIDAY, **LABEL)
    issued = event(Step.LABEL_ISSUED, status_from="awaiting_goods", status_to="awaiting_goods")
    assert "请在 2026年3月13日 14:00 (UTC+8) 前寄出" in letter(waiting, issued).text


def test_a_refund_that_failed_is_not_called_paid() -> None:
    failed = event(Step.REFUND_FAILED, status_to="inspected", data={"refund_id": f"{NUMBER}.9"})
    text = letter(application("inspected", **REFUNDS), failed).text
    assert "已退款" not in text
    assert "退款金额" not in text


# --- Which are worth one

WORTH_NONE = [
    (Step.ASSIGNED, Status.IN_PROGRESS),
    (Step.ASSIGNED, Status.MANUAL_REVIEW),
    (Step.INFORMATION_GIVEN, Status.IN_PROGRESS),
    (Step.GOODS_SENT, Status.IN_TRANSIT),
    (Step.GOODS_INSPECTED, Status.INSPECTED),
    (Step.REPLACEMENT_ORDERED, Status.REPLACEMENT_ORDERED),
    (Step.CREDIT_ORDERED, Status.CREDIT_ORDERED),
    (Step.DIAGNOSED, Status.IN_REPAIR),
    (Step.PARTS_ARRIVED, Status.IN_REPAIR),
    (Step.REPAIRED, Status.REPAIRED),
    (Step.CONFIRMED, Status.RESOLVED),
    (Step.LABEL_ISSUED, Status.ACCEPTED),
]


@pytest.mark.parametrize(("step", "status"), WORTH_NONE)
def test_what_the_page_tells_is_not_worth_a_mail(step: Step, status: Status) -> None:
    assert not is_worth_a_mail(event(step, status_to=status))


@pytest.mark.parametrize(("step", "status"), [(row[0], row[1]) for row in LETTERS])
def test_what_the_customer_needs_to_know_is(step: Step, status: Status) -> None:
    assert is_worth_a_mail(event(step, status_to=status))


@pytest.mark.parametrize(("step", "status"), WORTH_NONE)
def test_what_staff_write_to_the_customer_always_is(step: Step, status: Status) -> None:
    words = {"actor": {"kind": "staff", "id": "mei"}, "message": "请放心。"}
    assert is_worth_a_mail(event(step, status_to=status, **words))


@pytest.mark.parametrize("step", sorted(STAFF_ONLY))
def test_what_is_for_staff_never_is(step: Step) -> None:
    words = {"actor": {"kind": "staff", "id": "mei"}, "message": "老顾客"}
    assert not is_worth_a_mail(event(step, status_to="approval_wanted", staff_only=True, **words))


def test_the_table_speaks_of_what_can_happen() -> None:
    assert not STAFF_ONLY & WORTH_A_MAIL.keys()
    assert WORTH_A_MAIL.keys() >= IN_THE_SAME_STATUS
    reached = {step: {target for status in Status for target in targets(step, status)} for step in WORTH_A_MAIL}
    assert all(WORTH_A_MAIL[step] & reached[step] for step in WORTH_A_MAIL if step is not Step.FILED)
    assert all(statuses in (frozenset(Status), statuses & reached[step]) for step, statuses in WORTH_A_MAIL.items())


def test_both_languages_say_the_same_with_the_same_values() -> None:
    chinese, english = TEXTS["zh-CN"], TEXTS["en"]
    assert chinese.keys() == english.keys() >= set(SAID.values())
    assert all(values_in(chinese[key]) == values_in(english[key]) for key in chinese)


def values_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name} - {"store"}
