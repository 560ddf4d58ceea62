"""The policy may want more before it decides: it asks the customer, and decides anew with the answer."""

import pytest

from tests.integration import cloud
from tests.integration.decisions import SAID, policy_says
from tests.integration.desk import HUA, Desk
from tests.integration.visitor import see, send, track

ENGLISH = {"language": "en", "description": "The spout is cracked and drips."}
ANSWER = {"message": "照片已上传。"}


def asked(desk: Desk, **changes: object) -> str:
    number = desk.filed(**changes)
    policy_says(number, "information_wanted", {"line_id": "teapot", "evidence": ("photo",)})
    return number


def test_the_policy_asks_and_the_answer_leads_back_to_it(desk: Desk) -> None:
    number = asked(desk)
    assert desk.application(number).status == "information_wanted"
    view = desk.customer(number, "information", ANSWER).body
    assert (view["status"], desk.application(number).asked_in) == ("submitted", None)


def test_the_waiting_state_machine_goes_on_to_review_it_anew(desk: Desk) -> None:
    number = asked(desk)
    desk.waits(number, "t-1")
    desk.customer(number, "information", ANSWER)
    desk.relay(number)
    assert desk.tokens.answers == [("t-1", {"number": number, "status": "submitted", "assigned": False})]
    policy_says(number, "accept")
    assert desk.application(number).status == "accepted"


def test_photos_alone_do_not_answer(desk: Desk) -> None:
    number = asked(desk)
    [upload] = desk.customer(number, "photos", {"photos": [{"media_type": "image/jpeg", "size": 9}]}).body["uploads"]
    desk.photo_arrives(number, upload["photo_id"], "image/jpeg")
    assert desk.application(number).status == "information_wanted"


def test_what_is_not_answered_expires(desk: Desk) -> None:
    number = asked(desk)
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "expired"
    assert desk.ledger().available == 3


def test_photos_without_a_word_are_an_answer_when_the_time_is_up(desk: Desk) -> None:
    number = asked(desk)
    desk.photo_arrives(number, "crack")
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "submitted"
    assert (desk.steps(number)[-1], desk.application(number).asked_in) == ("information_given", None)
    assert desk.ledger().reserved == 1


def test_so_they_are_when_a_person_has_asked(desk: Desk) -> None:
    number = desk.wanted_information()
    desk.photo_arrives(number, "spout")
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "in_progress"


def test_photos_from_before_the_question_are_none(desk: Desk) -> None:
    number = desk.filed()
    desk.photo_arrives(number, "blurred")
    desk.later(minutes=1)
    policy_says(number, "information_wanted", {"line_id": "teapot", "evidence": ("photo",)})
    desk.later(days=7)
    assert desk.time_out(number)["status"] == "expired"


def test_while_the_policy_decides_nobody_else_asks(desk: Desk) -> None:
    number = desk.filed()
    assert "information-request" not in desk.case(number)["actions"]
    assert desk.staff(HUA, number, "information-request", {"message": "?"}).problem == "step-not-possible"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_asks_in_the_customers_language_and_says_it_once(desk: Desk, language: str) -> None:
    number = asked(desk, **(ENGLISH if language == "en" else {}))
    page = see(track(number))
    question, _, rest = page.text.partition("处理进度" if language == "zh-CN" else "What has happened")
    assert f"<blockquote>{SAID[language]}</blockquote>" in page.html
    assert question.count(SAID[language]) == 1
    assert SAID[language] not in rest
    assert ("然后在这里写一句并提交" if language == "zh-CN" else "then send us a word here") in question


def test_she_answers_on_the_page(desk: Desk) -> None:
    number = asked(desk)
    send(f"{track(number)}/information", **ANSWER)
    assert "<h1>已提交</h1>" in see(track(number)).html
    assert desk.timeline(number)[-1].message == ANSWER["message"]


def test_the_mail_asks_too(desk: Desk) -> None:
    desk.notify(asked(desk), 2)
    [mail] = cloud.mails()
    assert mail.subject.endswith("待补充资料")
    assert f"需要您补充：\n- {SAID['zh-CN']}" in mail.body
