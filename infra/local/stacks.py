"""What the local CloudFormation knows of a stack and of the stacks nested in it."""

from datetime import datetime
from typing import Any

from infra.local import cloud

NESTED = "AWS::CloudFormation::Stack"


def outputs(stack: str, port: int = cloud.PORT) -> dict[str, str]:
    """The outputs of a deployed stack; none when there is no such stack."""
    formation = cloud.client("cloudformation", port)
    try:
        found = formation.describe_stacks(StackName=stack)["Stacks"][0]
    except formation.exceptions.ClientError:
        return {}
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def remember(stack: str, digest: str, port: int = cloud.PORT) -> None:
    """Note in the cloud itself what was deployed, so that the note is lost together with the stack."""
    cloud.client("ssm", port).put_parameter(Name=f"/local/{stack}", Value=digest, Type="String", Overwrite=True)


def remembered(stack: str, port: int = cloud.PORT) -> str | None:
    ssm = cloud.client("ssm", port)
    try:
        return str(ssm.get_parameter(Name=f"/local/{stack}")["Parameter"]["Value"])
    except ssm.exceptions.ParameterNotFound:
        return None


def first_failure(stack: str, since: datetime, port: int = cloud.PORT) -> str | None:
    """Which resource failed first since then, and why; a nested stack's own resource is named before it."""
    events = [event for name in _family(stack, port) for event in _events(name, port)]
    failed = [event for event in events if event["Timestamp"] >= since and _is_cause(event)]
    failed.sort(key=lambda event: (event["ResourceType"] == NESTED, event["Timestamp"]))
    if not failed:
        return None
    cause = failed[0]
    return f"{cause['LogicalResourceId']} ({cause['ResourceType']}): {' '.join(cause['ResourceStatusReason'].split())}"


def _family(stack: str, port: int) -> list[str]:
    summaries = cloud.client("cloudformation", port).list_stacks()["StackSummaries"]
    names = [summary["StackName"] for summary in summaries]
    return [name for name in names if name == stack or name.startswith(f"{stack}-")]


def _events(stack: str, port: int) -> list[dict[str, Any]]:
    formation = cloud.client("cloudformation", port)
    try:
        return list(formation.describe_stack_events(StackName=stack)["StackEvents"])
    except formation.exceptions.ClientError:
        return []


def _is_cause(event: dict[str, Any]) -> bool:
    return event["ResourceStatus"].endswith("_FAILED") and bool(event.get("ResourceStatusReason"))
