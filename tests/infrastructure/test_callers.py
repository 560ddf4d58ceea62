"""Who may call a function, and who may write to a queue: services of AWS, each from its one place."""

from typing import Any

import pytest

from tests.infrastructure.source import http_functions
from tests.infrastructure.templates import deployed, listed, properties, statements, words

Json = dict[str, Any]


# --- functions ---


def callers() -> dict[str, tuple[str, str]]:
    """By function: the service that may call it, and from where."""
    return {
        words(permission["Properties"]["FunctionName"]).removesuffix("Function").removesuffix("Function.Arn"): (
            permission["Properties"]["Principal"],
            words(permission["Properties"]["SourceArn"]),
        )
        for permission in deployed().values()
        if permission["Type"] == "AWS::Lambda::Permission"
    }


def test_gateway_and_bus_may_call_their_functions_and_nobody_else() -> None:
    api = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}"
    expected = dict.fromkeys(http_functions(), ("apigateway.amazonaws.com", f"{api}/${{Stage}}/*"))
    expected["Authorizer"] = ("apigateway.amazonaws.com", f"{api}/authorizers/*")
    expected["Evidence"] = ("events.amazonaws.com", "EvidenceFunctionArrived.Arn")
    assert callers() == expected


# --- queues ---


def queue_policies() -> list[Json]:
    policies = properties("messaging", "AWS::SQS::QueuePolicy").values()
    return [s | {"Queues": p["Queues"]} for p in policies for s in statements([p["PolicyDocument"]])]


def test_a_queue_has_one_policy() -> None:
    """A second one would replace the first."""
    queues = [words(queue) for policy in queue_policies() for queue in policy["Queues"]]
    assert len(set(queues)) == len(queues)


def test_only_rules_of_ours_write_to_queues() -> None:
    for policy in queue_policies():
        assert policy["Principal"] == {"Service": "events.amazonaws.com"}
        assert policy["Action"] == ["sqs:SendMessage"]
        assert policy["Condition"].keys() == {"ArnEquals"}
        assert {f"{words(q)}.Arn" for q in policy["Queues"]} == {words(r) for r in policy["Resource"]}


@pytest.mark.parametrize("rule", properties("messaging", "AWS::Events::Rule"))
def test_rule_may_write_to_its_targets_and_their_dead_letters(rule: str) -> None:
    for target in properties("messaging", "AWS::Events::Rule")[rule]["Targets"]:
        for queue in (target["Arn"], target["DeadLetterConfig"]["Arn"]):
            assert words(queue) in written_by(f"{rule}.Arn")


def test_rule_of_the_bucket_may_write_to_its_dead_letters() -> None:
    rule = deployed()["EvidenceFunctionArrived"]["Properties"]
    name = words(rule["Name"]).replace("AWS::StackName", "Prefix")
    [target] = rule["Targets"]
    queue = words(target["DeadLetterConfig"]["Arn"]).removeprefix("Messaging.Outputs.").replace("Arn", ".Arn")
    assert queue in written_by(f"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:rule/{name}")


def written_by(source: str) -> set[str]:
    """The queues that a rule may write to."""
    return {
        words(resource)
        for policy in queue_policies()
        if source in map(words, listed(policy["Condition"]["ArnEquals"]["aws:SourceArn"]))
        for resource in policy["Resource"]
    }
