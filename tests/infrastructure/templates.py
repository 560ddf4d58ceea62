"""The templates as data: intrinsics in their long form, merge keys expanded, as `sam build` writes them."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml
from samtranslator.parser.parser import Parser  # type: ignore[import-untyped]
from samtranslator.translator.translator import Translator  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
STACKS = {
    "root": "template.yaml",
    "storage": "infra/storage.yaml",
    "messaging": "infra/messaging.yaml",
    "identity": "infra/identity.yaml",
    "observability": "infra/observability.yaml",
}

Json = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms."""


def _long_form(loader: _Loader, suffix: str, node: yaml.Node) -> Json:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    if suffix == "GetAtt":
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _long_form)


@cache
def template(stack: str) -> Json:
    found: Json = yaml.load((ROOT / STACKS[stack]).read_text(encoding="utf-8"), _Loader)
    return found


def resources(stack: str, *types: str) -> dict[str, Json]:
    """Resources by logical id, of these types or of all."""
    return {name: found for name, found in template(stack)["Resources"].items() if not types or found["Type"] in types}


def properties(stack: str, *types: str) -> dict[str, Json]:
    return {name: found.get("Properties", {}) for name, found in resources(stack, *types).items()}


@cache
def functions() -> dict[str, Json]:
    """The SAM functions' properties, by the name without `Function`."""
    found = properties("root", "AWS::Serverless::Function")
    return {logical_id.removesuffix("Function"): function for logical_id, function in found.items()}


@cache
def variables(function: str) -> dict[str, Any]:
    """The environment of a function, what all functions get included."""
    common = template("root")["Globals"]["Function"]["Environment"]["Variables"]
    return dict(common | functions()[function]["Environment"]["Variables"])


def folder(function: str) -> str:
    """`SurveyInvitation` lives in `functions/survey_invitation`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in function).lstrip("_")


@cache
def deployed() -> dict[str, Json]:
    """The root's resources as CloudFormation gets them, after the SAM transform."""
    source = yaml.load((ROOT / STACKS["root"]).read_text(encoding="utf-8"), _Loader)
    for holder in (source["Globals"]["Function"], *(found["Properties"] for found in source["Resources"].values())):
        _upload(holder)
    source["Resources"]["Api"]["Properties"]["DefinitionBody"] = {"openapi": "3.0.1", "paths": {}}
    policies = {name: f"arn:aws:iam::aws:policy/{name}" for name in MANAGED}
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": "us-east-1"}):
        found: dict[str, Json] = Translator(policies, Parser()).translate(source, {})["Resources"]
    return found


MANAGED = (
    "service-role/AWSLambdaBasicExecutionRole",
    "service-role/AWSLambdaSQSQueueExecutionRole",
    "service-role/AWSLambdaDynamoDBExecutionRole",
)


def _upload(holder: Json) -> None:
    """The transform wants addresses in S3, as `sam deploy` writes them."""
    for name in holder.keys() & {"CodeUri", "ContentUri", "DefinitionUri", "Location"}:
        holder[name] = "s3://bucket/key"


def statements(policies: list[Json]) -> Iterator[Json]:
    """The statements of inline policies, each with a list of actions and a list of resources."""
    for policy in policies:
        for statement in policy.get("PolicyDocument", policy)["Statement"]:
            yield statement | {"Action": listed(statement["Action"]), "Resource": listed(statement["Resource"])}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def words(value: Any) -> str:
    """An intrinsic as one reads it: `Storage.Outputs.BusArn`, `${Prefix}-Notice`."""
    if isinstance(value, dict):
        [(function, argument)] = value.items()
        return ".".join(map(str, argument)) if function == "Fn::GetAtt" else str(argument)
    return str(value)
