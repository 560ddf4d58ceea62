"""Dead letters that cannot be tried again: each is kept with its reason and recorded, and the others go on."""

from io import BytesIO
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from aftersales.aws import client
from tests.integration.deployed import STACK
from tests.integration.desk import Desk
from tests.integration.letterbox import FAILED, PLACED, Letterbox, Ops, functions_end, mail_about, replays

Json = dict[str, Any]
EVENT = {"detail-type": "application.accepted", "detail": {"number": "7K3M-9QXT-2VWH-5NRR", "sequence": 2}}
CALLED = {"requestPayload": PLACED, "responsePayload": FAILED}
BATCH = {"streamArn": "arn:aws:dynamodb:us-east-1:123456789012:table/applications/stream/1", "shardId": "shardId-1"}
CALL_BACK = {"number": "7K3M-9QXT-2VWH-5NRR", "due": True}


def streamed(batch: object) -> Json:
    return {"detail-type": "given up", "DDBStreamBatchInfo": batch}


def to(name: str) -> dict[str, str]:
    return {"TARGET_ARN": f"arn:aws:sqs:ap-southeast-1:123456789012:{STACK}-{name}"}


def kept(text: str, queue: str, reason: str) -> bool:
    """On the screen, and in the only record."""
    [record] = [each for each in replays(f"{queue}DeadLetters") if each["outcome"] == "kept"]
    return reason in text and reason in record["where"]


# --- one among others ---

NOT_POSSIBLE: list[tuple[str, Json | str, dict[str, str], str]] = [
    ("Event", EVENT, to("Parcels"), f"there is no queue {STACK}-Parcels"),
    ("Event", EVENT, {}, "names no queue of aftersales-local: nothing"),
    ("Notice", "{not JSON", {}, "it cannot be understood"),
    ("Notice", {"detail": {"note": "nobody's"}}, {}, "it cannot be understood"),
    ("Assignment", '["a list"]', {}, "it cannot be understood"),
]


@pytest.mark.parametrize(("queue", "body", "attributes", "reason"), NOT_POSSIBLE)
def test_what_cannot_be_tried_is_kept_and_the_others_go(
    desk: Desk, box: Letterbox, ops: Ops, queue: str, body: Json | str, attributes: dict[str, str], reason: str
) -> None:
    letter = box.gives_up(queue, body, **attributes)
    for _ in range(2):
        box.gives_up(queue, mail_about(desk, desk.accepted()), **to("Refund"))
    code, text = ops("replay-all", queue)
    assert (code, "2 of 3 dealt with, 1 kept" in text) == (1, True), text
    assert kept(text, queue, reason), text
    assert [message["MessageId"] for message in box.lies_in(f"{queue}DeadLetters")] == [letter]


# --- functions ---


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"Error": {"Code": "ResourceNotFoundException"}}, "there is no function aftersales-local-Followup"),
        ({"Error": {"Code": "TooManyRequestsException"}}, "aftersales-local-Followup is called too often just now"),
        (ReadTimeoutError(endpoint_url="…"), "gave no answer for 70 seconds, and may have done it"),
        (EndpointConnectionError(endpoint_url="…"), "AWS could not be asked: EndpointConnectionError"),
        (
            {"Error": {"Code": "AccessDeniedException", "Message": "ops@desk.example may not\nReferenceId: 4"}},
            "AWS refused: AccessDeniedException: (an address) may not",
        ),
    ],
    ids=["gone", "throttled", "silent", "not reached", "forbidden"],
)
def test_a_call_that_comes_to_nothing_is_kept(box: Letterbox, ops: Ops, how: Json | Exception, reason: str) -> None:
    letter = box.gives_up("FollowUp", CALL_BACK)
    with functions_end(how):
        code, text = ops("replay-all", "FollowUp")
    assert (code, kept(text, "FollowUp", reason)) == (1, True), text
    assert [message["MessageId"] for message in box.lies_in("FollowUpDeadLetters")] == [letter]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"<html>Bad gateway", "<html>Bad gateway"),
        (b"null", "it does not say why"),
        (b"", "it does not say why"),
        (b'{"errorType": "ValueError"}', "ValueError"),
    ],
)
def test_whatever_a_failed_function_says_is_a_reason(box: Letterbox, ops: Ops, answer: bytes, reason: str) -> None:
    box.gives_up("Evidence", CALLED)
    with functions_end({"StatusCode": 200, "FunctionError": "Unhandled", "Payload": BytesIO(answer)}):
        code, text = ops("replay-all", "Evidence")
    assert (code, kept(text, "Evidence", f"Evidence failed again: {reason}")) == (1, True), text


@pytest.mark.parametrize(
    "batch",
    [
        None,
        "a batch",
        {"batchSize": 3},
        BATCH | {"startSequenceNumber": "100"},
        BATCH | {"startSequenceNumber": "100", "endSequenceNumber": "the last"},
        BATCH | {"startSequenceNumber": 100, "endSequenceNumber": 200},
    ],
    ids=["none", "a text", "no place", "no end", "an end that is no number", "numbers that are no text"],
)
def test_a_letter_of_the_stream_that_is_no_batch_is_kept(box: Letterbox, ops: Ops, batch: object) -> None:
    box.gives_up("Stream", streamed(batch))
    code, text = ops("replay-all", "Stream")
    assert (code, kept(text, "Stream", "it does not say which records of the stream")) == (1, True), text


# --- what goes on is the body alone ---


def test_what_says_why_it_was_given_up_is_not_sent_on(desk: Desk, box: Letterbox, ops: Ops) -> None:
    mail = mail_about(desk, desk.accepted())
    box.gives_up("Event", mail, ERROR_CODE="SDK_CLIENT_ERROR", **to("Refund"))
    assert ops("replay-all", "Event")[0] == 0
    url = box.url("Refund")
    [message] = client("sqs").receive_message(QueueUrl=url, MessageAttributeNames=["All"])["Messages"]
    assert "MessageAttributes" not in message
