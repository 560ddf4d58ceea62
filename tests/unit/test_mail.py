"""Letters to customers, in both languages: the lines that matter, word by word."""

from typing import Any

import pytest

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application
from aftersales.messaging.mail import Letter
from aftersales.messaging.words import TEXTS
from tests.unit.builders import IN_ENGLISH, NUMBER, application, event, store

LINK = "https://help.lantern.example/track/signed-token"
OVER = {"zh-CN": "已超过签收后可申请的期限。", "en": "The time to ask for this after delivery is over."}
LATE: dict[str, Any] = {
    "outcome": "reject",
    "reasons": [{"code": "window_over", "text": OVER}],
    "policy": "2026-03",
}
REFUND = {"refund_id": f"{NUMBER}.6", "total": {"amount": 29900, "currency": "CNY"}, "lines": []}


def letter(about: Application, step: Step, **changes: Any) -> Letter:
    return Letter(store(), about, event(step, **changes), LINK)


def test_a_chinese_letter_from_greeting_to_signature() -> None:
    mail = letter(application("accepted"), Step.ACCEPTED)
    assert mail.subject == f"[灯笼茶器] 售后申请 {NUMBER}：已受理"
    assert mail.text == (
        "李娜，您好：\n\n"
        "您的售后申请（订单 LT-1001）当前状态：已受理。\n\n"
        "正在为您安排专员。\n\n"
        f"查看进度和后续操作：\n{LINK}\n\n"
        f"申请编号：{NUMBER}\n\n"
        "灯笼茶器 售后服务\n"
    )


def test_an_english_letter_from_greeting_to_signature() -> None:
    mail = letter(application("accepted", **IN_ENGLISH), Step.ACCEPTED)
    assert mail.subject == f"[Lantern Tea Ware] Application {NUMBER}: Accepted"
    assert mail.text == (
        "Dear Ann Miller,\n\n"
        "Your application about order LT-1001 is now: Accepted.\n\n"
        "We are finding the right person for it.\n\n"
        f"See where it stands and what you can do:\n{LINK}\n\n"
        f"Application number: {NUMBER}\n\n"
        "Lantern Tea Ware after-sales service\n"
    )


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "请在 2026年3月16日 10:30 (UTC+8) 前补充，逾期申请将关闭。"),
        (IN_ENGLISH, "Please answer by 16 March 2026, 10:30 (UTC+8); after that the application is closed."),
    ],
    ids=["zh-CN", "en"],
)
def test_a_question_says_until_when_it_may_be_answered(more: dict[str, Any], sentence: str) -> None:
    """Seven days, in the store's time."""
    asked = {"actor": {"kind": "staff", "id": "mei"}, "message": "?", "status_to": "information_wanted"}
    text = letter(application("information_wanted", **more), Step.INFORMATION_REQUESTED, **asked).text
    assert sentence in text


REJECTED: dict[str, Any] = {"status_to": "rejected"}


def test_a_rejection_gives_the_reasons_in_chinese() -> None:
    text = letter(application("rejected", decision=LATE), Step.REJECTED, **REJECTED).text
    assert "说明：\n- 已超过签收后可申请的期限。" in text


def test_a_rejection_gives_the_reasons_in_english() -> None:
    text = letter(application("rejected", decision=LATE, **IN_ENGLISH), Step.REJECTED, **REJECTED).text
    assert "Reasons:\n- The time to ask for this after delivery is over." in text


def test_what_a_person_wrote_as_reason_is_given_in_the_words_it_was_written_in() -> None:
    by_hand = {
        "outcome": "reject",
        "policy": "2026-03",
        "reasons": [{"code": "person", "text": {"zh-CN": "壶身有使用痕迹。"}}],
    }
    text = letter(application("rejected", decision=by_hand, **IN_ENGLISH), Step.REJECTED, **REJECTED).text
    assert "Reasons:\n- 壶身有使用痕迹。" in text


APPEAL_UNTIL = {"appeal_until": "2026-03-23T02:30:00Z"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-CN", "可以在 2026年3月23日 10:30 (UTC+8) 前通过下面的链接申诉一次，由未参与原决定的专员重新审核。"),
        ("en", "you may appeal once, by the link below, until 23 March 2026, 10:30 (UTC+8)."),
    ],
)
def test_a_rejection_says_until_when_it_may_be_appealed(language: str, sentence: str) -> None:
    about = application("rejected", decision=LATE | APPEAL_UNTIL, language=language)
    assert sentence in letter(about, Step.REJECTED, **REJECTED).text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh-CN", "这是您申诉后的最终结果。"), ("en", "This is the final answer to your appeal.")],
)
def test_a_rejection_that_answers_an_appeal_is_final(language: str, sentence: str) -> None:
    about = application("rejected", decision=LATE, language=language)
    answered = {"status_from": "appealed", "data": {"outcome": "reject", "appeal": True}}
    assert sentence in letter(about, Step.REJECTED, **REJECTED, **answered).text
    assert sentence not in letter(about, Step.REJECTED, **REJECTED).text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-CN", "以下商品未通过审核，其余商品已受理：\n- 品茗杯 Tasting cup × 2"),
        ("en", "These items could not be accepted; the others were:\n- 品茗杯 Tasting cup × 2"),
    ],
)
def test_who_was_accepted_in_part_reads_what_was_not(language: str, sentence: str) -> None:
    refused = [{"line_id": "cup", "title": "品茗杯 Tasting cup", "quantity": 2, "reason": "changed_mind"}]
    about = application(
        "accepted", refused_lines=refused, decision=LATE | {"outcome": "partly_accept"}, language=language
    )
    text = letter(about, Step.ACCEPTED, data={"outcome": "partly_accept"}).text
    assert f"{sentence}\n\n" in text
    assert OVER[language] in text
    assert sentence not in letter(about, Step.ACCEPTED).text


PHOTO = {"zh-CN": "请上传一张能看到裂纹的照片。", "en": "Please add a photo that shows the crack."}


@pytest.mark.parametrize(("language", "heading"), [("zh-CN", "需要您补充："), ("en", "What we need from you:")])
def test_a_question_of_the_policy_is_asked_in_the_words_of_its_decision(language: str, heading: str) -> None:
    asking = {
        "outcome": "information_wanted",
        "reasons": [{"code": "photo_needed", "text": PHOTO}],
        "policy": "2026-03",
    }
    about = application("information_wanted", decision=asking, language=language)
    text = letter(about, Step.INFORMATION_REQUESTED, status_to="information_wanted").text
    assert f"{heading}\n- {PHOTO[language]}" in text


def test_a_question_of_staff_is_not_mixed_with_what_the_policy_said() -> None:
    about = application("information_wanted", decision=LATE)
    assert OVER["zh-CN"] not in letter(about, Step.INFORMATION_REQUESTED, **STAFF_ASKS).text


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        (application("refund_ordered", refunds=[REFUND]), "退款金额：299.00 CNY"),
        (application("refund_ordered", refunds=[REFUND], **IN_ENGLISH), "Refund: 299.00 CNY"),
    ],
)
def test_a_refund_is_named_with_its_amount(about: Application, sentence: str) -> None:
    ordered = {"status_to": "refund_ordered", "data": {"refund_id": f"{NUMBER}.6"}}
    assert sentence in letter(about, Step.REFUND_ORDERED, **ordered).text


def test_a_letter_that_is_not_about_the_refund_does_not_name_it() -> None:
    about = application("in_progress", refunds=[REFUND])
    assert "退款金额" not in letter(about, Step.INFORMATION_REQUESTED, status_to="information_wanted").text


STAFF_ASKS: dict[str, Any] = {
    "status_from": "in_progress",
    "status_to": "information_wanted",
    "actor": {"kind": "staff", "id": "mei"},
    "message": "请拍一张壶嘴的照片。",
}


def test_a_question_of_staff_is_passed_on() -> None:
    text = letter(application("information_wanted"), Step.INFORMATION_REQUESTED, **STAFF_ASKS).text
    assert "专员留言：\n请拍一张壶嘴的照片。" in text


def test_who_of_the_staff_asked_stays_with_us() -> None:
    mail = letter(application("information_wanted"), Step.INFORMATION_REQUESTED, **STAFF_ASKS)
    assert "mei" not in mail.subject + mail.text


def test_what_the_storefront_says_to_us_is_not_passed_on() -> None:
    failed = {
        "status_to": "in_progress",
        "actor": {"kind": "storefront", "id": "shop"},
        "message": "card 4242 is closed",
    }
    assert "4242" not in letter(application("in_progress", refunds=[REFUND]), Step.REFUND_FAILED, **failed).text


@pytest.mark.parametrize(
    ("about", "subject", "sentence"),
    [
        (application("resolved"), "请评价我们的服务", "占用您一分钟，告诉我们做得如何："),
        (application("resolved", **IN_ENGLISH), "How did we do?", "Please take a minute to tell us how we did:"),
    ],
)
def test_the_survey_has_a_letter_of_its_own(about: Application, subject: str, sentence: str) -> None:
    mail = letter(about, Step.SURVEY_SENT, status_from="resolved", status_to="resolved")
    assert mail.subject.endswith(subject)
    assert f"{sentence}\n\n{LINK}" in mail.text


def test_who_gave_no_name_is_still_greeted() -> None:
    nameless = {"email": "li.na@mail.example"}
    assert letter(application(contact=nameless), Step.ACCEPTED).text.startswith("尊敬的顾客，您好：")
    assert letter(application(contact=nameless, language="en"), Step.ACCEPTED).text.startswith("Dear customer,")


def test_a_store_without_a_name_in_the_language_signs_with_the_one_it_has() -> None:
    shop = store(name={"zh-CN": "灯笼茶器"})
    assert "灯笼茶器 after-sales service" in Letter(shop, application(**IN_ENGLISH), event(Step.ACCEPTED), LINK).text


def test_braces_in_a_name_are_just_braces() -> None:
    curly = {"name": "{number} {store.__class__}", "email": "li.na@mail.example"}
    assert letter(application(contact=curly), Step.ACCEPTED).text.startswith("{number} {store.__class__}，您好：")


def test_both_languages_have_the_same_texts() -> None:
    assert TEXTS["zh-CN"].keys() == TEXTS["en"].keys()
