"""The customer does not agree with how it ended: once, with words, and a team lead answers or goes on."""

from typing import Any

import pytest

from aftersales.identity.principal import Principal
from tests.integration import cloud
from tests.integration.desk import HUA, MEI, TOM, Desk, yuan
from tests.integration.gateway import Answer, call, shop, staff

WHY = {"message": "壶盖没有使用痕迹，扣款不合理。"}
LIN = staff("lin", "lead")


@pytest.fixture
def short(desk: Desk) -> str:
    """Of 99.66 for a teapot that came back, 9.66 was taken off; and Hua leads."""
    number = desk.inspected()
    desk.hire("hua", languages=["zh-CN", "en"], leads=True)
    desk.staff(MEI, number, "refund", {"amount": yuan(9000), "message": "壶盖有使用痕迹，扣 9.66 元。"})
    assert desk.confirm(desk.refund_id(number), amount=yuan(9000)).body["status"] == "awaiting_confirmation"
    return number


@pytest.fixture
def disputed(desk: Desk, short: str) -> str:
    assert desk.customer(short, "dispute", WHY).body["status"] == "disputed"
    return short


def answers(desk: Desk, number: str, outcome: str, who: Principal = HUA, **more: Any) -> Answer:
    words = {"outcome": outcome, "message": "已重新核对照片。"}
    return desk.staff(who, number, "dispute-answer", words | more)


def where(desk: Desk, number: str) -> tuple[str, str | None]:
    now = desk.application(number)
    return str(now.status), now.assignee


# --- Disputing


def test_it_waits_for_a_lead_with_the_customers_words(desk: Desk, disputed: str) -> None:
    assert where(desk, disputed) == ("disputed", None)
    assert desk.timeline(disputed)[-1].message == WHY["message"]
    assert desk.work(HUA, backlog=True) == [disputed]
    desk.assign(disputed)
    assert where(desk, disputed) == ("disputed", "hua")
    assert (desk.open_cases("hua"), desk.open_cases("mei")) == (1, 0)


def test_nobody_else_gets_or_takes_it(desk: Desk, disputed: str) -> None:
    desk.leaves("hua")
    desk.assign(disputed)
    assert where(desk, disputed) == ("disputed", None)
    refused = desk.staff(TOM, disputed, "claim")
    assert (refused.status, refused.problem) == (403, "forbidden")


def test_moving_neither_units_nor_money(desk: Desk, short: str) -> None:
    before = desk.order()
    desk.customer(short, "dispute", WHY)
    answers(desk, short, "reopened")
    assert desk.order() == before


@pytest.mark.parametrize("place", ["filed", "in_progress", "resolved"])
def test_only_what_was_done_is_disputed(desk: Desk, place: str) -> None:
    assert desk.customer(getattr(desk, place)(), "dispute", WHY).problem == "step-not-possible"


@pytest.mark.parametrize("words", [{}, {"message": ""}, {"message": " "}])
def test_it_needs_words(desk: Desk, short: str, words: dict[str, str]) -> None:
    assert desk.customer(short, "dispute", words).problem == "invalid-request"


def test_sent_twice_under_one_key_it_is_one_dispute(desk: Desk, short: str) -> None:
    assert desk.customer(short, "dispute", WHY, key="k-1").status == 200
    assert desk.customer(short, "dispute", WHY, key="k-1").status == 200
    assert desk.steps(short).count("disputed") == 1


def test_a_dispute_and_a_confirmation_at_once_are_one_of_them(desk: Desk, short: str) -> None:
    with cloud.meanwhile("TransactWriteItems", lambda: desk.customer(short, "confirmation")):
        assert desk.customer(short, "dispute", WHY).problem == "step-not-possible"
    assert desk.application(short).status == "resolved"


def test_a_dispute_that_nobody_looks_at_is_overdue(desk: Desk, disputed: str) -> None:
    desk.assign(disputed)
    desk.later(days=2)
    assert desk.time_out(disputed)["status"] == "disputed"
    assert desk.steps(disputed)[-1] == "overdue"


# --- What becomes of it


@pytest.mark.parametrize("who", [HUA, LIN], ids=["who has it", "another lead"])
def test_what_was_done_stands_and_the_case_is_over(desk: Desk, disputed: str, who: Principal) -> None:
    desk.assign(disputed)
    assert answers(desk, disputed, "stands", who).body["application"]["status"] == "resolved"
    assert desk.look(disputed).body["timeline"][-1]["message"] == "已重新核对照片。"
    assert (desk.ledger().refunded, desk.ledger().withheld) == (9000, 966)
    assert desk.open_cases("hua") == 0


def test_an_open_case_again_is_the_leads_who_opened_it(desk: Desk, disputed: str) -> None:
    assert answers(desk, disputed, "reopened").status == 200
    assert where(desk, disputed) == ("inspected", "hua")
    assert (desk.open_cases("hua"), desk.work(HUA)) == (1, [disputed])


def test_another_lead_who_opens_it_has_it_and_the_first_is_free(desk: Desk, disputed: str) -> None:
    desk.assign(disputed)
    desk.hire("lin", languages=["en"], leads=True)
    answers(desk, disputed, "reopened", LIN)
    assert where(desk, disputed) == ("inspected", "lin")
    assert (desk.open_cases("hua"), desk.open_cases("lin")) == (0, 1)


def test_who_is_full_cannot_open_it(desk: Desk, disputed: str) -> None:
    desk.hire("hua", languages=["zh-CN"], capacity=0, leads=True)
    refused = answers(desk, disputed, "reopened")
    assert (refused.status, refused.problem) == (409, "no-capacity")
    assert answers(desk, disputed, "stands").status == 200


@pytest.mark.parametrize("outcome", ["stands", "reopened"])
def test_it_is_answered_once(desk: Desk, disputed: str, outcome: str) -> None:
    answers(desk, disputed, outcome)
    assert answers(desk, disputed, "stands").problem == "step-not-possible"
    assert answers(desk, disputed, "reopened").problem == "step-not-possible"


def test_what_was_taken_off_is_given_back_to_the_fen(desk: Desk, disputed: str) -> None:
    answers(desk, disputed, "reopened")
    give = {"kind": "refund", "amount": yuan(966), "message": "经复核，退还扣款 9.66 元。"}
    assert desk.staff(HUA, disputed, "compensation", give).status == 200
    refund = desk.application(disputed).refund
    assert refund
    assert (refund.total.amount, refund.released) == (966, {"teapot": 966})
    assert desk.confirm(refund.refund_id, amount=yuan(966)).body["status"] == "awaiting_confirmation"
    books = desk.ledger()
    assert (books.refunded, books.withheld, books.refundable) == (9966, 0, 29900 - 9966)
    assert (books.settled, books.reserved, books.available) == (1, 0, 2)
    assert desk.customer(disputed, "dispute", WHY).problem == "step-not-possible"
    assert desk.customer(disputed, "confirmation").body["status"] == "resolved"
    assert desk.open_cases("hua") == 0


def test_not_more_than_the_teapots_of_the_order_cost(desk: Desk, disputed: str) -> None:
    answers(desk, disputed, "reopened")
    give = {"kind": "refund", "amount": yuan(29900 - 9000 + 1), "message": "全额退款。"}
    assert desk.staff(HUA, disputed, "compensation", give).problem == "refund-too-high"


def test_a_giving_back_that_fails_can_be_tried_again(desk: Desk, disputed: str) -> None:
    answers(desk, disputed, "reopened")
    give = {"kind": "refund", "amount": yuan(966), "message": "经复核，退还扣款 9.66 元。"}
    desk.staff(HUA, disputed, "compensation", give)
    desk.confirm(desk.refund_id(disputed), amount=yuan(966), outcome="failed")
    assert where(desk, disputed) == ("inspected", "hua")
    assert desk.ledger().withheld == 966
    desk.staff(HUA, disputed, "compensation", give)
    desk.confirm(desk.refund_id(disputed), amount=yuan(966))
    assert (desk.application(disputed).status, desk.ledger().refunded) == ("awaiting_confirmation", 9966)


def test_the_next_teapot_comes_to_what_is_due_for_it(desk: Desk, disputed: str) -> None:
    """What was given back belongs to the first; the others are worth what they were."""
    answers(desk, disputed, "reopened")
    give = {"kind": "refund", "amount": yuan(966), "message": "经复核，退还扣款 9.66 元。"}
    desk.staff(HUA, disputed, "compensation", give)
    desk.confirm(desk.refund_id(disputed), amount=yuan(966))
    for amount in (9967, 9967):
        number = desk.accepted(type="refund_only")
        desk.staff(MEI, number, "claim")
        assert desk.confirm(desk.orders_refund(number), amount=yuan(amount)).status == 200
    assert (desk.ledger().refunded, desk.ledger().refundable) == (29900, 0)


def test_a_coupon_settles_it(desk: Desk, disputed: str) -> None:
    answers(desk, disputed, "reopened")
    desk.staff(HUA, disputed, "compensation", {"kind": "coupon", "amount": yuan(1000), "message": "送您优惠券。"})
    told = {"credit_id": f"{disputed}.{desk.application(disputed).version}", "outcome": "given"}
    answer = desk.staff(HUA, disputed, "credit-confirmation", told)
    assert answer.body["application"]["status"] == "awaiting_confirmation"


def test_an_answer_settles_it(desk: Desk, disputed: str) -> None:
    answers(desk, disputed, "reopened")
    answer = desk.staff(HUA, disputed, "completion", {"message": "照片可见茶渍，维持扣款。"})
    assert answer.body["application"]["status"] == "awaiting_confirmation"
    assert (desk.ledger().settled, desk.open_cases("hua")) == (1, 0)


LOST = {"message": "物流显示签收，但我没有收到。"}


@pytest.fixture
def lost(desk: Desk) -> str:
    """A teapot was sent once more, and the parcel never came; Hua goes on with it."""
    number = desk.in_progress(type="resend")
    desk.hire("hua", languages=["zh-CN"], leads=True)
    desk.staff(MEI, number, "replacement", {})
    assert ships(desk, number, "SF1").body["status"] == "delivering"
    desk.customer(number, "dispute", LOST)
    answers(desk, number, "reopened")
    return number


def ships(desk: Desk, number: str, tracking_number: str, outcome: str = "shipped") -> Answer:
    replacement = desk.application(number).replacement
    assert replacement
    parcel = {"outcome": outcome} | ({"carrier": "顺丰", "tracking_number": tracking_number} if tracking_number else {})
    return call(shop(), "POST", f"/replacements/{replacement.replacement_id}/confirmation", parcel)


def test_what_was_lost_is_sent_again_and_the_books_stay(desk: Desk, lost: str) -> None:
    first, before = desk.application(lost).replacement, desk.order()
    assert desk.staff(HUA, lost, "replacement", {"message": "马上再寄一份。"}).status == 200
    second = desk.application(lost).replacement
    assert first
    assert second
    assert (second.state, second.lines) == ("ordered", first.lines)
    assert second.replacement_id != first.replacement_id
    assert ships(desk, lost, "SF2").body["status"] == "delivering"
    assert ships(desk, lost, "", "delivered").body["status"] == "awaiting_confirmation"
    assert desk.customer(lost, "confirmation").body["status"] == "resolved"
    assert desk.order() == before


def test_the_word_about_the_first_parcel_comes_again_and_moves_nothing(desk: Desk, lost: str) -> None:
    first = desk.application(lost).replacement
    assert first
    desk.staff(HUA, lost, "replacement", {})
    before = desk.application(lost)
    path = f"/replacements/{first.replacement_id}/confirmation"
    for outcome in ("shipped", "delivered"):
        told = {"outcome": outcome, "carrier": "顺丰", "tracking_number": "SF1"}
        assert call(shop(), "POST", path, told).body["status"] == "replacement_ordered"
    assert call(shop(), "POST", path, {"outcome": "failed"}).problem == "step-not-possible"
    assert desk.application(lost) == before


def test_when_there_is_none_left_to_send_it_is_the_leads_again(desk: Desk, lost: str) -> None:
    desk.staff(HUA, lost, "replacement", {})
    assert ships(desk, lost, "", "failed").body["status"] == "in_progress"
    assert {"replacement", "compensation", "completion"} <= set(desk.case(lost, HUA)["actions"])
    give = {"kind": "refund", "amount": yuan(500), "message": "没有库存了，退您 5 元。"}
    desk.staff(HUA, lost, "compensation", give)
    desk.confirm(desk.refund_id(lost), amount=yuan(500))
    assert desk.ledger().refunded == 500


def test_what_was_exchanged_is_exchanged_again_and_the_new_line_stays_one(desk: Desk) -> None:
    number = desk.inspected(type="exchange")
    desk.hire("hua", languages=["zh-CN"], leads=True)
    desk.staff(MEI, number, "replacement", {})
    ships(desk, number, "SF1")
    desk.customer(number, "dispute", {"message": "换来的壶也有裂纹。"})
    answers(desk, number, "reopened")
    before = desk.order()
    assert [line.line_id for line in before.new_lines] == ["teapot-x1"]
    desk.staff(HUA, number, "replacement", {})
    assert ships(desk, number, "SF2").body["status"] == "delivering"
    assert desk.order() == before


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("decision", {"outcome": "reject", "message": "维持扣款。"}),
        ("refund", {}),
        ("remedy", {"type": "exchange", "message": "改为换货。"}),
    ],
)
def test_what_was_paid_is_neither_refused_nor_paid_again(
    desk: Desk, disputed: str, action: str, body: dict[str, Any]
) -> None:
    answers(desk, disputed, "reopened")
    before = desk.order()
    assert desk.staff(HUA, disputed, action, body).problem == "step-not-possible"
    assert desk.order() == before


def test_a_dispute_in_english_goes_to_a_lead_who_speaks_it(desk: Desk) -> None:
    desk.hire("hua", languages=["zh-CN"], leads=True)
    desk.hire("ann", languages=["en"], leads=True)
    number = desk.accepted(type="complaint", lines=[], language="en", description="Nobody answers the phone.")
    desk.staff(TOM, number, "claim")
    desk.staff(TOM, number, "completion", {"message": "We have passed it on."})
    desk.customer(number, "dispute", {"message": "That is no answer."})
    desk.assign(number)
    assert where(desk, number) == ("disputed", "ann")
