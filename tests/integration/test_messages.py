"""A plain message to the customer: they hear from us, and the case stands where it stood."""

import re
from collections.abc import Callable

import pytest

from aftersales.applications.lifecycle import FINAL, Status
from aftersales.identity.principal import Principal
from aftersales.sla.escalation import escalate
from tests.integration import cloud
from tests.integration.clock_works import hears, indexed, leads_listen
from tests.integration.decisions import policy_says, rejected
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.places import PLACES, delivering
from tests.integration.visitor import see, track
from tests.unit.sla.calendars import shanghai

WORDS = {"message": "为了您的安全，请立即停止使用并断电。"}
ENGLISH = {
    "language": "en",
    "contact": {"name": "Ann Miller", "email": "ann@mail.example"},
    "description": "Smoke comes out of the kettle.",
}


def writes(desk: Desk, number: str, message: str = WORDS["message"], who: Principal = MEI) -> None:
    answer = desk.staff(who, number, "message", {"message": message})
    assert answer.status == 200, answer.body


def mailed(desk: Desk, number: str) -> tuple[str, str]:
    """Subject and text of the one mail about the last step."""
    assert desk.notify(number, len(desk.steps(number))) == []
    [mail] = cloud.mails()
    return mail.subject, str(mail.body)


def test_it_is_mailed_in_the_words_it_was_written_in(desk: Desk) -> None:
    number = desk.in_progress()
    writes(desk, number)
    subject, text = mailed(desk, number)
    assert subject == f"[灯笼茶器] 售后申请 {number}：您有一条新消息"
    assert f"专员留言：\n{WORDS['message']}" in text


def test_an_english_customer_is_told_in_english_that_there_is_one(desk: Desk) -> None:
    number = desk.in_progress(**ENGLISH)
    writes(desk, number, "For your safety, please unplug it.", TOM)
    subject, text = mailed(desk, number)
    assert subject == f"[Lantern Tea Ware] Application {number}: A message for you"
    assert "Message from our team:\nFor your safety, please unplug it." in text


def test_the_customer_reads_it_on_the_page_and_not_who_wrote_it(desk: Desk) -> None:
    number = desk.in_progress()
    writes(desk, number)
    assert re.search(f"处理进度 您有一条新消息 [^。]+ {WORDS['message']}", see(track(number)).text)
    last = desk.look(number).body["timeline"][-1]
    assert (last["step"], last["by"], last["message"]) == ("message_sent", "staff", WORDS["message"])
    assert "mei" not in str(last)


@pytest.mark.parametrize("place", ["under_review", "wanted_information", "in_transit", "quote_offered", "paid_back"])
def test_the_case_stands_where_it_stood_and_as_long(desk: Desk, place: str) -> None:
    number = PLACES[place](desk)
    before = desk.application(number)
    desk.later(hours=5)
    answer = desk.staff(HUA, number, "message", WORDS)
    assert answer.status == 200, answer.body
    after = desk.application(number)
    assert (after.status, after.due_at, after.assignee) == (before.status, before.due_at, before.assignee)


def test_a_question_that_was_asked_before_can_still_be_answered(desk: Desk) -> None:
    number = desk.wanted_information()
    writes(desk, number)
    assert "请拍一张壶嘴的照片。" in see(track(number)).text
    answer = desk.customer(number, "information", {"message": "照片已发。"})
    assert answer.body["status"] == "in_progress"


def test_what_was_to_be_looked_at_was_looked_at(desk: Desk) -> None:
    number = desk.in_progress()
    leads_listen()
    escalate(desk.application(number), "resolution")
    hears(desk, number)
    assert desk.application(number).look_at
    assert indexed()[number].escalated
    writes(desk, number)
    hears(desk, number)
    assert desk.application(number).look_at is None
    assert not indexed()[number].escalated


def test_who_waits_for_an_answer_has_one(desk: Desk) -> None:
    number = desk.wanted_information()
    desk.customer(number, "information", {"message": "壶底发烫，还能用吗？"})
    hears(desk, number)
    assert "next_response" in indexed()[number].due_at
    writes(desk, number)
    hears(desk, number)
    assert indexed()[number].due_at.keys() == {"resolution", "idle"}


def test_it_is_the_first_answer_where_there_was_none(desk: Desk) -> None:
    number = desk.filed()
    policy_says(number, "manual_review")
    desk.assign(number)
    hears(desk, number)
    assert "first_response" in indexed()[number].due_at
    desk.later(hours=1)
    writes(desk, number)
    hears(desk, number)
    assert "first_response" not in indexed()[number].due_at
    assert indexed()[number].due_at["idle"] > shanghai("2026-03-09 11:30")


def test_it_may_be_written_again_and_one_key_sends_it_once(desk: Desk) -> None:
    number = delivering(desk)
    for key in ("k-1", "k-1", "k-2"):
        assert desk.staff(MEI, number, "message", WORDS, key=key).status == 200
    assert desk.steps(number).count("message_sent") == 2


def test_who_does_not_have_the_case_does_not_write(desk: Desk) -> None:
    number = desk.in_progress()
    answer = desk.staff(TOM, number, "message", WORDS)
    assert (answer.status, answer.problem) == (409, "not-yours")
    assert "message_sent" not in desk.steps(number)


@pytest.mark.parametrize("empty", [{}, {"message": ""}, {"message": "   "}])
def test_there_is_no_message_without_words(desk: Desk, empty: dict[str, str]) -> None:
    answer = desk.staff(MEI, desk.in_progress(), "message", empty)
    assert (answer.status, answer.problem) == (400, "invalid-request")


@pytest.mark.parametrize("place", [Desk.resolved, rejected, PLACES["cancelled"], PLACES["expired"]])
def test_of_a_case_that_has_ended_nothing_is_written_any_more(desk: Desk, place: Callable[[Desk], str]) -> None:
    number = place(desk)
    assert desk.application(number).status in FINAL
    assert desk.staff(HUA, number, "message", WORDS).problem == "step-not-possible"


def test_before_the_policy_has_spoken_nobody_writes(desk: Desk) -> None:
    number = desk.filed()
    assert desk.application(number).status is Status.SUBMITTED
    assert desk.staff(HUA, number, "message", WORDS).problem == "step-not-possible"
