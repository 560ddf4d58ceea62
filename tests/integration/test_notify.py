"""The customer is told by mail, once: never twice, and never not at all without somebody knowing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from aftersales.applications import store as applications
from aftersales.aws import client
from aftersales.identity.links import number_of
from tests.integration import cloud
from tests.integration.desk import MEI, Desk
from tests.integration.gateway import customer, invoke, shop

ACCEPTED = 2
"""The second event of an accepted application."""


@contextmanager
def ses(moment: str, happens: Callable[..., object]) -> Iterator[None]:
    """`happens` before or after SES has done what it was asked."""
    events, name = client("sesv2").meta.events, f"{moment}-call.sesv2.SendEmail"
    events.register(name, happens)
    yield
    events.unregister(name, happens)


def cannot_connect(**_: object) -> None:
    raise EndpointConnectionError(endpoint_url="https://email.example")


def answer_is_lost(**_: object) -> None:
    raise ReadTimeoutError(endpoint_url="https://email.example")


def answers_500(http_response: Any, parsed: dict[str, Any], **_: object) -> None:
    http_response.status_code = 500
    parsed["Error"] = {"Code": "InternalServiceErrorException", "Message": "?"}


def test_the_customer_reads_where_it_stands(desk: Desk) -> None:
    number = desk.accepted()
    assert desk.notify(number, ACCEPTED) == []
    [mail] = cloud.mails()
    assert (mail.source, mail.destinations["ToAddresses"]) == ("service@lantern.example", ["li.na@mail.example"])
    assert mail.subject == f"[灯笼茶器] 售后申请 {number}：已受理"


def test_an_english_customer_reads_english(desk: Desk) -> None:
    number = desk.accepted(language="en", contact={"name": "Ann Miller", "email": "ann@mail.example"})
    desk.notify(number, ACCEPTED)
    [mail] = cloud.mails()
    assert mail.subject == f"[Lantern Tea Ware] Application {number}: Accepted"
    assert mail.body.startswith("Dear Ann Miller,")


def test_the_link_in_it_opens_the_application(desk: Desk) -> None:
    number = desk.accepted()
    desk.notify(number, ACCEPTED)
    [link] = re.findall(r"https://\S+", cloud.mails()[0].body)
    assert link.startswith("https://help.lantern.example/track/")
    assert number_of(link.rsplit("/", 1)[1]) == number


def test_the_link_of_the_survey_leads_to_the_survey(desk: Desk) -> None:
    number = desk.resolved()
    invoke("survey_invitation", desk.standing(number))
    desk.notify(number, len(desk.steps(number)))
    assert "https://help.lantern.example/survey/" in cloud.mails()[0].body


def test_a_store_without_pages_of_its_own_uses_ours(desk: Desk) -> None:
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London", page_url=None)
    desk.tell_order(who=shop("harbour"))
    number = desk.filed(who=shop("harbour"))
    desk.notify(number, 1)
    assert "https://api.example.com/v1/track/" in cloud.mails()[0].body


def test_the_same_message_again_sends_no_second_mail(desk: Desk) -> None:
    number = desk.accepted()
    assert [desk.notify(number, ACCEPTED) for _ in range(3)] == [[], [], []]
    assert len(cloud.mails()) == 1


def test_each_event_has_its_own_mail(desk: Desk) -> None:
    number = desk.accepted()
    desk.notify(number, 1)
    desk.notify(number, 2)
    assert len(cloud.mails()) == 2


def test_what_is_not_worth_a_mail_sends_none(desk: Desk) -> None:
    """That somebody has the case is seen on the page."""
    number = desk.in_progress()
    assert desk.steps(number)[-1] == "assigned"
    assert desk.notify(number, 3) == []
    assert cloud.mails() == []


def test_who_is_to_send_the_goods_is_told_so(desk: Desk) -> None:
    number = desk.awaiting_goods()
    assert desk.notify(number, 3) == []
    assert "请在 2026年3月23日 10:30 (UTC+8) 前寄出" in cloud.mails()[0].body


def test_what_staff_note_for_themselves_is_never_mailed(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], may_give={"CNY": 1000})
    number = desk.in_progress(type="complaint", lines=[])
    too_much = {"kind": "coupon", "amount": {"amount": 9000, "currency": "CNY"}, "message": "请批准 90 元。"}
    desk.staff(MEI, number, "notes", {"message": "老顾客"})
    desk.staff(MEI, number, "compensation", too_much)
    assert desk.steps(number)[-2:] == ["noted", "compensation_proposed"]
    assert [desk.notify(number, sequence) for sequence in (4, 5)] == [[], []]
    assert cloud.mails() == []


def test_who_left_a_phone_number_only_gets_no_mail(desk: Desk) -> None:
    number = desk.accepted(contact={"phone": "+86 138 0013 8000"})
    assert desk.notify(number, ACCEPTED) == []
    assert cloud.mails() == []


def test_while_another_delivery_is_sending_this_one_waits(desk: Desk) -> None:
    number = desk.accepted()
    answers: list[list[str]] = []
    with ses("before", lambda **_: answers.append(desk.notify(number, ACCEPTED))):
        desk.notify(number, ACCEPTED)
    assert answers == [["message-0"]]
    assert len(cloud.mails()) == 1


def test_a_mail_that_ses_refuses_is_tried_again(desk: Desk) -> None:
    number = desk.accepted()
    client("sesv2").delete_email_identity(EmailIdentity="service@lantern.example")
    assert desk.notify(number, ACCEPTED) == ["message-0"]
    client("sesv2").create_email_identity(EmailIdentity="service@lantern.example")
    assert desk.notify(number, ACCEPTED) == []
    assert len(cloud.mails()) == 1


def test_a_mail_that_never_reached_ses_is_tried_again(desk: Desk) -> None:
    number = desk.accepted()
    with ses("before", cannot_connect):
        assert desk.notify(number, ACCEPTED) == ["message-0"]
    assert desk.notify(number, ACCEPTED) == []
    assert len(cloud.mails()) == 1


def test_what_failed_before_ses_was_asked_is_tried_again(desk: Desk) -> None:
    """The store is not registered yet: nothing can have been sent."""
    desk.tell_order(who=shop("harbour"))
    number = desk.filed(who=shop("harbour"))
    assert desk.notify(number, 1) == ["message-0"]
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    assert desk.notify(number, 1) == []
    assert len(cloud.mails()) == 1


@pytest.mark.parametrize("lost", [answer_is_lost, answers_500])
def test_when_nobody_knows_whether_it_was_sent_it_is_not_sent_again_and_staff_see_it(
    desk: Desk, lost: Callable[..., object]
) -> None:
    number = desk.accepted()
    with ses("after", lost):
        desk.notify(number, ACCEPTED)
    desk.later(minutes=3)
    assert [desk.notify(number, ACCEPTED) for _ in range(3)] == [[], [], []]
    assert len(cloud.mails()) == 1
    assert desk.steps(number).count("notice_uncertain") == 1
    assert desk.timeline(number)[-1].data == {"sequence": ACCEPTED}


def test_the_customer_does_not_see_our_doubts(desk: Desk) -> None:
    number = desk.accepted()
    with ses("after", answer_is_lost):
        desk.notify(number, ACCEPTED)
    desk.later(minutes=3)
    desk.notify(number, ACCEPTED)
    assert "notice_uncertain" not in str(desk.look(number, customer(number)).body)


def test_two_deliveries_that_both_find_it_uncertain_record_it_once(desk: Desk) -> None:
    number = desk.accepted()
    with ses("after", answer_is_lost):
        desk.notify(number, ACCEPTED)
    desk.later(minutes=3)
    with cloud.meanwhile("TransactWriteItems", lambda: desk.notify(number, ACCEPTED)):
        desk.notify(number, ACCEPTED)
    assert desk.steps(number).count("notice_uncertain") == 1


def test_when_the_other_delivery_was_refused_meanwhile_the_message_comes_back(desk: Desk) -> None:
    """It took its claim back between our looking twice: were we to call it done, nobody would send the mail."""
    number = desk.accepted()
    key = {"number": {"S": number}, "item": {"S": f"notice#{ACCEPTED:06d}"}}
    client("dynamodb").put_item(
        TableName=applications.TABLE.read(),
        Item=key | {"state": {"S": "claimed"}, "claimed_at": {"S": "2026-03-09T02:30:00.000Z"}},
    )

    def other_is_refused() -> None:
        client("dynamodb").delete_item(TableName=applications.TABLE.read(), Key=key)

    failed_claim = iter([{"Error": {"Code": "ConditionalCheckFailedException", "Message": ""}}])
    with cloud.answering("PutItem", failed_claim):
        other_is_refused()
        assert desk.notify(number, ACCEPTED) == ["message-0"]
    assert desk.notify(number, ACCEPTED) == []
    assert len(cloud.mails()) == 1


def test_neither_address_nor_words_nor_link_are_logged(desk: Desk, logged: Callable[[], str]) -> None:
    number = desk.accepted()
    desk.notify(number, ACCEPTED)
    client("sesv2").delete_email_identity(EmailIdentity="service@lantern.example")
    desk.notify(number, 1)
    assert number in logged()
    assert not [word for word in ("li.na", "李娜", "壶嘴", "/track/") if word in logged()]


def test_what_ses_says_of_an_address_is_not_in_the_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """In its sandbox SES names the address that it refuses."""

    def names_it(http_response: Any, parsed: dict[str, Any], **_: object) -> None:
        http_response.status_code = 400
        parsed["Error"] = {"Code": "MessageRejected", "Message": "not verified: li.na@mail.example"}

    number = desk.accepted()
    with ses("after", names_it):
        desk.notify(number, ACCEPTED)
    assert "MessageRejected" in caplog.text
    assert "li.na@mail.example" not in caplog.text
