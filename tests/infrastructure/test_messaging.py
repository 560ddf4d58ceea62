"""Queues, stream and rules: what fails comes back, ends in dead letters, and holds up nobody else."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from aftersales.applications import photos, store
from aftersales.applications.lifecycle import STAFF_ONLY, Status, Step, Type, targets
from aftersales.applications.model import CUSTOMER, SYSTEM, Actor, TimelineEvent
from aftersales.clock import now
from aftersales.messaging.retries import WAITS
from aftersales.sla.clocks import Clocks
from aftersales.sla.fold import Subject, fold
from aftersales.sla.promised import default
from aftersales.webhooks.messages import TOLD
from infra.ops.letters.queues import KINDS, SUFFIX
from infra.ops.letters.replay import WAYS, _to_its_queue
from infra.ops.letters.stream import is_new_event, is_running_backtest
from tests.infrastructure.templates import deployed, functions, properties, resources, template, words

Json = dict[str, Any]
QUEUES = properties("messaging", "AWS::SQS::Queue")
DEAD_LETTERS = [name for name in QUEUES if name.endswith("DeadLetters")]
WORKED = [name for name in QUEUES if name not in DEAD_LETTERS]
RULES = properties("messaging", "AWS::Events::Rule")
TRIES = dict.fromkeys(WORKED, 8) | dict.fromkeys(("RefundQueue", "StorefrontQueue"), len(WAITS) + 2)
"""By queue: how often it brings a message. What is put off comes once after each wait, and twice for a person."""

MEI = Actor(kind="staff", id="mei")
TWO_WEEKS = 1209600
"""The longest that SQS keeps a message."""


def mappings() -> dict[str, Json]:
    """By function: what polls a queue or the stream for it."""
    found = (r["Properties"] for r in deployed().values() if r["Type"] == "AWS::Lambda::EventSourceMapping")
    return {words(mapping["FunctionName"]).removesuffix("Function"): mapping for mapping in found}


def source(mapping: Json) -> str:
    return words(mapping["EventSourceArn"]).partition("Outputs.")[2].removesuffix("Arn")


def consumers() -> dict[str, str]:
    """By queue: the function behind it."""
    return {source(mapping): name for name, mapping in mappings().items() if source(mapping) in QUEUES}


# --- queues ---


def test_every_kind_of_dead_letter_can_be_tried_again() -> None:
    """By the tool of ops, in its own way."""
    assert set(WAYS) == KINDS
    assert {f"{kind}{SUFFIX}" for kind in WAYS} == set(DEAD_LETTERS)
    assert set(WORKED) >= {f"{kind}Queue" for kind, (way, _) in WAYS.items() if way is _to_its_queue}


def test_triggers_of_the_streams_let_through_what_the_tool_of_ops_brings_again() -> None:
    [events] = (json.loads(f["Pattern"]) for f in mappings()["Publisher"]["FilterCriteria"]["Filters"])
    [backtests] = (json.loads(f["Pattern"]) for f in mappings()["Backtest"]["FilterCriteria"]["Filters"])
    [prefix] = events["dynamodb"]["Keys"]["item"]["S"]
    [state] = backtests["dynamodb"]["NewImage"]["state"]["S"]
    assert is_new_event({"eventName": "INSERT", "dynamodb": {"Keys": {"item": {"S": f"{prefix['prefix']}000001"}}}})
    assert is_running_backtest({"dynamodb": {"NewImage": {"state": {"S": state}}}})


@pytest.mark.parametrize("queue", QUEUES)
def test_queue_is_encrypted_and_patient(queue: str) -> None:
    assert QUEUES[queue]["SqsManagedSseEnabled"] is True
    assert QUEUES[queue]["MessageRetentionPeriod"] == TWO_WEEKS


@pytest.mark.parametrize("queue", WORKED)
def test_queue_gives_up_into_dead_letters_of_its_own(queue: str) -> None:
    letters = f"{queue.removesuffix('Queue')}DeadLetters"
    redrive = QUEUES[queue]["RedrivePolicy"]
    assert words(redrive["deadLetterTargetArn"]) == f"{letters}.Arn"
    assert redrive["maxReceiveCount"] == TRIES[queue]
    assert letters in DEAD_LETTERS


@pytest.mark.parametrize("queue", WORKED)
def test_message_stays_hidden_while_it_is_worked_on(queue: str) -> None:
    """AWS asks for six times the function's limit: throttled batches wait as well."""
    common = template("root")["Globals"]["Function"]["Timeout"]
    assert QUEUES[queue]["VisibilityTimeout"] >= 6 * functions()[consumers()[queue]].get("Timeout", common)


@pytest.mark.parametrize("queue", WORKED)
def test_one_message_that_fails_does_not_repeat_the_others(queue: str) -> None:
    assert mappings()[consumers()[queue]]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


# --- the stream ---


def test_stream_gets_past_what_cannot_be_handled() -> None:
    """Halved until the bad record is alone, tried so often and so long, then told to the dead letters."""
    mapping = mappings()["Publisher"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["MaximumRetryAttempts"] == 50
    assert mapping["MaximumRecordAgeInSeconds"] <= 24 * 3600  # a record is gone after a day
    assert words(mapping["DestinationConfig"]["OnFailure"]["Destination"]) == "Messaging.Outputs.StreamDeadLettersArn"


def test_stream_starts_with_what_is_there() -> None:
    assert mappings()["Publisher"]["StartingPosition"] == "TRIM_HORIZON"


def test_stream_brings_new_events_only() -> None:
    [pattern] = (json.loads(f["Pattern"]) for f in mappings()["Publisher"]["FilterCriteria"]["Filters"])
    assert pattern["eventName"] == ["INSERT"]
    [prefix] = pattern["dynamodb"]["Keys"]["item"]["S"]
    assert store.event_key(1).startswith(prefix["prefix"])


# --- rules ---


def published(step: Step) -> Json:
    event = TimelineEvent(
        number="",
        version=1,
        store_id="",
        step=step,
        at=now(),
        actor=SYSTEM,
        status_to=Status.RESOLVED,
        correlation_id="",
    )
    return event.published()


def names_in(pattern: Json) -> set[str]:
    """The kinds of events that a pattern speaks of."""
    return {name for part in (pattern, *pattern.get("$or", [])) for name in part.get("detail-type", [])}


@pytest.mark.parametrize("rule", RULES)
def test_rule_speaks_of_events_that_there_are(rule: str) -> None:
    pattern = RULES[rule]["EventPattern"]
    assert pattern["source"] == ["aftersales"]
    assert names_in(pattern) <= {published(step)["name"] for step in Step}
    details = {key for part in (pattern, *pattern.get("$or", [])) for key in part.get("detail", {})}
    assert details <= published(Step.NOTED).keys()


@pytest.mark.parametrize("rule", RULES)
def test_rule_that_cannot_deliver_says_so(rule: str) -> None:
    for target in RULES[rule]["Targets"]:
        assert words(target["DeadLetterConfig"]["Arn"]) == "EventDeadLetters.Arn"
        assert words(target["Arn"]).removesuffix(".Arn") in consumers()


def test_storefronts_are_told_of_what_they_may_have_to_be_told() -> None:
    """What is for them of an event is worked out when it is told: the rule lets through what could be."""
    assert names_in(RULES["StorefrontTold"]["EventPattern"]) == {published(step)["name"] for step in TOLD}


def test_gateway_is_asked_again_what_has_become_of_an_overdue_refund() -> None:
    """The event names it only where a refund is what is overdue."""
    [ordered, overdue] = RULES["RefundOrdered"]["EventPattern"]["$or"]
    assert ordered == {"detail-type": [published(Step.REFUND_ORDERED)["name"]]}
    assert overdue == {
        "detail-type": [published(Step.OVERDUE)["name"]],
        "detail": {"data": {"refund_id": [{"exists": True}]}},
    }


def test_parcels_are_looked_after_from_the_label_on() -> None:
    steps = (Step.ACCEPTED, Step.GOODS_SENT, Step.REPLACEMENT_SHIPPED, Step.GOODS_DISPATCHED)
    assert names_in(RULES["GoodsUnderWay"]["EventPattern"]) == {published(step)["name"] for step in steps}


def clocks_of(status: Status, *later: TimelineEvent) -> Clocks:
    """Of a case that came to `status` a minute after it was filed."""
    filed = happened(Step.FILED, 1, CUSTOMER, Status.SUBMITTED)
    return fold((filed, happened(Step.REFERRED, 2, SYSTEM, status), *later), Subject(Type.REFUND_ONLY), default())


SAID = {
    Step.REMEDY_CHANGED: {"from": "refund_only", "to": "exchange"},
    Step.ESCALATED: {"reason": "pickup"},
    Step.TASK_OPENED: {"task_id": "3", "due_at": "2026-03-10T10:00:00Z"},
    Step.TASK_DONE: {"task_id": "3"},
}


def happened(step: Step, minute: int, actor: Actor, status: Status) -> TimelineEvent:
    """It leaves the status as it is."""
    return TimelineEvent(
        number="7K3M-9QXT-2VWH-5NRR",
        version=minute,
        store_id="lantern",
        step=step,
        at=datetime(2026, 3, 9, 2, minute, tzinfo=UTC),
        actor=actor,
        status_from=status,
        status_to=status,
        staff_only=step in STAFF_ONLY,
        data=SAID.get(step, {}),
        correlation_id="c6af9ac6",
    )


def is_let_through(rule: str, event: TimelineEvent) -> bool:
    """By the words that our rules use: equality of members of the detail, one level deep."""
    published = event.published()
    parts = RULES[rule]["EventPattern"]["$or"]
    return any(
        published["name"] in part.get("detail-type", [])
        or ("detail" in part and all(published[key] in values for key, values in part["detail"].items()))
        for part in parts
    )


BY_STAFF_ALONE = {Step.TASK_OPENED, Step.TASK_DONE}


@pytest.mark.parametrize("actor", [SYSTEM, CUSTOMER, MEI], ids=lambda actor: actor.kind)
@pytest.mark.parametrize("step", [step for step in Step if step not in BY_STAFF_ALONE])
def test_what_moves_a_clock_is_let_through(step: Step, actor: Actor) -> None:
    """A change of status is; and of what leaves the status as it is, whatever changes the folded clocks."""
    for status in (each for each in Status if each in targets(step, each)):
        event = happened(step, 3, actor, status)
        moves = clocks_of(status) != clocks_of(status, event)
        assert is_let_through("ClocksMoved", event) or not moves, status


@pytest.mark.parametrize("step", sorted(BY_STAFF_ALONE))
def test_whatever_staff_do_is_let_through(step: Step) -> None:
    assert is_let_through("ClocksMoved", happened(step, 3, MEI, Status.IN_PROGRESS))


def test_a_change_of_status_is_let_through() -> None:
    event = happened(Step.EXPIRED, 3, SYSTEM, Status.AWAITING_GOODS)
    assert is_let_through("ClocksMoved", event.model_copy(update={"status_to": Status.EXPIRED}))


@pytest.mark.parametrize("step", [Step.ASSIGNED, Step.ESCALATED, Step.TAKEN_BACK])
def test_what_the_desk_does_about_people_is_let_through(step: Step) -> None:
    """Who has it and how urgent it is stand in the index of due times."""
    assert is_let_through("ClocksMoved", happened(step, 3, SYSTEM, Status.MANUAL_REVIEW))


@pytest.mark.parametrize("step", [Step.SLA_WARNED, Step.SLA_BREACHED, Step.PRIORITY_CHANGED])
def test_what_only_the_sweep_does_it_has_counted_itself(step: Step) -> None:
    assert not is_let_through("ClocksMoved", happened(step, 3, SYSTEM, Status.MANUAL_REVIEW))


def test_a_sweep_that_is_missed_is_neither_kept_nor_tried_again() -> None:
    """The next one does its work; a second one beside it would only be in its way."""
    sweep = functions()["Sweep"]
    once = {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60}
    assert sweep["ReservedConcurrentExecutions"] == 1
    assert sweep["EventInvokeConfig"] == once
    [minute] = sweep["Events"].values()
    assert minute["Properties"]["ScheduleExpression"] == "rate(1 minute)"
    assert minute["Properties"]["RetryPolicy"] == once


def test_bucket_tells_of_photos_of_ours_and_nothing_is_lost() -> None:
    """Neither what the bus cannot deliver nor what the function cannot do."""
    rule = deployed()["EvidenceFunctionArrived"]["Properties"]
    [prefix] = rule["EventPattern"]["detail"]["object"]["key"]
    assert photos.key("7K3M", "0a").startswith(prefix["prefix"])
    assert words(rule["Targets"][0]["DeadLetterConfig"]["Arn"]) == "Messaging.Outputs.EvidenceDeadLettersArn"
    given_up = functions()["Evidence"]["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
    assert words(given_up["Destination"]) == "Messaging.Outputs.EvidenceDeadLettersArn"
    bucket = properties("storage", "AWS::S3::Bucket")["PhotosBucket"]
    assert bucket["NotificationConfiguration"] == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_schedules_have_a_group_and_dead_letters() -> None:
    given = functions()["Followup"]["Environment"]["Variables"]
    assert words(given["FOLLOW_UP_GROUP"]) in resources("root", "AWS::Scheduler::ScheduleGroup")
    assert words(given["FOLLOW_UP_DEAD_LETTERS_ARN"]) == "Messaging.Outputs.FollowUpDeadLettersArn"
