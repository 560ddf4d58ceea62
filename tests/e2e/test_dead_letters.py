"""Dead letters on the real stack: what lies there is seen, tried again, and recorded; and nothing happens twice."""

import json
from typing import Any

import pytest

from infra.cli.__main__ import main
from infra.local import cloud, stack
from infra.local.stack import Standing
from infra.local.waiting import until
from infra.ops.stack import name
from tests.e2e.people import Shopkeeper


def gives_up(standing: Standing, kind: str, body: dict[str, Any]) -> str:
    sqs = cloud.client("sqs", standing.place.port)
    queue = sqs.get_queue_url(QueueName=f"{name(stack.STAGE)}-{kind}DeadLetters")["QueueUrl"]
    return str(sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(body))["MessageId"])


def ops(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["aftersales", "dead-letters", *arguments])
    return main()


def test_a_mail_that_was_sent_is_not_sent_again(
    standing: Standing, shop: Shopkeeper, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    customer = shop.files(shop.sells())
    shop.assigned(customer)
    before = customer.gets_mails(2)
    detail = {"id": f"{customer.number}.1", "number": customer.number, "sequence": 1}
    letter = gives_up(standing, "Notice", {"detail-type": "application.filed", "detail": detail})
    assert ops(monkeypatch, "look", "Notice") == 0
    assert customer.number in capsys.readouterr().out
    assert ops(monkeypatch, "replay", "Notice", letter) == 0
    assert ops(monkeypatch, "replay", "Notice", letter) == 1
    sqs = cloud.client("sqs", standing.place.port)
    queue = sqs.get_queue_url(QueueName=f"{name(stack.STAGE)}-Notice")["QueueUrl"]
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def is_done() -> bool:
        left = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
        return all(count == "0" for count in left.values())

    until(is_done, "the queue of mails to be empty")
    assert customer.mails() == before


def test_a_function_is_called_again_and_what_fails_again_is_kept(
    standing: Standing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A call back of an application that there is not; the emulator has one name for all that a function raises."""
    letter = gives_up(standing, "FollowUp", {"number": "7K3M-9QXT-2VWH-5NRR", "due": True})
    assert ops(monkeypatch, "replay", "FollowUp", letter) == 1
    said = capsys.readouterr().out
    assert "failed again" in said
    assert "There is nothing here that you may see" in said
    assert ops(monkeypatch, "drop", "FollowUp", letter, "--note", "there is no such application") == 0
