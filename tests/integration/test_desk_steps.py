"""Taking steps from the desk's page: the same as through the API, once, and what was typed is never lost."""

from html import unescape
from typing import Any

import pytest

from tests.integration.decisions import TEAPOT_AND_CUPS, under_review
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.desk_visitor import Visitor, database_asked, form_of, steps_on, token
from tests.integration.visitor import Page
from tests.integration.workshop import Workshop

pytestmark = pytest.mark.usefixtures("staff_pool")


@pytest.fixture
def mei(desk: Desk) -> Visitor:
    return Visitor(access_token=token("mei", "agent"))


@pytest.fixture
def hua(desk: Desk) -> Visitor:
    """Who leads."""
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True)
    return Visitor("en", token("hua", "lead"))


def fills(visitor: Visitor, number: str, step: str, fields: Any = (), **more: object) -> Page:
    return visitor.fills(visitor.sees(f"/desk/cases/{number}"), step, fields, **more)


def test_a_step_leads_back_to_the_case_and_what_came_of_it_is_said(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    sent = fills(mei, number, "information-request", message="请补一张照片。")
    assert sent.goes_on_to == f"/desk/cases/{number}?done=information-request"
    assert "已记录：请求补充资料 · 待客户补充资料" in mei.sees(sent.goes_on_to).text
    event = desk.timeline(number)[-1]
    assert (event.step, event.message, event.actor.id) == ("information_requested", "请补一张照片。", "mei")


def test_a_part_is_accepted(desk: Desk, mei: Visitor) -> None:
    number = under_review(desk, lines=TEAPOT_AND_CUPS)
    fills(mei, number, "decision", outcome="partly_accept", accepted_lines=["teapot"], message="杯子不退。")
    assert [line.line_id for line in desk.application(number).lines] == ["teapot"]


def test_goods_come_in_are_inspected_and_paid_for(desk: Desk, mei: Visitor) -> None:
    number = desk.awaiting_goods(lines=[{"line_id": "cup", "quantity": 3, "reason": "defective"}])
    assert fills(mei, number, "receipt").status == 303
    page = mei.sees(f"/desk/cases/{number}")
    assert 'name="lines.cup.as_described" value="3"' in page.html
    counts = {"lines.cup.as_described": 1, "lines.cup.damaged": 2}
    assert mei.fills(page, "inspection", counts).status == 303
    assert [(line.condition, line.quantity) for line in desk.application(number).inspection] == [
        ("as_described", 1),
        ("damaged", 2),
    ]
    assert fills(mei, number, "refund", amount="4.50", message="杯口有茶渍。").status == 303
    assert desk.application(number).refunds[0].total.amount == 450


def test_an_inspection_that_does_not_add_up_stands_in_the_form_again(desk: Desk, mei: Visitor) -> None:
    number = desk.awaiting_goods()
    fills(mei, number, "receipt")
    page = fills(mei, number, "inspection", {"lines.teapot.as_described": 0, "lines.teapot.used": 7}, message="有茶渍")
    assert page.status == 400
    assert 'name="lines.teapot.used" value="7"' in page.html
    assert "有茶渍</textarea>" in page.html
    assert "各种状况的件数加起来应等于寄回的件数。" in page.text
    assert "详情（英文）" not in page.text


def test_a_quote_that_has_changed_is_not_paid(desk: Desk, mei: Visitor) -> None:
    """Another case was paid back meanwhile, and the odd cent is this one's now."""
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    assert "将退还 99.66 CNY。" in page.text
    desk.paid_back()
    sent = mei.fills(page, "refund", message="请查收")
    assert (sent.status, "退款金额已变" in sent.text) == (409, True)
    assert "请查收</textarea>" in sent.html
    assert mei.fills(sent, "refund").status == 303


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "coupon", "amount": "ten", "message": "抱歉"}, "compensation-amount"),
        ({"kind": "coupon", "amount": "10", "message": ""}, "compensation-message"),
        ({"kind": "coupon", "amount": "-1", "message": "抱歉"}, "compensation-amount"),
    ],
)
def test_the_field_that_does_not_fit_is_marked(desk: Desk, mei: Visitor, fields: dict[str, str], wrong: str) -> None:
    page = fills(mei, desk.in_progress(), "compensation", fields)
    form = form_of(page, "compensation")
    assert page.status == 400
    assert "<title>未能完成: " in page.html
    assert f'id="{wrong}-wrong"' in form
    assert 'value="coupon" required checked' in form
    assert page.forms[-1].startswith("/desk/cases/"), "one step deeper than the page, but to the same place"


def test_who_was_slower_is_told_and_keeps_their_words(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    desk.customer(number, "cancellation")
    sent = mei.fills(page, "information-request", message="请补一张照片。")
    assert (sent.status, "刚刚有人改动" in sent.text) == (409, True)
    assert "请补一张照片。</textarea>" in sent.html


def test_a_page_of_before_the_decision_does_not_turn_it_round(desk: Desk, mei: Visitor) -> None:
    """Mei has accepted it in another tab."""
    number = under_review(desk)
    page = mei.sees(f"/desk/cases/{number}")
    assert mei.fills(page, "decision", outcome="accept", message="同意退款。").status == 303
    again = mei.fills(page, "decision", outcome="reject", message="不同意。", once="another-form")
    assert again.status == 409
    assert desk.application(number).status == "accepted"


def test_a_form_that_is_sent_twice_is_done_once(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    assert [mei.fills(page, "notes", message="老顾客").status for _ in range(2)] == [303, 303]
    assert desk.steps(number).count("noted") == 1
    assert mei.fills(page, "notes", message="新顾客").status == 422


def test_a_step_reads_no_more_than_it_needs(desk: Desk, mei: Visitor) -> None:
    """By whose currency and zone the form is read, whether it was sent before, and what the step is about."""
    page = mei.sees(f"/desk/cases/{desk.in_progress()}")
    with database_asked() as asked:
        assert mei.fills(page, "notes", message="老顾客").status == 303
    assert asked == {"GetItem": 3, "TransactWriteItems": 2}


def test_a_ready_sentence_is_inserted_without_a_script(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress(type="complaint", lines=[])
    typed = {"message": "李女士您好：", "reply": "answered:zh-CN", "insert": "message"}
    page = fills(mei, number, "completion", typed)
    assert page.status == 200
    assert "李女士您好：\n\n以上是我们的答复。" in unescape(page.html)
    assert '<details class="step" id="completion" open>' in page.html
    assert desk.application(number).status == "in_progress"


def test_ready_sentences_are_in_the_customers_language_first(desk: Desk, mei: Visitor) -> None:
    desk.hire("mei", languages=["zh-CN", "en"])
    desk.leaves("tom")
    for language, first in (("zh-CN", "中文"), ("en", "英文")):
        form = form_of(mei.sees(f"/desk/cases/{desk.in_progress(language=language)}"), "information-request")
        assert f'<optgroup label="{first}">' in form.partition("</optgroup>")[0]


# --- leads, repairs, departments


def test_an_agent_cannot_do_what_leads_do_whatever_they_send(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    number = desk.disputed()
    note = form_of(mei.sees(f"/desk/cases/{number}"), "notes")
    hidden = {"form": note.partition('name="form" value="')[2].partition('"')[0], "once": "x"}
    answer = {"outcome": "stands", "message": "维持。"}
    assert mei.sends(f"/desk/cases/{number}/dispute-answer", hidden | answer).status == 403
    assert mei.sends(f"/desk/cases/{number}/nonsense", hidden).status == 403
    assert desk.application(number).status == "disputed"
    assert fills(hua, number, "dispute-answer", answer).status == 303
    assert desk.application(number).status == "resolved"


def test_a_compensation_above_the_limit_waits_for_a_lead(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    number = desk.in_progress()
    assert fills(mei, number, "compensation", kind="coupon", amount="30", message="给您添麻烦了。").status == 303
    assert "30.00 CNY · Coupon, proposed by Mei" in hua.sees(f"/desk/cases/{number}").text
    refused = fills(hua, number, "compensation-approval", approved="false")
    assert (refused.status, refused.html.count('value="false" required checked')) == (400, 1)
    assert "Please fill this in." in form_of(refused, "compensation-approval")
    assert fills(hua, number, "compensation-approval", approved="true").status == 303
    assert desk.application(number).status == "credit_ordered"


def test_a_page_that_was_left_open_approves_nothing_else(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    """The first proposal was refused meanwhile, and another made."""
    number = desk.in_progress()
    fills(mei, number, "compensation", kind="coupon", amount="30", message="给您添麻烦了。")
    old = hua.sees(f"/desk/cases/{number}")
    fills(hua, number, "compensation-approval", approved="false", reason="Too much for one day.")
    fills(mei, number, "compensation", kind="refund", amount="60", message="再次致歉。")
    sent = hua.fills(old, "compensation-approval", approved="true")
    assert (sent.status, "Another compensation is proposed now." in sent.text) == (409, True)
    assert "60.00 CNY · Refund of a part, proposed by Mei 再次致歉。" in sent.text
    assert desk.application(number).status == "approval_wanted"
    assert hua.fills(sent, "compensation-approval", approved="true").status == 303
    assert desk.application(number).status == "refund_ordered"


def test_a_lead_says_that_finance_has_paid(desk: Desk, hua: Visitor) -> None:
    number, _ = desk.refund_ordered()
    page = hua.sees(f"/desk/cases/{number}")
    assert 'name="amount" value="99.66"' in form_of(page, "refund-confirmation")
    assert hua.fills(page, "refund-confirmation", outcome="paid", amount="99.66", reference="PAY-9").status == 303
    assert desk.application(number).status == "awaiting_confirmation"


def test_a_repair_is_diagnosed_with_a_price(desk: Desk, mei: Visitor) -> None:
    number = Workshop(desk).received("cooker")
    told = {"finding": "内胆进水。", "repairable": "true", "under_warranty": "false", "price": "1,200.00"}
    assert fills(mei, number, "diagnosis", told).status == 303
    assert "内胆进水。 · 1,200.00 CNY" in mei.sees(f"/desk/cases/{number}").text
    assert desk.application(number).status == "quote_offered"


def test_a_case_is_given_to_a_colleague_who_is_there(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    assert "Tom · 英文 · 可接单 · 0/5" in form_of(page, "transfer")
    assert mei.fills(page, "transfer", member_id="tom").status == 303
    assert desk.application(number).assignee == "tom"
    desk.is_now(TOM, "away")
    assert "transfer" not in steps_on(mei.sees(f"/desk/cases/{desk.in_progress()}"))


def test_a_note_for_the_colleague_goes_with_the_case_and_not_to_the_customer(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    assert fills(mei, number, "transfer", member_id="tom", message="客户要求英文回复。").status == 303
    assert desk.steps(number)[-2:] == ["noted", "assigned"]
    assert "客户要求英文回复。" in mei.sees(f"/desk/cases/{number}").text
    assert "英文回复" not in str(desk.look(number).body)


def test_a_task_is_given_and_ended(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    wanted = {"department": "logistics", "due_at": "2026-03-10T12:00", "message": "请核实 SF139 的派送记录。"}
    assert fills(mei, number, "tasks", wanted).status == 303
    page = mei.sees(f"/desk/cases/{number}")
    assert "物流 未完成" in page.text
    assert "物流: 请核实 SF139" in form_of(page, "tasks-completion")
    task_id = desk.case(number)["tasks"][0]["task_id"]
    assert mei.fills(page, "tasks-completion", task_id=task_id, message="已签收。").status == 303
    assert "物流 已完成" in mei.sees(f"/desk/cases/{number}").text


# --- forms of nobody's session


def test_a_form_without_the_sessions_token_does_nothing(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    toms = form_of(Visitor(access_token=token("tom", "agent")).sees(f"/desk/cases/{number}"), "notes")
    foreign = toms.partition('name="form" value="')[2].partition('"')[0]
    for form in ("", "x", foreign, "é"):
        assert mei.fills(page, "notes", message="！", form=form).status == 403
    assert mei.sends("/desk/sign-out").status == 403
    assert "noted" not in desk.steps(number)


def test_too_much_is_refused(desk: Desk, mei: Visitor) -> None:
    page = mei.sees(f"/desk/cases/{desk.in_progress()}")
    assert mei.fills(page, "notes", message="x" * 300_000).status == 413
    assert mei.fills(page, "notes", {f"f{i}": 1 for i in range(600)}).status == 400


def test_what_is_done_here_is_what_the_api_does(desk: Desk, mei: Visitor) -> None:
    one, other = desk.in_progress(type="complaint", lines=[]), desk.in_progress(type="complaint", lines=[])
    fills(mei, one, "completion", message="已与物流核实。")
    desk.staff(MEI, other, "completion", {"message": "已与物流核实。"})
    kept = {"step", "status_from", "status_to", "message", "staff_only", "data", "actor"}
    told = [desk.timeline(number)[-1].model_dump(include=kept) for number in (one, other)]
    assert told[0] == told[1]


def test_hua_may_read_what_she_does_not_have(desk: Desk, hua: Visitor) -> None:
    number = desk.in_progress()
    assert "takeover" in steps_on(hua.sees(f"/desk/cases/{number}"))
    assert fills(hua, number, "takeover").status == 303
    assert desk.application(number).assignee == HUA.id
