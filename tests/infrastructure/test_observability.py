"""Every function, queue and answer that fails is told, with a page that says what to do; every metric shown exists."""

import json
import re
from typing import Any

import pytest

from tests.infrastructure.source import counters, http_functions, reachable
from tests.infrastructure.templates import ROOT, functions, properties, template, words

Json = dict[str, Any]
ALARMS = properties("observability", "AWS::CloudWatch::Alarm")
OURS = "${Prefix}"
"""Named after the stack, so that two stages in one account do not ring each other's alarms."""
DEAD_LETTERS = [name for name in properties("messaging", "AWS::SQS::Queue") if name.endswith("DeadLetters")]

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
        and [(d["Name"], words(d["Value"])) for d in alarm["Dimensions"]] == [(dimension, value)]
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


# --- each alarm ---


@pytest.mark.parametrize("name", ALARMS)
def test_alarm_goes_off_at_the_first_and_tells(name: str) -> None:
    found = ALARMS[name]
    assert found["AlarmActions"] == found["OKActions"] == [{"Ref": "Alarms"}]
    assert (found["Threshold"], found["ComparisonOperator"]) == (1, "GreaterThanOrEqualToThreshold")
    assert found["TreatMissingData"] == "notBreaching"
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


def shown() -> list[list[Any]]:
    """The metrics of the dashboard: namespace, name, dimension, its value."""
    body = json.loads(words(properties("observability", "AWS::CloudWatch::Dashboard")["Dashboard"]["DashboardBody"]))
    return [metric[:4] for widget in body["widgets"] for metric in widget["properties"]["metrics"]]


def watched() -> list[list[Any]]:
    """The metrics of the alarms."""
    return [
        [
            OURS if found["Namespace"] == {"Ref": "Prefix"} else found["Namespace"],
            found["MetricName"],
            dimension["Name"],
            words(dimension["Value"]),
        ]
        for found in ALARMS.values()
        for dimension in found["Dimensions"]
    ]


@pytest.mark.parametrize(("namespace", "metric", "dimension", "value"), [*shown(), *watched()])
def test_metric_exists(namespace: str, metric: str, dimension: str, value: str) -> None:
    """AWS gives it, or the code of that very function counts it."""
    if namespace == OURS:
        assert dimension == "service"
        assert metric in {name for module in reachable(value) for name in counters(module)}
    else:
        assert dimension == OF_AWS[namespace][0]
        assert metric in OF_AWS[namespace][1]


def test_our_metrics_have_our_namespace() -> None:
    """The nested stack knows the root's name as its prefix."""
    variables = template("root")["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["POWERTOOLS_METRICS_NAMESPACE"] == {"Ref": "AWS::StackName"}


@pytest.mark.parametrize("queue", DEAD_LETTERS)
def test_dashboard_shows_dead_letters(queue: str) -> None:
    assert ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", f"${{Prefix}}-{queue}"] in shown()
