"""A deployed stack's dead letters, with the real functions behind what is called again."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sqs.models import sqs_backends

from aftersales.aws import client
from aftersales.items import document_of
from aftersales.settings import Setting
from infra.cli.__main__ import main
from infra.ops.letters import queues
from infra.ops.letters.replay import lambda_client
from tests.integration import cloud
from tests.integration.cloud import _answer
from tests.integration.deployed import STACK
from tests.integration.desk import Desk
from tests.integration.gateway import announced, invoke

QUEUES = ("Notice", "Refund", "Clock", "Assignment")
OTHERS = ("Event", "Stream", "Evidence", "FollowUp")
FOLDERS = {"Followup": "followup", "Evidence": "evidence", "Publisher": "publisher"}
PLACED = {"detail": {"object": {"key": "applications/7K3M-9QXT-2VWH-5NRR/0a"}}}
FAILED = {"errorType": "ClientError", "errorMessage": "SlowDown"}

Json = dict[str, Any]
Ops = Callable[..., tuple[int, str]]


class Letterbox:
    """What lies in the queues of the stack."""

    def __init__(self) -> None:
        for kind in (*QUEUES, *(f"{kind}DeadLetters" for kind in (*QUEUES, *OTHERS))):
            client("sqs").create_queue(QueueName=f"{STACK}-{kind}")

    def url(self, name: str) -> str:
        found: str = client("sqs").get_queue_url(QueueName=f"{STACK}-{name}")["QueueUrl"]
        return found

    def gives_up(self, kind: str, body: Json | str, **attributes: str) -> str:
        """The id of the letter."""
        told = {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()}
        text = body if isinstance(body, str) else json.dumps(body)
        queue = self.url(f"{kind}DeadLetters")
        sent: str = client("sqs").send_message(QueueUrl=queue, MessageBody=text, MessageAttributes=told)["MessageId"]
        return sent

    def lets_go(self, kind: str) -> None:
        """Whoever holds letters has held them too long."""
        region = client("sqs").meta.region_name
        for message in sqs_backends[DEFAULT_ACCOUNT_ID][region].queues[f"{STACK}-{kind}DeadLetters"]._messages:
            message.visible_at = 0

    def lies_in(self, name: str) -> list[Json]:
        """What is in a queue; it is put back."""
        found: list[Json] = []
        while (
            some := client("sqs")
            .receive_message(QueueUrl=self.url(name), MaxNumberOfMessages=10, VisibilityTimeout=60)
            .get("Messages")
        ):
            found += some
        for message in found:
            client("sqs").change_message_visibility(
                QueueUrl=self.url(name), ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
            )
        return found

    def bodies(self, name: str) -> list[Json]:
        return [json.loads(message["Body"]) for message in self.lies_in(name)]


@contextmanager
def functions_answer() -> Iterator[list[str]]:
    """Who calls a function of the stack calls the real one; names those that were called."""
    called: list[str] = []

    def answer(params: Json, **_: object) -> Any:
        name = params["url_path"].split("/")[3].removeprefix(f"{STACK}-")
        called.append(name)
        try:
            said, failed = invoke(FOLDERS[name], json.loads(params["body"])), {}
        except Exception as error:  # noqa: BLE001
            said = {"errorType": type(error).__name__, "errorMessage": str(error)}
            failed = {"FunctionError": "Unhandled"}
        return _answer({"StatusCode": 200, "Payload": BytesIO(json.dumps(said).encode()), **failed})

    events, name = lambda_client().meta.events, "before-call.lambda.Invoke"
    events.register(name, answer)
    try:
        yield called
    finally:
        events.unregister(name, answer)


@contextmanager
def functions_end(how: Json | Exception) -> Iterator[None]:
    """Who calls a function of the stack gets this answer of AWS, or none."""

    def end(**_: object) -> Any:
        if isinstance(how, Exception):
            raise how
        return _answer(how)

    events, name = lambda_client().meta.events, "before-call.lambda.Invoke"
    events.register(name, end)
    try:
        yield
    finally:
        events.unregister(name, end)


def ops_at_work(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ops:
    """Runs `aftersales dead-letters …`; gives the exit code and all that was on the screen."""
    monkeypatch.setenv("COLUMNS", "240")
    monkeypatch.setattr(queues, "POLL_SECONDS", 0)

    def run(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        monkeypatch.setattr("sys.argv", ["aftersales", "dead-letters", *map(str, arguments)])
        code = main()
        return code, "".join(capsys.readouterr())

    return run


def mail_about(desk: Desk, number: str) -> Json:
    """What the bus told the queue of mails when the application was accepted."""
    [accepted] = [event for event in desk.timeline(number) if event.step == "accepted"]
    return announced(accepted.published())


def replays(queue: str) -> list[Json]:
    """The records of tries, of one queue."""
    found = (document_of(row) for row in cloud.rows(Setting.APPLICATIONS_TABLE))
    return [document for document in found if document["number"] == f"replay#{queue}"]
