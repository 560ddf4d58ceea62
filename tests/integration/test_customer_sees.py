"""What customers see of money, goods and people that come to them, and what they may do then."""

import json

import pytest

from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import call, shop
from tests.integration.teahouse import Teahouse
from tests.integration.visitor import see, track
from tests.integration.workshop import Workshop

PARCEL = {"carrier": "顺丰", "tracking_number": "SF7"}
MONDAY = {"place": "on_site", "at": "2026-03-16T06:00:00Z", "who": "王师傅"}


@pytest.fixture
def workshop(desk: Desk) -> Workshop:
    return Workshop(desk)


@pytest.fixture
def teahouse(desk: Desk) -> Teahouse:
    return Teahouse(desk)


def may(desk: Desk, number: str) -> set[str]:
    return set(desk.look(number).body["actions"]) - {"add_photos"}


# --- A repair


def test_an_offer_says_what_was_found_and_what_it_costs(desk: Desk, workshop: Workshop) -> None:
    number = workshop.offered()
    view = desk.look(number).body
    assert view["offer"]["price"] == {"amount": 89000, "currency": "CNY"}
    assert view["offer"]["finding"].startswith("Tea was spilled")
    assert may(desk, number) == {"answer_quote"}
    text = see(track(number)).text
    assert "Price 890.00 CNY If you accept, please pay in the store’s shop" in text
    assert "Please do this by 16 March 2026, 10:30 (UTC+8)" in text


def test_what_is_to_be_paid_says_for_what(desk: Desk, workshop: Workshop) -> None:
    number = workshop.awaiting_payment()
    view = desk.look(number).body
    assert view["to_pay"] == {"purpose": "repair", "amount": {"amount": 89000, "currency": "CNY"}}
    assert "offer" not in view
    assert may(desk, number) == set()
    assert "Please pay Amount 890.00 CNY For the repair The store’s shop takes the payment." in see(track(number)).text


def test_what_was_paid_for_nothing_is_given_back(desk: Desk, workshop: Workshop) -> None:
    number = workshop.awaiting_payment()
    workshop.hears(workshop.charge_id(number))
    workshop.must(number, "repair-result", {"outcome": "not_repairable", "message": "The board broke."})
    assert "The shop gives back what you paid 890.00 CNY" in see(track(number)).text


def test_an_appointment_is_in_the_stores_time(desk: Desk, workshop: Workshop) -> None:
    number = workshop.at_home()
    workshop.must(number, "visit", MONDAY)
    assert desk.look(number).body["visit"] == MONDAY | {"at": "2026-03-16T06:00:00.000Z"}
    text = see(track(number)).text
    assert "时间 2026年3月16日 14:00 (UTC+8) 方式 上门服务 服务人员 王师傅" in text
    assert "预计在此时间前有进展" not in text
    desk.later(days=10)
    assert "我们正在加紧处理" in see(track(number)).text


def test_goods_that_go_home_have_a_parcel(desk: Desk, workshop: Workshop) -> None:
    number = workshop.in_repair()
    workshop.must(number, "repair-result", {"outcome": "repaired", "message": "已修复。"})
    workshop.must(number, "dispatch", {"carrier": "顺丰", "tracking_number": "SF900"})
    assert desk.look(number).body["delivery"]["tracking_number"] == "SF900"
    assert may(desk, number) == {"confirm", "dispute"}
    text = see(track(number)).text
    assert "寄给您的包裹 承运商（快递公司） 顺丰 运单号 SF900 发出时间 2026年3月9日 10:30" in text
    assert "收到了吗？" in text


# --- An exchange


def test_the_variant_that_is_wanted_has_a_name(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("exchange", 1, variant="GW-L")
    assert desk.look(number).body["new_goods"] == [
        {"line_id": "bowl", "title": "青瓷盖碗 大 Gaiwan, large", "quantity": 1}
    ]
    assert "寄给您的商品 青瓷盖碗 大 Gaiwan, large × 1" in see(track(number)).text


def test_a_dearer_one_is_paid_for_first(desk: Desk, teahouse: Teahouse) -> None:
    text = see(track(teahouse.difference_asked())).text
    assert "应付金额 15.00 CNY 用途 换货差价" in text


def test_who_has_the_new_goods_still_sends_the_old_ones_and_cannot_cancel(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.replaced_early()
    assert may(desk, number) == {"tell_parcel"}
    text = see(track(number)).text
    assert "新商品已提前为您发出，请记得把原商品寄回" in text
    assert "运单号 SF8" in text
    assert desk.customer(number, "cancellation").problem == "step-not-possible"


def test_what_is_told_of_a_parcel_is_seen(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("exchange")
    assert may(desk, number) == {"cancel", "tell_parcel"}
    desk.customer(number, "parcel", PARCEL)
    assert desk.look(number).body["parcel"] == PARCEL
    assert may(desk, number) == {"cancel", "tell_parcel"}
    assert "更改运单号" in see(track(number)).text


# --- Money


def test_who_was_paid_early_still_sends_the_goods_and_cannot_cancel(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.paid_early()
    assert may(desk, number) == {"tell_parcel"}
    assert "退款已提前付给您，请记得把商品寄回" in see(track(number)).text
    desk.customer(number, "parcel", PARCEL)
    refused = desk.customer(number, "cancellation")
    assert (refused.status, refused.problem) == (409, "step-not-possible")
    assert desk.application(number).status == "in_transit"


def test_a_parcel_may_be_told_while_the_refund_is_on_its_way(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.accepted("return_refund", terms={"refund_due": "at_once"})
    desk.orders_refund(number)
    assert may(desk, number) == {"tell_parcel"}
    assert desk.customer(number, "parcel", PARCEL).body["status"] == "refund_ordered"


def test_a_refund_that_waits_for_no_goods_needs_no_parcel(desk: Desk) -> None:
    number, _ = desk.refund_ordered()
    assert may(desk, number) == set()
    assert desk.customer(number, "parcel", PARCEL).problem == "step-not-possible"


def test_who_kept_the_goods_pays_or_sends_them(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods()
    assert may(desk, number) == {"tell_parcel"}
    assert "请在店铺付款，或者尽快把商品寄回" in see(track(number)).text
    assert desk.customer(number, "parcel", PARCEL).body["status"] == "awaiting_payment"


def test_who_paid_for_goods_that_they_keep_is_done(desk: Desk, teahouse: Teahouse) -> None:
    number = teahouse.asked_for_goods()
    _, amount = teahouse.asked(number)
    assert teahouse.pays(number, amount).body["status"] == "expired"
    assert desk.look(number).body["next"] == "您已付款留下商品，申请随之关闭。"


# --- Something for the trouble


@pytest.fixture
def complaint(desk: Desk) -> str:
    """Mei may give ten yuan alone."""
    desk.hire("mei", languages=["zh-CN"], may_give={"CNY": 1000})
    return desk.in_progress(type="complaint", lines=[], description="物流晚到五天。")


def gives(desk: Desk, number: str, kind: str, fen: int = 1000) -> None:
    wanted = {"kind": kind, "amount": {"amount": fen, "currency": "CNY"}, "message": "向您致歉。"}
    assert desk.staff(MEI, number, "compensation", wanted).status == 200


@pytest.mark.parametrize(
    ("kind", "reference", "seen"),
    [
        ("coupon", "SORRY-10", "给您的优惠券 券码 SORRY-10 价值 10.00 CNY"),
        ("points", None, "给您的积分 价值 10.00 CNY"),
    ],
)
def test_what_was_given_is_seen_once_it_was_given(
    desk: Desk, complaint: str, kind: str, reference: str | None, seen: str
) -> None:
    gives(desk, complaint, kind)
    assert "compensation" not in desk.look(complaint).body
    credit = desk.application(complaint).credit
    assert credit
    call(shop(), "POST", f"/credits/{credit.credit_id}/confirmation", {"outcome": "given", "reference": reference})
    assert desk.look(complaint).body["compensation"]["kind"] == kind
    assert seen in see(track(complaint)).text


def test_what_is_not_agreed_on_yet_is_for_staff(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, "coupon", 5000)
    view = desk.look(complaint).body
    assert view["status"] == "approval_wanted"
    seen = json.dumps(view, ensure_ascii=False) + see(track(complaint)).html
    assert not [word for word in ("5000", "50.00", "致歉", "proposal", "coupon", "mei") if word in seen]


# --- The last word


def test_the_customer_has_the_last_word(desk: Desk) -> None:
    number = desk.paid_back()
    assert may(desk, number) == {"confirm", "dispute"}
    assert desk.customer(number, "confirmation").body["status"] == "resolved"
    assert may(desk, number) == set()


def test_what_was_disputed_and_dealt_with_can_only_be_confirmed(desk: Desk) -> None:
    number = desk.paid_back()
    desk.customer(number, "dispute", {"message": "金额不对。"})
    desk.hire("hua", languages=["zh-CN"], leads=True)
    reopened = {"outcome": "reopened", "message": "我们再核对一次。"}
    assert desk.staff(HUA, number, "dispute-answer", reopened).status == 200
    assert desk.staff(HUA, number, "completion", {"message": "已核对，金额无误。"}).status == 200
    assert may(desk, number) == {"confirm"}
    assert desk.look(number).body["next"] == "我们已按您的异议重新处理完毕。如果一切妥当，请您确认。"
    assert desk.customer(number, "dispute", {"message": "还是不对。"}).problem == "step-not-possible"
