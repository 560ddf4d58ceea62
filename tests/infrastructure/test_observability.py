"""Every function, queue and answer that fails is told, with a page that says what to do; every metric shown exists."""

import json
import re
from typing import Any, NamedTuple

import pytest

from aftersales.clock import now
from aftersales.sla import gauges
from tests.infrastructure.source import counters, http_functions, reachable
from tests.infrastructure.templates import ROOT, functions, properties, template, words

Json = dict[str, Any]
ALARMS = properties("observability", "AWS::CloudWatch::Alarm")
OURS = "${Prefix}"
"""Named after the stack, so that two stages in one account do not ring each other's alarms."""
DEAD_LETTERS = [name for name in properties("messaging", "AWS::SQS::Queue") if name.endswith("DeadLetters")]

SILENT = {"SweepSilent"}
"""Alarms that go off when nothing comes."""

OF_AWS = {
    "AWS/Lambda": ("FunctionName", {"Errors", "Throttles", "Duration", "Invocations", "IteratorAge"}),
    "AWS/SQS": ("QueueName", {"ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"}),
    "AWS/States": (
        "StateMachineArn",
        {"ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"},
    ),
    "AWS/ApiGateway": ("ApiName", {"Count", "4XXError", "5XXError", "Latency"}),
}
"""AWS's metrics that are of use here, with the dimension that each service gives them by."""


def alarm(metric: str, dimension: str, value: str) -> Json:
    """The one alarm on a metric of one thing."""
    [found] = [
        alarm
        for alarm in ALARMS.values()
        if alarm["MetricName"] == metric
        and [(d["Name"], words(d["Value"])) for d in alarm.get("Dimensions", [])] == [(dimension, value)]
    ]
    return found


# --- what must be told ---


@pytest.mark.parametrize("function", functions())
def test_function_has_a_log_group_that_forgets(function: str) -> None:
    log = properties("observability", "AWS::Logs::LogGroup")[f"{function}Log"]
    assert words(log["LogGroupName"]) == f"/aws/lambda/${{Prefix}}-{function}"
    assert log["RetentionInDays"] == {"Ref": "Retention"}


def test_a_wrong_token_is_no_alarm() -> None:
    """Every 401 is an error of the authorizer, so its alarm counts what went wrong otherwise."""
    assert alarm("Unhandled", "service", "Authorizer")["Namespace"] == {"Ref": "Prefix"}


@pytest.mark.parametrize("function", sorted(set(functions()) - {"Authorizer"}))
def test_function_that_fails_is_told(function: str) -> None:
    assert alarm("Errors", "FunctionName", f"${{Prefix}}-{function}")["Namespace"] == "AWS/Lambda"


@pytest.mark.parametrize("function", http_functions())
def test_unhandled_error_behind_the_api_is_told(function: str) -> None:
    """Chalice answers 500 by itself, and Lambda sees a success."""
    assert alarm("Unhandled", "service", function)["Namespace"] == {"Ref": "Prefix"}


@pytest.mark.parametrize("queue", DEAD_LETTERS)
def test_dead_letter_is_told(queue: str) -> None:
    found = alarm("ApproximateNumberOfMessagesVisible", "QueueName", f"${{Prefix}}-{queue}")
    assert found["Statistic"] == "Maximum"
    assert words(properties("messaging", "AWS::SQS::Queue")[queue]["QueueName"]) == f"${{Prefix}}-{queue}"


@pytest.mark.parametrize("metric", ["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"])
def test_execution_that_ends_wrongly_is_told(metric: str) -> None:
    machine = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${Prefix}"
    assert alarm(metric, "StateMachineArn", machine)
    assert words(properties("root", "AWS::Serverless::StateMachine")["ApplicationMachine"]["Name"]) == "AWS::StackName"


@pytest.mark.parametrize("gauge", [gauges.BREACHED, gauges.URGENT_UNOWNED, gauges.ESCALATED, gauges.NOBODY_CAN])
def test_what_needs_somebody_now_is_told(gauge: str) -> None:
    [found] = [each for name, each in ALARMS.items() if each["MetricName"] == gauge and name not in SILENT]
    assert (found["Namespace"], found["Statistic"], found["Period"]) == ({"Ref": "Prefix"}, "Maximum", 60)
    assert "${RunbookUrl}/sla.md" in words(found["AlarmDescription"])
    assert "Dimensions" not in found, "a gauge of all cases has none"


def test_sweep_that_does_not_come_is_told() -> None:
    """It fails at nothing then, and all other alarms about promises stay quiet."""
    found = ALARMS["SweepSilent"]
    assert (found["MetricName"], found["Statistic"]) == (gauges.BREACHED, "SampleCount")
    assert found["Period"] >= 5 * 60, "one sweep that is missed is no alarm"


# --- each alarm ---


@pytest.mark.parametrize("name", ALARMS)
def test_alarm_goes_off_at_the_first_and_tells(name: str) -> None:
    found = ALARMS[name]
    assert found["AlarmActions"] == found["OKActions"] == [{"Ref": "Alarms"}]
    when = "LessThanThreshold" if name in SILENT else "GreaterThanOrEqualToThreshold"
    assert (found["Threshold"], found["ComparisonOperator"]) == (1, when)
    assert found["EvaluationPeriods"] == (10 if name == "UrgentUnowned" else 1)  # minutes
    assert found["TreatMissingData"] == ("breaching" if name in SILENT else "notBreaching")
    assert words(found["AlarmName"]).startswith("${Prefix}-")


def test_alarms_have_names_of_their_own() -> None:
    names = [words(found["AlarmName"]) for found in ALARMS.values()]
    assert len(set(names)) == len(names)


def test_topic_is_one_that_cloudwatch_may_write_to() -> None:
    """With AWS's key for topics (`alias/aws/sns`) CloudWatch is denied, and no alarm arrives."""
    assert "KmsMasterKeyId" not in properties("observability", "AWS::SNS::Topic")["Alarms"]


def runbooks() -> set[str]:
    found = {re.fullmatch(r".+\. \$\{RunbookUrl\}/([\w-]+\.md)", words(a["AlarmDescription"])) for a in ALARMS.values()}
    assert None not in found, "an alarm without its runbook"
    return {match[1] for match in found if match}


@pytest.mark.parametrize("page", sorted(runbooks()))
def test_runbook_is_written(page: str) -> None:
    assert (ROOT / "docs" / "runbooks" / page).exists()


# --- each metric ---


SEARCH = re.compile(r"SEARCH\('\{(\S+),(\w+)\} MetricName=\"(\w+)\"', 'Maximum', 60\)")
"""A line for each value of a dimension."""


class Metric(NamedTuple):
    """A gauge of all cases has no dimension; of a search, the value is any."""

    namespace: str
    name: str
    dimension: str | None = None
    value: str | None = None


def shown() -> list[Metric]:
    """The metrics of the dashboard."""
    body = json.loads(words(properties("observability", "AWS::CloudWatch::Dashboard")["Dashboard"]["DashboardBody"]))
    return [_shown(metric) for widget in body["widgets"] for metric in widget["properties"]["metrics"]]


def _shown(metric: list[Any]) -> Metric:
    if isinstance(metric[0], dict):
        found = SEARCH.fullmatch(metric[0]["expression"])
        assert found, metric
        return Metric(found[1], found[3], found[2])
    return Metric(*(each for each in metric if isinstance(each, str)))


def watched() -> list[Metric]:
    """The metrics of the alarms."""
    return [_watched(found) for found in ALARMS.values()]


def _watched(alarm: Json) -> Metric:
    """By one dimension, or by none."""
    namespace = OURS if alarm["Namespace"] == {"Ref": "Prefix"} else alarm["Namespace"]
    of = [part for d in alarm.get("Dimensions", []) for part in (d["Name"], words(d["Value"]))]
    return Metric(namespace, alarm["MetricName"], *of)


def gauged() -> set[Metric]:
    """What the sweep publishes when there is nothing to do."""
    return {Metric(OURS, each.name, each.of and each.of[0]) for each in gauges.measure([], now())}


@pytest.mark.parametrize("metric", [*shown(), *watched()], ids=lambda metric: "-".join(filter(None, metric)))
def test_metric_exists(metric: Metric) -> None:
    """AWS gives it, or the code of that very function counts it, or the sweep publishes it."""
    namespace, name, dimension, value = metric
    if namespace == OURS and value is None:
        assert metric in gauged()
    elif namespace == OURS:
        assert dimension == "service"
        assert name in {counter for module in reachable(value or "") for counter in counters(module)}
    else:
        assert dimension == OF_AWS[namespace][0]
        assert name in OF_AWS[namespace][1]


def test_every_gauge_is_shown() -> None:
    assert gauged() <= set(shown())


def test_our_metrics_have_our_namespace() -> None:
    """The nested stack knows the root's name as its prefix."""
    variables = template("root")["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["POWERTOOLS_METRICS_NAMESPACE"] == {"Ref": "AWS::StackName"}


@pytest.mark.parametrize("queue", DEAD_LETTERS)
def test_dashboard_shows_dead_letters(queue: str) -> None:
    assert Metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", f"${{Prefix}}-{queue}") in shown()
