"""The edge of the API: what is too large, broken or unforeseen still gets a problem document."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.desk import MEI, Desk
from tests.integration.gateway import call, deliver, invoke, request, shop


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "5", '"order"'])
def test_what_is_no_document_is_refused(desk: Desk, body: str) -> None:
    answer = call(shop(), "POST", "/applications", body)
    assert (answer.status, answer.problem) == (400, "invalid-request")


def test_bytes_that_are_no_text_are_refused(desk: Desk) -> None:
    event = request(shop(), "POST", "/applications", "/w==") | {"isBase64Encoded": True}
    assert invoke("submission", event)["statusCode"] == 400


def test_a_body_sent_as_base64_is_read(desk: Desk) -> None:
    text = b64encode(json.dumps(desk.filing()).encode()).decode()
    event = request(shop(), "POST", "/applications", text) | {"isBase64Encoded": True}
    assert invoke("submission", event)["statusCode"] == 202


def test_a_body_of_more_than_256_kb_is_too_large(desk: Desk) -> None:
    answer = call(shop(), "POST", "/applications", desk.filing(description="壶" * 90_000))
    assert (answer.status, answer.problem) == (413, "too-large")


def test_a_refusal_names_the_fields_and_not_their_values(desk: Desk) -> None:
    answer = desk.file(contact={"email": "secret words"}, channel="pigeon")
    assert {error["field"] for error in answer.body["errors"]} == {"contact.email", "channel"}
    assert "secret words" not in str(answer.body)
    assert "pigeon" not in str(answer.body)


def test_a_problem_has_the_shape_of_rfc_9457(desk: Desk) -> None:
    answer = desk.file(order_number="LT-9999")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body == {
        "type": "urn:aftersales:problem:unknown-order",
        "title": "The store has no such order",
        "status": 422,
        "detail": "no order LT-9999",
    }


BROKEN = {"Error": {"Code": "InternalServerError", "Message": "table secrets"}}


def test_what_nobody_foresaw_is_a_500_that_tells_nothing(desk: Desk, logged: Callable[[], str]) -> None:
    with cloud.answering("GetItem", BROKEN):
        answer = desk.file()
    assert (answer.status, answer.problem) == (500, "internal")
    assert "table secrets" not in str(answer.body)
    assert "table secrets" in logged()


def test_a_media_type_that_we_do_not_read_gets_a_problem_document_too(desk: Desk) -> None:
    answer = call(shop(), "POST", "/applications", "<xml/>", headers={"content-type": "text/xml"})
    assert answer.status == 415
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_logs_carry_the_id_of_the_request(desk: Desk, logged: Callable[[], str]) -> None:
    desk.file(order_number="LT-9999")
    assert '"correlation_id":"c6af9ac6-7b61-11e6-9a41-93e8deadbe03"' in logged()


def test_one_requests_id_does_not_stick_to_the_next(desk: Desk, logged: Callable[[], str]) -> None:
    number = desk.filed()
    desk.notify(number, 1)
    deliver("notification", {"nonsense": True})
    last = logged().strip().splitlines()[-1]
    assert number not in last


@pytest.mark.parametrize("function", ["assignment", "notification", "resolution"])
def test_a_message_that_makes_no_sense_comes_back_and_is_not_logged(
    desk: Desk, function: str, logged: Callable[[], str]
) -> None:
    assert deliver(function, {"number": {"email": "li.na@mail.example"}}) == ["message-0"]
    assert "message failed" in logged()
    assert "li.na" not in logged()


def test_a_batch_of_messages_fails_one_by_one(desk: Desk) -> None:
    number = desk.accepted()
    good: dict[str, Any] = desk.standing(number) | {"token": "t-1"}
    assert deliver("assignment", {}, good, {}) == ["message-0", "message-2"]
    assert desk.application(number).assignee == MEI.id
