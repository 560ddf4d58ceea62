"""`aftersales dead-letters list` and `look`: what lies where, readable on any screen, with nobody's address in it."""

import json
import re
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest

from aftersales.aws import client
from tests.integration.deployed import STACK
from tests.integration.desk import Desk
from tests.integration.letterbox import FAILED, PLACED, Letterbox, Ops, functions_end, mail_about, replays

Json = dict[str, Any]


def table(text: str) -> list[dict[str, str]]:
    """The rows on the screen, each cell by its heading."""
    lines = [re.split("[│┃]", line)[1:-1] for line in text.splitlines() if re.search("[│┃]", line)]
    headings, *rows = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(headings, row, strict=True)) for row in rows]


# --- list ---


def test_list_says_how_many_lie_where_and_since_when(desk: Desk, box: Letterbox, ops: Ops) -> None:
    for _ in range(2):
        box.gives_up("Notice", mail_about(desk, desk.accepted()))
    code, text = ops("list")
    rows = {row.pop("queue"): row for row in table(text)}
    assert code == 0
    assert rows["Refund"] == {"letters": "0", "looked at": "0", "the oldest is from": ""}
    assert (rows["Notice"]["letters"], rows["Notice"]["looked at"]) == ("2", "0")
    since, _, age = rows["Notice"]["the oldest is from"].partition(", ")
    assert datetime.fromisoformat(since)
    assert re.fullmatch(r"-?\d+ d \d+ h ago", age)
    assert len(box.lies_in("NoticeDeadLetters")) == 2


def test_the_queues_of_a_stage_whose_name_begins_alike_are_its_own(desk: Desk, box: Letterbox, ops: Ops) -> None:
    client("sqs").create_queue(QueueName=f"{STACK}-eu-RefundDeadLetters")
    listed = [row["queue"] for row in table(ops("list")[1])]
    assert ("Refund" in listed, "eu-Refund" in listed) == (True, False)
    code, text = ops("replay-all", "eu-Refund")
    assert (code, "no dead letters of eu-Refund" in text) == (1, True)


# --- look ---


def test_look_says_whose_it_is_and_why_and_takes_nothing_out(desk: Desk, box: Letterbox, ops: Ops) -> None:
    number = desk.accepted()
    refused = {"ERROR_CODE": "SDK_CLIENT_ERROR", "ERROR_MESSAGE": "the queue does not exist"}
    letter = box.gives_up("Event", mail_about(desk, number), **refused)
    for _ in range(2):
        code, text = ops("look", "Event")
        assert code == 0
        for words in (letter, number, "application.accepted", "SDK_CLIENT_ERROR: the queue does not exist"):
            assert words in text


GIVEN_UP: list[tuple[Json | str, tuple[str, ...]]] = [
    ({"requestPayload": PLACED, "responsePayload": FAILED}, ("7K3M-9QXT-2VWH-5NRR", "ClientError: SlowDown")),
    ({"number": "7K3M-9QXT-2VWH-5NRR", "due": True}, ("7K3M-9QXT-2VWH-5NRR", "call back")),
    ({"number": "7K3M-9QXT-2VWH-5NRR", "status": "manual_review", "token": "t"}, ("manual_review",)),
    (
        {
            "requestContext": {"condition": "RetryAttemptsExhausted"},
            "DDBStreamBatchInfo": {"batchSize": 3, "approximateArrivalOfFirstRecord": "2026-11-22T08:30:00Z"},
        },
        ("3 of the stream, from 2026-11-22T08:30:00Z on", "RetryAttemptsExhausted"),
    ),
    ("{not JSON", ("cannot be understood", "{not JSON")),
    ('["a list"]', ("cannot be understood", '["a list"]')),
    ("[" * 100_000, ("cannot be understood", "[[[[")),
    ({"detail": "text", "requestPayload": 7}, ("cannot be understood",)),
    ({"detail": {"object": {"key": "elsewhere"}}}, ("cannot be understood", "elsewhere")),
    ({"detail": {"object": {"key": 7}}}, ("cannot be understood",)),
    ({"detail": {"number": 7}}, ("cannot be understood",)),
]


@pytest.mark.parametrize(("body", "words"), GIVEN_UP, ids=lambda value: str(value)[:30])
def test_every_kind_of_letter_can_be_looked_at(
    box: Letterbox, ops: Ops, body: Json | str, words: tuple[str, ...]
) -> None:
    letter = box.gives_up("Evidence", body)
    code, text = ops("look", "Evidence")
    assert (code, letter in text) == (0, True)
    for each in words:
        assert each in text


def test_look_shows_the_first_twenty_and_says_how_many_more(desk: Desk, box: Letterbox, ops: Ops) -> None:
    mail = mail_about(desk, desk.accepted())
    for _ in range(23):
        box.gives_up("Notice", mail)
    assert "and about 3 more" in ops("look", "Notice")[1]


def test_on_a_narrow_screen_each_thing_has_its_line(
    desk: Desk, box: Letterbox, ops: Ops, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    number = desk.accepted()
    refused = {"ERROR_CODE": "SDK_CLIENT_ERROR", "ERROR_MESSAGE": f"the queue {STACK}-Refund does not exist any more"}
    letter = box.gives_up("Event", mail_about(desk, number), **refused)
    first, since, *lines = ops("look", "Event")[1].splitlines()
    assert (first, since.split()[0]) == (letter, "from")
    assert [line.split(maxsplit=1) for line in lines] == [
        ["application", number],
        ["event", "application.accepted #2"],
        ["error", f"SDK_CLIENT_ERROR: the queue {STACK}-Refund does not exist any more"],
    ]


def test_of_an_empty_queue_it_says_so(box: Letterbox, ops: Ops) -> None:
    code, text = ops("look", "Refund")
    assert (code, "RefundDeadLetters is empty" in text) == (0, True)


# --- nobody's address ---

SAID = [
    ("MessageRejected: wang.fang@kunde.example is not verified", "(an address) is not verified"),
    ("收件人 王芳@例子.example 拒收", "(an address) 拒收"),
    ("电话13800138000打不通", "电话(a phone)打不通"),
    ("call +49 (0)30 1234-5678: no answer", "call (a phone): no answer"),
    ("\x1b[2J\x1b]0;gone\x07the screen\u202e", "the screen"),
    ("one line\nTraceback: wang.fang@kunde.example", "one line"),
    (
        "5f0c1a9e-6f5e-4f53-9a44-1f6ce0d1c001 timed out after 30.03 seconds",
        "1f6ce0d1c001 timed out after 30.03 seconds",
    ),
    ("2026-11-22T08:30:00.123Z 2026-11-22", "2026-11-22T08:30:00.123Z 2026-11-22"),
    ("arn:aws:sqs:eu-west-1:123456789012:orders", "arn:aws:sqs:eu-west-1:123456789012:orders"),
    ("order LT-20013344 of 7K3M-9QXT-2VWH-5NRR", "order LT-20013344 of 7K3M-9QXT-2VWH-5NRR"),
]
"""What a function said, and what of it is shown and kept."""
NEVER = re.compile(r"kunde\.example|例子|13800138000|1234-5678|[\x00-\x09\x0b-\x1f\x7f\u202e]|Traceback")


@pytest.mark.parametrize(("said", "shown"), SAID)
def test_what_a_function_said_is_shown_without_addresses(box: Letterbox, ops: Ops, said: str, shown: str) -> None:
    failed = {"errorType": "ValueError", "errorMessage": said}
    box.gives_up("Evidence", {"requestPayload": PLACED, "responsePayload": failed})
    text = ops("look", "Evidence")[1]
    assert (shown in text, NEVER.search(text)) == (True, None), text


@pytest.mark.parametrize(("said", "shown"), SAID)
def test_what_it_says_again_is_kept_without_addresses(box: Letterbox, ops: Ops, said: str, shown: str) -> None:
    box.gives_up("Evidence", {"requestPayload": PLACED, "responsePayload": FAILED})
    answer = json.dumps({"errorType": "ValueError", "errorMessage": said}).encode()
    with functions_end({"StatusCode": 200, "FunctionError": "Unhandled", "Payload": BytesIO(answer)}):
        text = ops("replay-all", "Evidence")[1]
    [record] = replays("EvidenceDeadLetters")
    for each in (text, record["where"]):
        assert (shown in each, NEVER.search(each)) == (True, None), each


def test_a_body_that_cannot_be_read_is_shown_without_addresses(box: Letterbox, ops: Ops) -> None:
    box.gives_up("Notice", '{"to": "wang.fang@kunde.example",\n "phone": "13800138000",\n "lines": [')
    text = ops("look", "Notice")[1]
    assert '{"to": "(an address)",  "phone": "(a phone)",  "lines": [' in text
    assert NEVER.search(text) is None
