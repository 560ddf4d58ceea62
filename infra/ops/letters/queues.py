"""The queues of dead letters of a stack. A letter stays in its queue until it is thrown away."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from aftersales.aws import client
from infra.ops.letters.letter import Letter

SUFFIX = "DeadLetters"
KINDS = frozenset(
    {"Assignment", "Notice", "Refund", "Storefront", "Parcel", "Clock"}
    | {"Event", "Stream", "Evidence", "Backtest", "FollowUp"}
)
"""What else is named so is of another stack, whose name begins like this one's."""

AT_ONCE = 10
"""As many as SQS gives and takes in one call."""
HELD_SECONDS = 300
POLL_SECONDS = 1
"""With less than a second SQS asks only some of its servers, and may say that there is nothing."""


class NoSuchQueue(Exception):
    """The stack has no dead letters of that name; the message names those that it has."""


class NoSuchLetter(Exception):
    """Nobody has seen it in that queue: it was replayed, or somebody else is looking at it."""


class Queue(NamedTuple):
    """`name` is `RefundDeadLetters`, `stack` what stands before it."""

    stack: str
    name: str
    url: str

    @property
    def kind(self) -> str:
        return self.name.removesuffix(SUFFIX)


class Count(NamedTuple):
    """`hidden` ones are looked at by somebody. `oldest` is of the first few letters that were seen."""

    letters: int
    hidden: int
    oldest: datetime | None


def queues(stack: str) -> list[Queue]:
    found = client("sqs").list_queues(QueueNamePrefix=f"{stack}-").get("QueueUrls", [])
    named = (Queue(stack, url.rpartition("/")[2].removeprefix(f"{stack}-"), url) for url in found)
    return sorted(queue for queue in named if queue.name.endswith(SUFFIX) and queue.kind in KINDS)


def find(stack: str, name: str) -> Queue:
    """By `RefundDeadLetters`, or `Refund` for short. Raises `NoSuchQueue`."""
    known = queues(stack)
    for queue in known:
        if name in (queue.name, queue.kind):
            return queue
    raise NoSuchQueue(f"{stack} has no dead letters of {name}, but of: {', '.join(queue.kind for queue in known)}")


def count(queue: Queue) -> Count:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    told = client("sqs").get_queue_attributes(QueueUrl=queue.url, AttributeNames=names)["Attributes"]
    letters, hidden = (int(told[name]) for name in names)
    return Count(letters, hidden, _oldest(queue) if letters else None)


def _oldest(queue: Queue) -> datetime | None:
    with held(queue) as hand:
        return min((letter.sent_at for letter in hand.take()), default=None)


class Hand:
    """Letters that somebody has taken out: for as long as they are held, nobody else sees them."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self._receipts: dict[str, str] = {}
        self._seen: set[str] = set()

    def take(self) -> list[Letter]:
        """The next few that were not seen yet; none when there are no more.

        When they have been held too long, those that were seen come again, before others: then it asks on, until
        even of these the same come.
        """
        again: set[str] = set()
        while letters := self._receive():
            if new := [letter for letter in letters if letter.message_id not in self._seen]:
                self._seen |= {letter.message_id for letter in new}
                return new
            came = {letter.message_id for letter in letters}
            if came <= again:
                break
            again |= came
        return []

    def _receive(self) -> list[Letter]:
        answer = client("sqs").receive_message(
            QueueUrl=self.queue.url,
            MaxNumberOfMessages=AT_ONCE,
            VisibilityTimeout=HELD_SECONDS,
            WaitTimeSeconds=POLL_SECONDS,
            AttributeNames=["SentTimestamp"],
            MessageAttributeNames=["All"],
        )
        letters = [Letter.of(message) for message in answer.get("Messages", [])]
        self._receipts |= {letter.message_id: letter.receipt for letter in letters}
        return letters

    def all(self) -> Iterator[Letter]:
        while letters := self.take():
            yield from letters

    def throw_away(self, letter: Letter) -> None:
        client("sqs").delete_message(QueueUrl=self.queue.url, ReceiptHandle=self._receipts[letter.message_id])
        del self._receipts[letter.message_id]

    def put_back(self) -> None:
        for some in _tens(self._receipts.values()):
            entries = [
                {"Id": str(i), "ReceiptHandle": receipt, "VisibilityTimeout": 0} for i, receipt in enumerate(some)
            ]
            client("sqs").change_message_visibility_batch(QueueUrl=self.queue.url, Entries=entries)


def _tens(receipts: Iterable[str]) -> Iterator[list[str]]:
    waiting = list(receipts)
    return (waiting[i : i + AT_ONCE] for i in range(0, len(waiting), AT_ONCE))


@contextmanager
def held(queue: Queue) -> Iterator[Hand]:
    """What is not thrown away is put back in the end, and can be seen by all again."""
    hand = Hand(queue)
    try:
        yield hand
    finally:
        hand.put_back()
