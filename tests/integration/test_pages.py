"""The page behind the link in a mail: what it says, and which forms it has."""

from collections.abc import Callable

import pytest

from aftersales.applications.lifecycle import Status
from aftersales.applications.words import STATUS
from tests.integration.decisions import TEAPOT_AND_CUPS, TEAPOT_ONLY, appealed, policy_says, rejected
from tests.integration.desk import MEI, Desk
from tests.integration.parcels import LABEL, carried_by_easypost, labelled
from tests.integration.visitor import Page, see, track
from tests.integration.workshop import DONE, HOME, Workshop

ENGLISH = {"language": "en", "description": "The spout is cracked and drips."}


def cancelled(desk: Desk, **changes: str) -> str:
    number = desk.filed(**changes)
    desk.customer(number, "cancellation")
    return number


def received(desk: Desk, **changes: str) -> str:
    number = desk.awaiting_goods(**changes)
    desk.staff(MEI, number, "receipt", {})
    return number


def in_transit(desk: Desk, **changes: str) -> str:
    number = desk.awaiting_goods(**changes)
    desk.customer(number, "parcel", {"carrier": "顺丰", "tracking_number": "SF139"})
    return number


STANDING: dict[Status, Callable[..., str]] = {
    Status.SUBMITTED: Desk.filed,
    Status.ACCEPTED: Desk.accepted,
    Status.IN_PROGRESS: Desk.in_progress,
    Status.INFORMATION_WANTED: Desk.wanted_information,
    Status.AWAITING_GOODS: Desk.awaiting_goods,
    Status.RECEIVED: received,
    Status.INSPECTED: Desk.inspected,
    Status.REFUND_ORDERED: lambda desk, **changes: desk.refund_ordered(**changes)[0],
    Status.IN_TRANSIT: in_transit,
    Status.AWAITING_CONFIRMATION: Desk.paid_back,
    Status.DISPUTED: Desk.disputed,
    Status.RESOLVED: Desk.resolved,
    Status.REJECTED: rejected,
    Status.APPEALED: appealed,
    Status.CANCELLED: cancelled,
}


@pytest.mark.parametrize("status", STANDING)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_page_says_how_it_stands_and_what_comes_next(desk: Desk, status: Status, language: str) -> None:
    desk.hire("mei", languages=["zh-CN", "en"])
    desk.hire("tom", languages=[])
    number = STANDING[status](desk, language=language)
    page = see(track(number))
    words = STATUS[language][status]  # type: ignore[index]
    assert page.status == 200
    assert f'<html lang="{language}">' in page.html
    assert f"<h1>{words.name}</h1>" in page.html
    assert words.next in page.text
    assert number in page.text
    assert ("灯笼茶器" if language == "zh-CN" else "Lantern Tea Ware") in page.text


def test_due_time_is_the_stores_with_its_offset(desk: Desk) -> None:
    page = see(track(desk.wanted_information()))
    assert '<time datetime="2026-03-16T10:30+08:00">2026年3月16日 10:30 (UTC+8)</time>' in page.html
    assert "Asia/Shanghai" in page.text


def test_due_time_follows_summer_time(desk: Desk) -> None:
    desk.register_store("lantern", {"en": "Lantern Tea Ware"}, "America/New_York")
    page = see(track(desk.filed(**ENGLISH)))
    assert "8 March 2026, 22:40 (UTC−4)" in page.text


STEPS_OF_A_REPAIR: list[tuple[Callable[[Workshop], str], str, str]] = [
    (Workshop.offered, "Repair offer", "It can be repaired, but at a price."),
    (Workshop.awaiting_payment, "Waiting for your payment", "Please pay in the store’s shop; then we go on."),
    (Workshop.in_repair, "维修中", "师傅正在维修您的商品，修好后会寄回给您。"),
    (lambda shop: after(shop, ("parts", {"message": "缺货"})), "等待配件", "维修所需的配件已在订购"),
    (lambda shop: after(shop, ("repair-result", DONE)), "已修好", "您的商品已修好，马上寄回给您。"),
    (lambda shop: after(shop, ("repair-result", DONE), ("dispatch", HOME)), "配送中", "您的包裹正在路上。"),
]


def after(shop: Workshop, *steps: tuple[str, object]) -> str:
    number = shop.in_repair()
    for action, body in steps:
        shop.must(number, action, body)
    return number


@pytest.mark.parametrize(("standing", "title", "sentence"), STEPS_OF_A_REPAIR, ids=[s[1] for s in STEPS_OF_A_REPAIR])
def test_each_step_of_a_repair_says_what_comes_next(
    desk: Desk, standing: Callable[[Workshop], str], title: str, sentence: str
) -> None:
    page = see(track(standing(Workshop(desk))))
    assert f"<h1>{title}</h1>" in page.html
    assert sentence in page.text


def test_a_label_is_printed_and_its_number_need_not_be_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with carried_by_easypost(desk, monkeypatch):
        page = see(track(labelled(desk)))
    assert "请打印我们为您准备的运单，贴在包裹上寄回商品。" in page.text
    assert f"寄回运单（USPS {LABEL}）已备好。" in page.text
    assert '<a class="button" href="https://files.easypost.example/label/1.pdf" rel="noreferrer">' in page.html


def test_who_is_late_is_said(desk: Desk) -> None:
    number = desk.in_progress()
    assert "预计在此时间前有进展" in see(track(number)).text
    desk.later(days=3)
    assert "我们正在加紧处理" in see(track(number)).text


def test_a_final_status_has_no_due_time(desk: Desk) -> None:
    assert "UTC+8)" not in see(track(cancelled(desk))).text.partition("处理进度")[0]


def test_reasons_refund_and_photos(desk: Desk) -> None:
    filed = desk.file(type="refund_only", photos=[{"media_type": "image/png", "size": 10}]).body
    number = filed["number"]
    desk.photo_arrives(number, filed["uploads"][0]["photo_id"])
    desk.review(number)
    desk.assign(number)
    desk.orders_refund(number)
    text = see(track(number)).text
    assert "符合本店售后条款" in text
    assert "退款金额 99.66 CNY" in text
    assert "已收到 1 个" in text
    assert "紫砂壶 Zisha teapot × 1，质量问题" in text


SOLD = {"title": "紫砂壶 Zisha teapot", "quantity": 2, "price": 12000, "discount": 4000, "paid": 20000}


@pytest.mark.parametrize(
    ("language", "made_up"),
    [
        ("zh-CN", "退款明细 紫砂壶 Zisha teapot · 商品原价 120.00 CNY 紫砂壶 Zisha teapot · 商品优惠 -20.00 CNY"),
        ("en", "How the refund is made up 紫砂壶 Zisha teapot · Price 120.00 CNY"),
    ],
)
def test_a_refund_says_how_it_is_made_up(desk: Desk, language: str, made_up: str) -> None:
    desk.hire("mei", languages=[language])
    desk.leaves("tom")
    desk.tell_order("LT-3003", lines=[{"line_id": "teapot", **SOLD}])
    number, _ = desk.refund_ordered(order_number="LT-3003", language=language)
    text = see(track(number)).text
    assert made_up in text
    assert "100.00 CNY" in text


def test_a_refund_of_one_part_needs_no_list(desk: Desk) -> None:
    assert "退款明细" not in see(track(desk.refund_ordered()[0])).text


def test_timeline_is_newest_first_and_says_who(desk: Desk) -> None:
    timeline = see(track(desk.wanted_information())).text.partition("处理进度")[2]
    assert timeline.index("请求补充资料") < timeline.index("安排专员") < timeline.index("提交申请")
    assert "请求补充资料 2026年3月9日 10:30 · 售后专员 请拍一张壶嘴的照片。" in timeline
    assert "提交申请 2026年3月9日 10:30 · 您" in timeline


def test_what_is_for_staff_stays_with_staff(desk: Desk) -> None:
    number = desk.in_progress()
    desk.staff(MEI, number, "notes", {"message": "这位顾客很着急。"})
    text = see(track(number)).text
    assert "很着急" not in text
    assert "内部备注" not in text


def test_what_people_wrote_is_text_and_not_markup(desk: Desk) -> None:
    page = see(track(desk.filed(description='<img src=x onerror="alert(1)"> & co')))
    assert "<img" not in page.html
    assert '<img src=x onerror="alert(1)"> & co' in page.text


@pytest.mark.parametrize(("language", "heading"), [("zh-CN", "未通过的商品"), ("en", "Items not accepted")])
def test_what_was_refused_stands_beside_what_was_accepted(desk: Desk, language: str, heading: str) -> None:
    number = desk.filed(lines=TEAPOT_AND_CUPS, language=language)
    assert heading not in see(track(number)).text
    policy_says(number, "partly_accept", *TEAPOT_ONLY)
    accepted, _, refused = see(track(number)).text.partition(heading)
    assert "紫砂壶 Zisha teapot" in accepted
    assert "品茗杯 Tasting cup" in refused
    assert "品茗杯 Tasting cup" not in accepted


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh-CN", "请只寄回已受理的商品"), ("en", "Please send only the items that were accepted")],
)
def test_what_was_refused_is_not_to_be_sent(desk: Desk, language: str, sentence: str) -> None:
    desk.hire("mei", languages=["zh-CN", "en"])
    number = desk.filed(lines=TEAPOT_AND_CUPS, language=language)
    policy_says(number, "partly_accept", *TEAPOT_ONLY)
    assert sentence not in see(track(number)).text
    desk.assign(number)
    assert sentence in see(track(number)).text
    assert sentence not in see(track(desk.awaiting_goods(language=language))).text


def actions(page: Page) -> set[str]:
    return {form.rpartition("/")[2] for form in page.forms}


@pytest.mark.parametrize(
    ("standing", "forms"),
    [
        (Desk.filed, {"cancellation"}),
        (Desk.wanted_information, {"cancellation", "information"}),
        (Desk.awaiting_goods, {"cancellation", "parcel"}),
        (in_transit, {"cancellation", "parcel"}),
        (Desk.inspected, set()),
        (Desk.paid_back, {"confirmation", "dispute"}),
        (Desk.disputed, set()),
        (Desk.resolved, set()),
        (rejected, {"appeal"}),
        (appealed, {"cancellation"}),
    ],
)
def test_page_offers_what_is_possible(desk: Desk, standing: Callable[[Desk], str], forms: set[str]) -> None:
    page = see(track(standing(desk)))
    assert actions(page) == forms
    assert all(form.startswith(page.path + "/") for form in page.forms)
