"""What a case's page tells: in words, in order, and nothing that did not happen."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from aftersales.sla.refresh import refresh
from tests.integration import exchanges
from tests.integration.decisions import under_review
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.desk_visitor import Visitor, form_of, steps_on, token
from tests.integration.gifts import COMPLAINT, gives
from tests.integration.visitor import Page

pytestmark = pytest.mark.usefixtures("staff_pool")


@pytest.fixture
def mei(desk: Desk) -> Visitor:
    """She may give thirty yuan alone."""
    desk.hire("mei", languages=["zh-CN"], may_give={"CNY": 3000})
    return Visitor(access_token=token("mei", "agent"))


@pytest.fixture
def hua(desk: Desk) -> Visitor:
    """Who leads."""
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True)
    return Visitor("en", token("hua", "lead"))


def case(visitor: Visitor, number: str) -> Page:
    return visitor.sees(f"/desk/cases/{number}")


def fills(visitor: Visitor, number: str, step: str, **fields: object) -> Page:
    return visitor.fills(case(visitor, number), step, fields)


# --- what was recorded


def test_what_a_lead_has_to_approve_is_not_said_to_be_given(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    number = desk.in_progress(**COMPLAINT)
    sent = fills(mei, number, "compensation", kind="coupon", amount="50", message="抱歉。")
    assert "已记录：提出补偿方案 · 待主管审批 · 优惠券 · 50.00 CNY" in mei.sees(sent.goes_on_to).text
    sent = fills(hua, number, "compensation-approval", approved="false", reason="20 will do.")
    assert "Recorded: Compensation not approved · In progress" in hua.sees(sent.goes_on_to).text


def test_nothing_is_said_to_be_recorded_of_who_did_nothing(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    for done in ("claim", "refund", "<b>"):
        assert "已记录" not in mei.sees(f"/desk/cases/{number}?done={done}").text


# --- what the customer says and shows


def test_their_newest_words_come_first_and_all_of_them_before_the_actions(desk: Desk, mei: Visitor) -> None:
    number = desk.wanted_information()
    desk.customer(number, "information", {"message": "照片已补，请查收。"})
    text = case(mei, number).text
    places = [text.index(words) for words in ("补充资料 新", "照片已补", "最初的描述", "壶嘴有裂纹", "可做的操作")]
    assert places == sorted(places)
    desk.staff(MEI, number, "information-request", {"message": "还需要一张底部的照片。"})
    assert "补充资料 新" not in case(mei, number).text


def test_photos_are_seen_and_videos_are_links_with_their_size(desk: Desk, mei: Visitor) -> None:
    kinds = ["image/png", "video/mp4", "image/heic"]
    answer = desk.file(photos=[{"media_type": kind, "size": 1000} for kind in kinds]).body
    for upload, kind in zip(answer["uploads"], kinds, strict=True):
        desk.photo_arrives(answer["number"], upload["photo_id"], kind)
    page = case(mei, answer["number"])
    [(source, name)] = re.findall(r'<img src="([^"]+)" loading="lazy" alt="([^"]+)">', page.html)
    assert f'<a href="{source}" target="_blank" rel="noopener noreferrer"><img ' in page.html
    assert (name, "2. mp4，0.0 KB" in page.text, "3. heic，0.0 KB" in page.text) == ("照片 1", True, True)
    [allowed] = re.findall(r"img-src ([^;]+)", page.headers["Content-Security-Policy"])
    place = urlsplit(source)
    assert allowed == f"{place.scheme}://{place.netloc}"


def test_without_photos_the_browser_loads_no_picture(desk: Desk, mei: Visitor) -> None:
    assert "img-src" not in case(mei, desk.in_progress()).headers["Content-Security-Policy"]


# --- by when, and since when


def test_what_is_due_first_stands_out_with_what_happens_then(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    refresh(number)
    page = case(mei, number)
    [first] = re.findall(r'<div class="first">(.*?)</div>', page.html, re.DOTALL)
    assert all(words in first for words in ("处理间隔期限", "data-due", "届时转给其他人。"))
    assert "解决期限 还剩" in page.text
    assert "届时提高优先级并通知主管。" in page.text


def test_a_time_of_the_other_half_year_says_how_far_it_is_from_utc(desk: Desk, mei: Visitor) -> None:
    desk.register_store("lantern", {"en": "Lantern Tea Ware"}, "Europe/Berlin")
    number = desk.in_progress()
    assert "2026年3月9日 03:30 ·" in case(mei, number).text
    desk.later(days=60)
    text = case(mei, number).text
    assert "2026年3月9日 03:30 (UTC+1) ·" in text
    assert "时间按 Europe/Berlin（UTC+2）" in text


# --- what was known, and by whom


def test_what_the_policy_knew_is_told_in_words(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    number = desk.in_progress()
    for shown in ("申请类型 仅退款", "提交渠道 网页", "原因 质量问题", "已送达 是", "实付金额 99.66 CNY"):
        assert shown in case(mei, number).text, shown
    assert "Paid for them 99.66 CNY" in case(hua, number).text


def test_a_reason_without_words_of_its_own_goes_by_its_code(desk: Desk, mei: Visitor) -> None:
    page = case(mei, under_review(desk))
    assert "请上传一张能看到裂纹的照片。" in page.text
    assert "<dd><small>teapot_rule</small></dd>" in page.html
    assert "photo_needed" not in page.html


def test_what_the_storefront_does_is_done_in_the_stores_name(desk: Desk, mei: Visitor) -> None:
    assert "PAY-77" in (text := case(mei, desk.paid_back()).text)
    assert "· 灯笼茶器" in text


def test_goods_and_their_way_back_are_no_matter_of_a_complaint(desk: Desk, mei: Visitor) -> None:
    assert "退货运费承担" not in case(mei, desk.in_progress(**COMPLAINT)).text
    assert "退货运费承担" in case(mei, desk.in_progress()).text


# --- money


def test_what_cannot_be_paid_back_yet_says_so(desk: Desk, mei: Visitor) -> None:
    """Also to who does not have the case."""
    tom = Visitor(access_token=token("tom", "agent"))
    now = desk.in_progress()
    for visitor in (mei, tom):
        assert "现在可退" in case(visitor, now).text
    assert "预计退款（现在还不能退）" in case(mei, desk.awaiting_goods()).text


def test_what_was_paid_for_a_dearer_exchange_is_called_so(desk: Desk, mei: Visitor) -> None:
    desk.tell_order(exchanges.ORDER, **exchanges.TOLD)
    number = exchanges.inspected(desk, "as_described", sku="lantern-twin")
    assert "换货差价" in case(mei, number).text
    desk.staff(MEI, number, "charge", {})
    charge = desk.application(number).charge
    assert charge
    told = {"charge_id": charge.charge_id, "outcome": "paid", "amount": charge.amount.document(), "reference": "PAY-5"}
    assert desk.staff(HUA, number, "charge-confirmation", told).status == 200
    text = case(mei, number).text
    assert "已付或已退的差价 30.00 CNY" in text
    assert "验货" not in text.partition("换货差价")[2].partition("合计")[0]


def test_how_much_is_left_to_give_alone_is_said_where_it_is_given(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    number = desk.in_progress(**COMPLAINT)
    assert "您可以自己决定 30.00 CNY" in form_of(case(mei, number), "compensation")
    gives(desk, number, 2000)
    desk.confirm(desk.refund_id(number), amount={"amount": 2000, "currency": "CNY"})
    desk.customer(number, "dispute", {"message": "只退了一部分。"})
    desk.staff(HUA, number, "dispute-answer", {"outcome": "reopened", "message": "我们再看一下。"})
    desk.staff(HUA, number, "transfer", {"member_id": "mei"})
    assert "您可以自己决定 10.00 CNY" in form_of(case(mei, number), "compensation")
    assert "on your own" not in form_of(case(hua, number), "compensation")


def test_who_has_no_limit_of_their_own_needs_a_lead(desk: Desk) -> None:
    page = case(Visitor(access_token=token("mei", "agent")), desk.in_progress(**COMPLAINT))
    assert "此项须由主管审批。" in form_of(page, "compensation")


# --- what waits, and what is not all


def test_what_waits_for_a_department_says_for_which(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress(**COMPLAINT)
    wanted = {"department": "finance", "due_at": "2026-03-10T12:00", "message": "请核实付款记录。"}
    assert fills(mei, number, "tasks", **wanted).status == 303
    page = case(mei, number)
    assert "completion" not in steps_on(page)
    assert "答复并办结：等待财务完成任务。" in page.text


def test_of_many_cases_of_a_customer_the_page_says_that_it_lists_the_latest(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    assert "只列出最近的申请" not in case(mei, number).text
    desk.later(minutes=5)
    for _ in range(11):
        desk.filed(**COMPLAINT)
    page = case(mei, number)
    assert "只列出最近的申请，最多 10 件。" in page.text
    assert len([link for link in page.links if link.startswith("/desk/cases/")]) == 10


# --- words that would steer


def test_characters_that_steer_are_shown_and_do_nothing(desk: Desk, mei: Visitor) -> None:
    contact: dict[str, Any] = {"name": "李\u202e娜\u0007", "email": "li.na@mail.example"}
    page = case(mei, desk.in_progress(contact=contact, description="漏水\u2066。\n第二行"))
    assert "<bdi>李\ufffd娜\ufffd</bdi>" in page.html
    assert "漏水\ufffd。\n第二行" in page.html
    assert not set("\u202e\u0007\u2066") & set(page.html)
