"""Who may do what. MiniStack proves that each role is wide enough; these tests, that none is wider."""

import re
from typing import Any

import pytest

from infra.docs.diagram import machine
from tests.infrastructure.source import clients_of, reachable, settings_of
from tests.infrastructure.templates import (
    deployed,
    functions,
    properties,
    resources,
    statements,
    template,
    words,
)

Json = dict[str, Any]

CHANGE = "dynamodb:GetItem dynamodb:PutItem"
"""Any step of an application: read it, write it with its event."""
ENDING = {"OrdersTable": "dynamodb:UpdateItem", "StaffTable": "dynamodb:UpdateItem"}
"""A step that may end an application: its units and its person are free again."""
PHOTOS = "PhotosBucket/applications/*"
LINKS = {"secret:${AWS::StackName}/links-??????": "secretsmanager:GetSecretValue"}
STORE_SECRETS = {"secret:${AWS::StackName}/stores/*": "secretsmanager:GetSecretValue"}
WAKE = {"*": "states:SendTaskSuccess"}

GRANTS: dict[str, dict[str, str]] = {
    "Storefront": {
        **ENDING,
        **STORE_SECRETS,
        "OrdersTable": "dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem",
        "ApplicationsTable": f"{CHANGE} dynamodb:Query",
        "StoresTable": "dynamodb:GetItem",
    },
    "Payments": {
        **ENDING,
        **STORE_SECRETS,
        "ApplicationsTable": CHANGE,
        "StoresTable": "dynamodb:GetItem",
    },
    "Carriers": {
        **STORE_SECRETS,
        "ApplicationsTable": f"{CHANGE} dynamodb:Query",
        "OrdersTable": "dynamodb:UpdateItem",
        "StoresTable": "dynamodb:GetItem",
    },
    "Submission": {
        "OrdersTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "ApplicationsTable": CHANGE,
        PHOTOS: "s3:PutObject",
    },
    "Tracking": {
        **ENDING,
        **LINKS,
        "OrdersTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "ApplicationsTable": f"{CHANGE} dynamodb:Query",
        PHOTOS: "s3:PutObject",
    },
    "Casework": {
        "ApplicationsTable": f"{CHANGE} dynamodb:BatchGetItem dynamodb:Query dynamodb:UpdateItem dynamodb:DeleteItem",
        "ApplicationsTable/index/customer": "dynamodb:Query",
        "ApplicationsTable/index/work": "dynamodb:Query",
        "OrdersTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "StaffTable": "dynamodb:GetItem dynamodb:Query dynamodb:UpdateItem dynamodb:ConditionCheckItem",
        "PoliciesTable": "dynamodb:GetItem",
        PHOTOS: "s3:GetObject",
    },
    "Remedy": {
        "ApplicationsTable": f"{CHANGE} dynamodb:Query",
        "OrdersTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "StaffTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "PoliciesTable": "dynamodb:GetItem",
        "StoresTable": "dynamodb:GetItem",
        PHOTOS: "s3:GetObject",
    },
    "People": {
        "ApplicationsTable": f"{CHANGE} dynamodb:BatchGetItem dynamodb:Query dynamodb:UpdateItem",
        "ApplicationsTable/index/customer": "dynamodb:Query",
        "ApplicationsTable/index/work": "dynamodb:Query",
        "StaffTable": f"{CHANGE} dynamodb:Query dynamodb:UpdateItem",
        "StoresTable": CHANGE,
    },
    "Desk": {
        **LINKS,
        "ApplicationsTable": f"{CHANGE} dynamodb:BatchGetItem dynamodb:Query dynamodb:UpdateItem dynamodb:DeleteItem",
        "ApplicationsTable/index/customer": "dynamodb:Query",
        "ApplicationsTable/index/due": "dynamodb:Query",
        "ApplicationsTable/index/work": "dynamodb:Query",
        "OrdersTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "StaffTable": "dynamodb:GetItem dynamodb:Query dynamodb:UpdateItem dynamodb:ConditionCheckItem",
        "PoliciesTable": "dynamodb:GetItem",
        "StoresTable": "dynamodb:GetItem dynamodb:Scan",
        PHOTOS: "s3:GetObject",
    },
    "Survey": {"ApplicationsTable": CHANGE},
    "Pages": {
        **ENDING,
        **LINKS,
        "OrdersTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "ApplicationsTable": f"{CHANGE} dynamodb:Query",
        "StoresTable": "dynamodb:GetItem",
    },
    "SurveyInvitation": {"ApplicationsTable": CHANGE},
    "Review": {
        "ApplicationsTable": f"{CHANGE} dynamodb:Query",
        "ApplicationsTable/index/customer": "dynamodb:Query",
        "OrdersTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "OrdersTable/index/customer": "dynamodb:Query",
        "PoliciesTable": f"{CHANGE} dynamodb:Query",
        "StoresTable": "dynamodb:GetItem",
    },
    "Proceed": {
        "ApplicationsTable": CHANGE,
        "OrdersTable": "dynamodb:GetItem dynamodb:UpdateItem",
        "StoresTable": "dynamodb:GetItem",
    },
    "Policy": {
        "ApplicationsTable": CHANGE,
        "PoliciesTable": f"{CHANGE} dynamodb:Query dynamodb:DeleteItem",
        "StoresTable": "dynamodb:GetItem",
    },
    "Backtest": {"PoliciesTable": f"{CHANGE} dynamodb:Query", "BacktestDeadLetters": "sqs:SendMessage"},
    "Assignment": {
        **WAKE,
        "ApplicationsTable": f"{CHANGE} dynamodb:BatchGetItem dynamodb:Query",
        "ApplicationsTable/index/customer": "dynamodb:Query",
        "ApplicationsTable/index/work": "dynamodb:Query",
        "StaffTable": "dynamodb:Query dynamodb:UpdateItem",
    },
    "Clocks": {
        "ApplicationsTable": f"{CHANGE} dynamodb:Query",
        "OrdersTable": "dynamodb:GetItem",
        "StaffTable": "dynamodb:GetItem dynamodb:Query",
        "StoresTable": "dynamodb:GetItem",
        "*": "ses:SendEmail",
        "Escalations": "sns:Publish",
    },
    "Sweep": {
        "ApplicationsTable": f"{CHANGE} dynamodb:BatchGetItem dynamodb:Query dynamodb:UpdateItem",
        "ApplicationsTable/index/customer": "dynamodb:Query",
        "ApplicationsTable/index/due": "dynamodb:Query",
        "ApplicationsTable/index/work": "dynamodb:Query",
        "StaffTable": "dynamodb:Query dynamodb:UpdateItem",
        "OrdersTable": "dynamodb:GetItem",
        "StoresTable": "dynamodb:GetItem",
        "*": "cloudwatch:PutMetricData",
    },
    "Waiting": {**ENDING, **WAKE, "ApplicationsTable": CHANGE},
    "Resolution": {
        **ENDING,
        **STORE_SECRETS,
        "ApplicationsTable": CHANGE,
        "StoresTable": "dynamodb:GetItem",
        "RefundQueue": "sqs:ChangeMessageVisibility",
    },
    "Webhooks": {
        **STORE_SECRETS,
        "ApplicationsTable": f"{CHANGE} dynamodb:Query",
        "OrdersTable": "dynamodb:GetItem",
        "StoresTable": "dynamodb:GetItem",
        "StorefrontQueue": "sqs:ChangeMessageVisibility",
    },
    "Parcels": {
        **STORE_SECRETS,
        "ApplicationsTable": CHANGE,
        "OrdersTable": "dynamodb:GetItem",
        "StoresTable": "dynamodb:GetItem",
    },
    "Notification": {
        **LINKS,
        "ApplicationsTable": f"{CHANGE} dynamodb:DeleteItem",
        "StoresTable": "dynamodb:GetItem",
        "*": "ses:SendEmail",
    },
    "Followup": {
        "ApplicationsTable": CHANGE,
        "StaffTable": "dynamodb:ConditionCheckItem",
        "StoresTable": "dynamodb:GetItem",
        "schedule/*/followup-*": "scheduler:CreateSchedule",
        "SchedulerRole": "iam:PassRole",
    },
    "Publisher": {
        **WAKE,
        "ApplicationsTable": "dynamodb:GetItem",
        "Bus": "events:PutEvents",
        "StreamDeadLetters": "sqs:SendMessage",
        "ApplicationMachine": "states:StartExecution",
    },
    "Evidence": {
        "ApplicationsTable": CHANGE,
        PHOTOS: "s3:GetObject",
        "EvidenceDeadLetters": "sqs:SendMessage",
    },
    "Authorizer": {**LINKS, "StoresTable": "dynamodb:GetItem"},
}
"""By function: what it may do to what."""

MANAGED = {
    "Assignment": "service-role/AWSLambdaSQSQueueExecutionRole",
    "Clocks": "service-role/AWSLambdaSQSQueueExecutionRole",
    "Resolution": "service-role/AWSLambdaSQSQueueExecutionRole",
    "Webhooks": "service-role/AWSLambdaSQSQueueExecutionRole",
    "Parcels": "service-role/AWSLambdaSQSQueueExecutionRole",
    "Notification": "service-role/AWSLambdaSQSQueueExecutionRole",
    "Publisher": "service-role/AWSLambdaDynamoDBExecutionRole",
    "Backtest": "service-role/AWSLambdaDynamoDBExecutionRole",
}
"""What SAM adds to read a queue or a stream. AWS's policies name no resource: they open every queue of the account."""


def grants(role: str) -> dict[str, str]:
    """By resource: the actions, as the deployed role has them."""
    found: dict[str, set[str]] = {}
    for statement in statements(deployed()[role]["Properties"]["Policies"]):
        for resource in statement["Resource"]:
            found.setdefault(name_of(resource), set()).update(statement["Action"])
    return {resource: " ".join(sorted(actions)) for resource, actions in found.items()}


def name_of(resource: Any) -> str:
    """`OrdersTable` for its ARN, whichever stack it comes from."""
    text = words(resource).rpartition("${AWS::AccountId}:")[2]
    text = re.sub(r"^(?:\$\{)?\w+\.Outputs\.(\w+)\}?", r"\1", text)
    return re.sub(r"\.?Arn(?=/|$)", "", text)


def role_of(logical_id: str) -> str:
    found = deployed()[logical_id]["Properties"].get("Role") or deployed()[logical_id]["Properties"]["RoleArn"]
    return words(found).removesuffix(".Arn")


# --- functions ---


def test_table_of_grants_names_every_function() -> None:
    assert GRANTS.keys() == functions().keys()


@pytest.mark.parametrize("function", GRANTS)
def test_function_may_do_exactly_this(function: str) -> None:
    expected = {resource: " ".join(sorted(actions.split())) for resource, actions in GRANTS[function].items()}
    assert grants(role_of(f"{function}Function")) == expected


CLIENTS = {"states": "stepfunctions", "ses": "sesv2"}
"""Clients that are not called as the actions are."""
OF_THE_TRIGGER = {"sqs:SendMessage", "iam:PassRole"}
"""What Lambda and the scheduler do in the function's name."""


@pytest.mark.parametrize("function", GRANTS)
def test_function_is_granted_only_what_its_code_speaks_to(function: str) -> None:
    """By service and by table, over all modules that are loaded with it."""
    services = {service for module in reachable(function) for service in clients_of(module)}
    settings = {setting for module in reachable(function) for setting in settings_of(module)}
    for resource, actions in GRANTS[function].items():
        for action in set(actions.split()) - OF_THE_TRIGGER:
            service = action.partition(":")[0]
            assert CLIENTS.get(service, service) in services
        table = resource.partition("/")[0]
        assert not table.endswith("Table") or table.removesuffix("Table").upper() + "_TABLE" in settings


@pytest.mark.parametrize("function", GRANTS)
def test_function_gets_of_aws_policies_only_what_its_trigger_needs(function: str) -> None:
    managed = [words(arn).partition(":policy/")[2] for arn in _managed(f"{function}FunctionRole")]
    common = ["service-role/AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"]
    assert managed == common + ([MANAGED[function]] if function in MANAGED else [])


def _managed(role: str) -> list[Any]:
    found: list[Any] = deployed()[role]["Properties"]["ManagedPolicyArns"]
    return found


def test_every_function_has_a_role_of_its_own() -> None:
    roles = [role_of(name) for name, found in deployed().items() if found["Type"] == "AWS::Lambda::Function"]
    assert len(set(roles)) == len(roles) == len(functions())


# --- what no policy may hold ---


def too_wide(policies: list[Json]) -> list[str]:
    """What a policy leaves open: an action with a star, or any resource without need."""
    return [
        f"{action} on {words(resource)}"
        for statement in statements(policies)
        if statement["Effect"] == "Allow"
        for action in statement["Action"]
        for resource in statement["Resource"]
        if "*" in action or (resource == "*" and action not in ON_ANYTHING) or "NotAction" in statement
    ]


ON_ANYTHING = {
    "states:SendTaskSuccess",  # the token names the task; the action takes no resource
    "ses:SendEmail",  # bound by its condition on the sender
    "cloudwatch:PutMetricData",  # bound by its condition on the namespace
    # log deliveries have no resource of their own
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
}


def policies_of_roles() -> dict[str, list[Json]]:
    found = {name: role["Properties"] for name, role in deployed().items() if role["Type"] == "AWS::IAM::Role"}
    return {name: role.get("Policies", []) for name, role in found.items()}


@pytest.mark.parametrize("role", policies_of_roles())
def test_no_role_is_too_wide(role: str) -> None:
    assert too_wide(policies_of_roles()[role]) == []


def test_exceptions_are_needed() -> None:
    open_actions = {
        action
        for policies in policies_of_roles().values()
        for statement in statements(policies)
        if "*" in statement["Resource"]
        for action in statement["Action"]
    }
    assert open_actions == ON_ANYTHING


@pytest.mark.parametrize("stack", ["storage", "messaging", "identity", "observability"])
def test_nested_stacks_make_no_roles(stack: str) -> None:
    assert not resources(stack, "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")


@pytest.mark.parametrize("action", ["dynamodb:*", "*", "s3:Get*"])
@pytest.mark.parametrize("resource", ["*", {"Fn::GetAtt": ["Storage", "Outputs.OrdersTableArn"]}], ids=str)
def test_star_in_an_action_is_found(action: str, resource: Any) -> None:
    """checkov passes an inline `dynamodb:*`."""
    assert too_wide([{"Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]}])


def test_any_resource_is_found() -> None:
    assert too_wide([{"Statement": [{"Effect": "Allow", "Action": ["dynamodb:GetItem"], "Resource": "*"}]}])


def test_mail_leaves_only_from_our_address() -> None:
    [statement] = [s for s in _statements("Notification") if "ses:SendEmail" in s["Action"]]
    assert statement["Condition"] == {"StringEqualsIfExists": {"ses:FromAddress": {"Ref": "MailFrom"}}}
    assert properties("messaging", "AWS::SES::EmailIdentity")["MailIdentity"]["EmailIdentity"] == {"Ref": "MailFrom"}


def test_gauges_are_published_under_our_name_only() -> None:
    [statement] = [s for s in _statements("Sweep") if "cloudwatch:PutMetricData" in s["Action"]]
    assert statement["Condition"] == {"StringEqualsIfExists": {"cloudwatch:namespace": {"Ref": "AWS::StackName"}}}


def _statements(function: str) -> list[Json]:
    return list(statements(functions()[function]["Policies"]))


# --- the state machine, which MiniStack does not hold to its role ---


def test_machine_may_call_exactly_what_it_names() -> None:
    given = properties("root", "AWS::Serverless::StateMachine")["ApplicationMachine"]["DefinitionSubstitutions"]
    named = {
        words(given[argument.strip("${}")])
        for state in machine()["States"].values()
        for key, argument in state.get("Arguments", {}).items()
        if key in ("FunctionName", "QueueUrl")
    }
    functions_named = {name.removesuffix(".Arn") for name in named if name.endswith("Function.Arn")}
    queues_named = {name.removeprefix("Messaging.Outputs.") for name in named if name.startswith("Messaging.")}
    found = {resource: actions for resource, actions in grants("ApplicationMachineRole").items() if resource != "*"}
    assert found == dict.fromkeys(functions_named, "lambda:InvokeFunction") | dict.fromkeys(
        queues_named, "sqs:SendMessage"
    )


# --- the scheduler ---


def test_each_minute_calls_the_sweep_and_nothing_else() -> None:
    assert grants("SweepFunctionMinuteRole") == {"SweepFunction": "lambda:InvokeFunction"}


def test_scheduler_role_is_for_the_scheduler_of_this_account() -> None:
    [trust] = template("root")["Resources"]["SchedulerRole"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_scheduler_role_calls_the_follow_up_and_nothing_else() -> None:
    assert grants("SchedulerRole") == {
        "function:${AWS::StackName}-Followup": "lambda:InvokeFunction",
        "FollowUpDeadLetters": "sqs:SendMessage",
    }
    assert words(functions()["Followup"]["FunctionName"]) == "${AWS::StackName}-Followup"


def test_follow_up_passes_its_role_to_the_scheduler_only() -> None:
    [statement] = [s for s in _statements("Followup") if "iam:PassRole" in s["Action"]]
    assert statement["Condition"] == {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}
