"""Try once more what was given up: for each kind of dead letters, in its own way.

A letter is sent first and thrown away after, so nothing is lost when this dies in between; what then happens twice does
no harm, since every consumer knows by the event's id, or by where the case stands, what it has done. Each try is
recorded before the letter goes.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ReadTimeoutError

from aftersales import clock
from aftersales.aws import client
from aftersales.items import item
from aftersales.settings import Setting
from infra.ops.letters import stream, words
from infra.ops.letters.letter import Letter
from infra.ops.letters.queues import SUFFIX, Hand, Queue

Json = dict[str, Any]
SILENT = "it does not say why"
LONGEST_CALL = 70
"""Seconds: longer than any of the functions that are called may run."""


class NotPossible(Exception):
    """The letter stays where it is; the message says why, and what to do instead."""


class Replayed(NamedTuple):
    """What came of one letter. `where` is the queue or function that has it now; of one that is `kept`, why."""

    letter: Letter
    outcome: Literal["sent", "called", "dropped", "kept"]
    where: str


Way = Callable[[Queue, Letter], str]
"""Tries the letter once more and says where; raises `NotPossible`."""


def replay(hand: Hand, letter: Letter, by: str) -> Replayed:
    way, outcome = WAYS[hand.queue.kind]
    try:
        done = Replayed(letter, outcome, _tried(way, hand.queue, letter))
    except NotPossible as reason:
        done = Replayed(letter, "kept", str(reason))
    return _settled(hand, done, by)


def _tried(way: Way, queue: Queue, letter: Letter) -> str:
    """Raises `NotPossible`, whatever AWS has against it: the others of the queue are tried all the same."""
    if not letter.is_understood:
        raise NotPossible("it cannot be understood: `look` shows its body, `drop` throws it away")
    try:
        return way(queue, letter)
    except ClientError as error:
        said = error.response["Error"]
        raise NotPossible(f"AWS refused: {said.get('Code')}: {words.line(said.get('Message', ''))}") from None
    except BotoCoreError as error:
        raise NotPossible(f"AWS could not be asked: {type(error).__name__}: {words.line(error)}") from None


def drop(hand: Hand, letter: Letter, by: str, reason: str) -> Replayed:
    """For what was dealt with otherwise, and would be sent again for nothing."""
    return _settled(hand, Replayed(letter, "dropped", reason), by)


def _settled(hand: Hand, done: Replayed, by: str) -> Replayed:
    _record(hand.queue, done, by)
    if done.outcome != "kept":
        hand.throw_away(done.letter)
    return done


def _record(queue: Queue, done: Replayed, by: str) -> None:
    """One item a try, by queue and moment: kept for good, beside the applications."""
    at, letter = clock.rfc3339(clock.now()), done.letter
    document = {
        "number": f"replay#{queue.name}",
        "item": f"{at}#{letter.message_id}",
        "at": at,
        "by": by,
        "message_id": letter.message_id,
        "application": letter.number,
        "event": letter.event,
        "outcome": done.outcome,
        "where": done.where,
    }
    client("dynamodb").put_item(TableName=Setting.APPLICATIONS_TABLE.read(), Item=item(document))


def whoami() -> str:
    """Whose key it is that is used."""
    found: str = client("sts").get_caller_identity()["Arn"]
    return found


# --- ways ---


def _to_its_queue(queue: Queue, letter: Letter) -> str:
    return _send(queue.stack, queue.kind, letter)


def _to_its_target(queue: Queue, letter: Letter) -> str:
    """The bus says in an attribute which queue it could not reach."""
    target = letter.attributes.get("TARGET_ARN", "").rpartition(":")[2]
    kind = target.removeprefix(f"{queue.stack}-")
    if kind == target or kind.endswith(SUFFIX):
        named = words.line(target) or "nothing"
        raise NotPossible(f"its attribute TARGET_ARN names no queue of {queue.stack}: {named}")
    return _send(queue.stack, kind, letter)


def _send(stack: str, kind: str, letter: Letter) -> str:
    """The body alone: no consumer reads attributes of a message, and those of a dead letter say why it is one."""
    sqs, name = client("sqs"), f"{stack}-{kind}"
    try:
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    except sqs.exceptions.QueueDoesNotExist:
        raise NotPossible(f"there is no queue {words.line(name)}") from None
    sqs.send_message(QueueUrl=url, MessageBody=letter.body)
    return name


def _calling(function: str) -> Way:
    """With what it was called with when it failed."""

    def call(queue: Queue, letter: Letter) -> str:
        if not letter.payload:
            raise NotPossible("it does not say what the function was called with")
        return _call(f"{queue.stack}-{function}", letter.payload)

    return call


def _streaming(function: str, wanted: Callable[[Json], bool], instead: str) -> Way:
    """With the records that the letter names, read from the stream anew."""

    def call(queue: Queue, letter: Letter) -> str:
        try:
            found = [record for record in stream.records(letter) if wanted(record)]
        except stream.Gone:
            raise NotPossible(f"the stream has forgotten its records, as it does after a day: {instead}") from None
        except stream.NoBatch:
            raise NotPossible("it does not say which records of the stream") from None
        return _call(f"{queue.stack}-{function}", {"Records": found})

    return call


def _call(function: str, payload: Json) -> str:
    functions = lambda_client()
    try:
        answer = functions.invoke(FunctionName=function, Payload=json.dumps(payload).encode())
    except functions.exceptions.ResourceNotFoundException:
        raise NotPossible(f"there is no function {function}") from None
    except functions.exceptions.TooManyRequestsException:
        raise NotPossible(f"{function} is called too often just now: try again later") from None
    except ReadTimeoutError:
        raise NotPossible(f"{function} gave no answer for {LONGEST_CALL} seconds, and may have done it") from None
    if answer.get("FunctionError"):
        raise NotPossible(f"{function} failed again: {_reason(answer['Payload'].read())}")
    return function


def _reason(answer: bytes) -> str:
    """The error's kind and its first line."""
    try:
        said = json.loads(answer)
    except ValueError:
        return words.line(answer.decode(errors="replace")) or SILENT
    known = said if isinstance(said, dict) else {}
    return ": ".join(words.line(known[name]) for name in ("errorType", "errorMessage") if known.get(name)) or SILENT


@cache
def lambda_client() -> Any:
    """Waits for the function's answer, and does not ask twice meanwhile."""
    return boto3.client("lambda", config=Config(read_timeout=LONGEST_CALL, retries={"total_max_attempts": 1}))


def _asked_again(_queue: Queue, _letter: Letter) -> str:
    return "nobody: the wait that it belongs to has ended, and the state machine asks again every 15 minutes"


WAYS: dict[str, tuple[Way, Literal["sent", "called", "dropped"]]] = {
    **dict.fromkeys(("Notice", "Refund", "Storefront", "Parcel", "Clock"), (_to_its_queue, "sent")),
    "Event": (_to_its_target, "sent"),
    "Stream": (_streaming("Publisher", stream.is_new_event, "see docs/runbooks/dead-letters.md, Stream"), "called"),
    "Backtest": (_streaming("Backtest", stream.is_running_backtest, "its owner starts it anew"), "called"),
    "Evidence": (_calling("Evidence"), "called"),
    "FollowUp": (_calling("Followup"), "called"),
    "Assignment": (_asked_again, "dropped"),
}
"""By the queue's kind. An assignment's token is spent by the time it is a dead letter: sent again, it would take the
place of the token that is waited on."""
