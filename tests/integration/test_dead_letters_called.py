"""Dead letters of functions that are called: `aftersales dead-letters` calls them again, with what they failed at."""

from collections.abc import Iterator
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.letterbox import FAILED, PLACED, Letterbox, Ops, functions_answer, replays

Json = dict[str, Any]
BUCKET = "photos"


@pytest.fixture
def called(box: Letterbox) -> Iterator[list[str]]:
    with functions_answer() as names:
        yield names


def test_a_photo_that_did_not_join_joins(desk: Desk, box: Letterbox, ops: Ops, called: list[str]) -> None:
    filed = desk.file(photos=[{"media_type": "image/png", "size": 100}]).body
    number, photo_id = filed["number"], filed["uploads"][0]["photo_id"]
    key = f"applications/{number}/{photo_id}"
    client("s3").put_object(Bucket=Setting.PHOTOS_BUCKET.read(), Key=key, Body=b"...", ContentType="image/png")
    arrived = {"detail": {"bucket": {"name": BUCKET}, "object": {"key": key}}}
    box.gives_up("Evidence", {"requestPayload": arrived, "responsePayload": FAILED})
    code, text = ops("replay-all", "Evidence")
    assert (code, called, number in text) == (0, ["Evidence"], True)
    [photo] = desk.application(number).photos
    assert photo.attached_at
    assert box.lies_in("EvidenceDeadLetters") == []


def test_what_fails_again_is_kept_and_says_why(box: Letterbox, ops: Ops, called: list[str]) -> None:
    letter = box.gives_up("Evidence", {"requestPayload": PLACED, "responsePayload": FAILED})
    code, text = ops("replay", "Evidence", letter)
    assert (code, called) == (1, ["Evidence"])
    assert "aftersales-local-Evidence failed again: " in text
    assert [message["MessageId"] for message in box.lies_in("EvidenceDeadLetters")] == [letter]
    assert [record["outcome"] for record in replays("EvidenceDeadLetters")] == ["kept"]


def test_a_call_back_that_did_not_become_work_does(desk: Desk, box: Letterbox, ops: Ops, called: list[str]) -> None:
    number = desk.resolved()
    due = {"number": number, "due": True}
    box.gives_up("FollowUp", due)
    assert ops("replay-all", "FollowUp")[0] == 0
    assert called == ["Followup"]
    assert desk.timeline(number)[-1].step == "follow_up_due"


def streamed(**batch: object) -> Json:
    """The record that Lambda writes of a batch it has given up."""
    return {"requestContext": {"condition": "RetryAttemptsExhausted"}, "DDBStreamBatchInfo": {"batchSize": 1, **batch}}


def in_the_stream() -> tuple[str, str, list[Json]]:
    """The stream of applications, its shard, and all records in it."""
    table = client("dynamodb").describe_table(TableName=Setting.APPLICATIONS_TABLE.read())["Table"]
    arn = table["LatestStreamArn"]
    streams = client("dynamodbstreams")
    [shard] = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    first = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
    return arn, shard["ShardId"], streams.get_records(ShardIterator=first["ShardIterator"])["Records"]


@pytest.fixture
def _stream(desk: Desk) -> None:
    client("dynamodb").update_table(
        TableName=Setting.APPLICATIONS_TABLE.read(),
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )


@pytest.mark.usefixtures("_stream")
def test_events_that_were_not_published_are_read_from_the_stream_again(
    desk: Desk, box: Letterbox, ops: Ops, called: list[str]
) -> None:
    """From the first to the last that the letter names, and of those only what the publisher is there for."""
    number = desk.accepted()
    desk.assign(number)
    arn, shard, records = in_the_stream()
    places = [record["dynamodb"]["SequenceNumber"] for record in records]
    cloud.heard()
    steps = [f"application.{event.step}" for event in desk.timeline(number)]
    assert len(records) > len(steps) > 1
    box.gives_up(
        "Stream", streamed(streamArn=arn, shardId=shard, startSequenceNumber=places[0], endSequenceNumber=places[-1])
    )
    assert ops("replay-all", "Stream")[0] == 0
    assert called == ["Publisher"]
    assert [event["name"] for event in cloud.heard()] == steps
    assert box.lies_in("StreamDeadLetters") == []


@pytest.mark.usefixtures("_stream")
def test_what_the_stream_has_forgotten_is_kept_and_the_runbook_named(
    desk: Desk, box: Letterbox, ops: Ops, called: list[str]
) -> None:
    desk.accepted()
    arn, shard, records = in_the_stream()
    beyond = str(int(records[-1]["dynamodb"]["SequenceNumber"]) + 7)
    box.gives_up("Stream", streamed(streamArn=arn, shardId=shard, startSequenceNumber=beyond, endSequenceNumber=beyond))
    code, text = ops("replay-all", "Stream")
    assert (code, called) == (1, [])
    assert "the stream has forgotten its records" in text
    assert "dead-letters.md" in text
