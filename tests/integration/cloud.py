"""The part of the template that the functions need, in moto; and where DynamoDB is stricter than moto."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.parsing.reserved_keywords import ReservedKeywords
from moto.scheduler.models import scheduler_backends
from moto.ses.models import ses_backends
from moto.stepfunctions.models import stepfunctions_backends

from aftersales.aws import client
from aftersales.settings import Setting
from tests.conftest import ACCOUNT

HEARD = "everything-on-the-bus"


def build() -> None:
    """Tables, bucket, bus, state machine and the rest, all empty."""
    tables()
    client("s3").create_bucket(
        Bucket=Setting.PHOTOS_BUCKET.read(),
        CreateBucketConfiguration={"LocationConstraint": ACCOUNT["AWS_DEFAULT_REGION"]},
    )
    client("stepfunctions").create_state_machine(
        name="application", definition="{}", roleArn=Setting.FOLLOW_UP_ROLE_ARN.read()
    )
    client("scheduler").create_schedule_group(Name=Setting.FOLLOW_UP_GROUP.read())
    client("secretsmanager").create_secret(Name=Setting.LINK_SECRET.read(), SecretString="the secret of our links")
    _bus()


def tables() -> None:
    orders = _by_customer("customer_key", "placed_at")
    _table(Setting.ORDERS_TABLE, "order_key", GlobalSecondaryIndexes=[orders])
    _table(Setting.STORES_TABLE, "entry")
    _table(Setting.POLICIES_TABLE, "kept_for", "item")
    _table(Setting.STAFF_TABLE, "roster", "member_id")
    work = {
        "IndexName": "work",
        "KeySchema": _keys("work_owner", "work_due"),
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["type", "status", "priority", "language"]},
    }
    due = {
        "IndexName": "due",
        "KeySchema": _keys("due_shard", "due_next"),
        "Projection": {"ProjectionType": "ALL"},
    }
    applications = _by_customer("customer", "filed_at")
    _table(Setting.APPLICATIONS_TABLE, "number", "item", GlobalSecondaryIndexes=[work, applications, due])


def _by_customer(*keys: str) -> dict[str, Any]:
    return {"IndexName": "customer", "KeySchema": _keys(*keys), "Projection": {"ProjectionType": "KEYS_ONLY"}}


def _table(name: Setting, *keys: str, **more: Any) -> None:
    indexed = [key["AttributeName"] for index in more.get("GlobalSecondaryIndexes", []) for key in index["KeySchema"]]
    client("dynamodb").create_table(
        TableName=name.read(),
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in (*keys, *indexed)],
        KeySchema=_keys(*keys),
        **more,
    )


def _keys(*names: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=False)]


def _bus() -> None:
    queue = client("sqs").create_queue(QueueName=HEARD)["QueueUrl"]
    arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    bus = Setting.EVENT_BUS.read()
    client("events").create_event_bus(Name=bus)
    client("events").put_rule(Name=HEARD, EventBusName=bus, EventPattern=json.dumps({"source": ["aftersales"]}))
    client("events").put_targets(Rule=HEARD, EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])


def heard() -> list[dict[str, Any]]:
    """The details of all events that reached the bus since it was last asked."""
    queue = client("sqs").get_queue_url(QueueName=HEARD)["QueueUrl"]
    found: list[dict[str, Any]] = []
    while messages := client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(message["Body"])["detail"] for message in messages]
        for message in messages:
            client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return found


def mails() -> list[Any]:
    """What SES has sent: each with `source`, `destinations`, `subject` and `body`."""
    sent: list[Any] = ses_backends[DEFAULT_ACCOUNT_ID][ACCOUNT["AWS_DEFAULT_REGION"]].sent_messages
    return sent


def rows(table: Setting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client("dynamodb").scan(TableName=table.read(), ConsistentRead=True)["Items"]
    return found


def _answer(content: dict[str, Any]) -> tuple[AWSResponse, dict[str, Any]]:
    return AWSResponse("", 400 if "Error" in content else 200, HTTPHeaders(), None), content


class Tokens:
    """Task tokens of Step Functions, of which moto takes any: each can be answered once."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, dict[str, Any]]] = []
        self.spent: set[str] = set()

    def answer(self, params: dict[str, Any], **_: object) -> tuple[AWSResponse, dict[str, Any]] | None:
        token = json.loads(params["body"])["taskToken"]
        if token in self.spent:
            return _answer({"Error": {"Code": "TaskTimedOut", "Message": "spent"}})
        self.spent.add(token)
        self.answers.append((token, json.loads(json.loads(params["body"])["output"])))
        return None


EXPRESSIONS = [f"{kind}Expression" for kind in ("Update", "Condition", "KeyCondition", "Filter", "Projection")]
GRAMMAR = {"SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "IN", "BETWEEN", "SIZE", "CONTAINS"}
RESERVED = set(ReservedKeywords.get_reserved_keywords()) - GRAMMAR


def as_strict_as_dynamodb(params: dict[str, Any], **_: object) -> None:
    """By its constraints, an expression is not empty, has at most 4 KB, and has no reserved word. moto lets it pass."""
    writes = [write for each in params.get("TransactItems", ()) for write in each.values()] or [params]
    for expression in [write[name] for write in writes for name in EXPRESSIONS if name in write]:
        words = {word.upper() for word in re.findall(r"(?<![#:\w])[A-Za-z]\w*", expression)}
        if not 1 <= len(expression.encode()) <= 4096 or words & RESERVED:
            message = f"{words & RESERVED} in {expression!r}"
            raise ClientError({"Error": {"Code": "ValidationException", "Message": message}}, "strict")


def remember() -> Callable[[], None]:
    """What is in the cloud at this moment; gives what brings it back. Quicker than to build it anew."""
    region = ACCOUNT["AWS_DEFAULT_REGION"]
    tables, mailbox = dynamodb_backends[DEFAULT_ACCOUNT_ID][region], ses_backends[DEFAULT_ACCOUNT_ID][region]
    group = scheduler_backends[DEFAULT_ACCOUNT_ID][region].schedule_groups[Setting.FOLLOW_UP_GROUP.read()]
    [machine] = stepfunctions_backends[DEFAULT_ACCOUNT_ID][region].state_machines
    heard()
    kept = deepcopy(tables.tables), list(mailbox.sent_messages), dict(group.schedules), list(machine.executions)

    def bring_back() -> None:
        heard()
        tables.tables = deepcopy(kept[0])
        mailbox.sent_messages[:] = kept[1]
        group.schedules = dict(kept[2])
        machine.executions[:] = kept[3]

    return bring_back


@contextmanager
def world() -> Iterator[Tokens]:
    """A cloud of its own, with the tokens that were answered in it."""
    tokens = Tokens()
    with mock_aws():
        hooks = (
            (client("stepfunctions").meta.events, "before-call.sfn.SendTaskSuccess", tokens.answer),
            (client("dynamodb").meta.events, "provide-client-params.dynamodb", as_strict_as_dynamodb),
        )
        for events, name, hook in hooks:
            events.register(name, hook)
        build()
        try:
            yield tokens
        finally:
            for events, name, hook in hooks:
                events.unregister(name, hook)


def before_call(operation: str, service: str) -> str:
    """botocore's name for the moment before `operation` is sent."""
    return f"before-call.{client(service).meta.service_model.service_id.hyphenize()}.{operation}"


@contextmanager
def meanwhile(operation: str, happens: Callable[[], object], service: str = "dynamodb") -> Iterator[None]:
    """`happens` just before the next call of `operation` reaches AWS: somebody else was faster."""
    events, name = client(service).meta.events, before_call(operation, service)
    happened: list[str] = []

    def first(**_: object) -> None:
        if not happened:
            happened.append(operation)
            happens()

    events.register(name, first)
    try:
        yield
    finally:
        events.unregister(name, first)
    assert happened, f"{operation} was never called"


@contextmanager
def pages_of(size: int) -> Iterator[None]:
    """Queries are answered in pages of so many items, as if the items were large."""
    events, name = client("dynamodb").meta.events, "provide-client-params.dynamodb.Query"

    def limited(params: dict[str, Any], **_: object) -> dict[str, Any]:
        return params | {"Limit": size}

    events.register(name, limited)
    try:
        yield
    finally:
        events.unregister(name, limited)


@contextmanager
def answering(
    operation: str, answer: dict[str, Any] | Iterator[dict[str, Any]], service: str = "dynamodb"
) -> Iterator[None]:
    """AWS does nothing and answers each call of `operation` with `answer`, or with one after another; then as usual."""
    events, name = client(service).meta.events, before_call(operation, service)

    def answered(**_: object) -> tuple[AWSResponse, dict[str, Any]] | None:
        one = answer if isinstance(answer, dict) else next(answer, None)
        return _answer(one) if one else None

    events.register(name, answered)
    try:
        yield
    finally:
        events.unregister(name, answered)
