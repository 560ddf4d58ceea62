"""Make MiniStack keep what the OpenAPI contract asks of the gateway, which its importer leaves out.

Gateway responses and request validators come from the same extensions that AWS reads.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from infra.local import cloud

GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"
VALIDATORS = "x-amazon-apigateway-request-validators"
VALIDATOR = "x-amazon-apigateway-request-validator"
PLACES = {"query": "querystring", "header": "header", "path": "path"}
VERBS = ("get", "put", "post", "patch", "delete")

Json = dict[str, Any]


def apply(api_id: str, contract: Path, port: int = cloud.PORT) -> None:
    """Apply the contract to a deployed API and deploy its stages again."""
    api = cloud.client("apigateway", port)
    spec = yaml.safe_load(contract.read_text(encoding="utf-8"))
    for kind, response in spec.get(GATEWAY_RESPONSES, {}).items():
        api.put_gateway_response(restApiId=api_id, responseType=kind, **_response(response))
    _validate_requests(api, api_id, spec)
    for stage in api.get_stages(restApiId=api_id)["item"]:
        api.create_deployment(restApiId=api_id, stageName=stage["stageName"])


def _response(declared: Json) -> Json:
    known = {name: declared[name] for name in ("responseParameters", "responseTemplates") if name in declared}
    return known | ({"statusCode": str(declared["statusCode"])} if "statusCode" in declared else {})


def _validate_requests(api: Any, api_id: str, spec: Json) -> None:
    validators = _validators(api, api_id, spec)
    resources = {item["path"]: item["id"] for item in api.get_resources(restApiId=api_id, limit=500)["items"]}
    for path, verb, operation in _operations(spec):
        if chosen := operation.get(VALIDATOR, spec.get(VALIDATOR)):
            target = {"restApiId": api_id, "resourceId": resources[path], "httpMethod": verb.upper()}
            models = _models(api, target, spec, operation)
            checks = {"requestParameters": _parameters(spec, operation), "requestModels": models}
            _put_again(api, target, checks | {"requestValidatorId": validators[chosen]})


def _validators(api: Any, api_id: str, spec: Json) -> dict[str, str]:
    known = {item["name"]: item["id"] for item in api.get_request_validators(restApiId=api_id)["items"]}
    for name, rule in spec.get(VALIDATORS, {}).items():
        if name not in known:
            known[name] = api.create_request_validator(restApiId=api_id, name=name, **rule)["id"]
    return known


def _operations(spec: Json) -> Iterator[tuple[str, str, Json]]:
    """Each operation with the parameters of its path added to its own."""
    for path, item in spec.get("paths", {}).items():
        shared = item.get("parameters", [])
        for verb in VERBS:
            if operation := item.get(verb):
                yield path, verb, operation | {"parameters": [*shared, *operation.get("parameters", [])]}


def _parameters(spec: Json, operation: Json) -> dict[str, bool]:
    declared = [_resolved(spec, parameter) for parameter in operation["parameters"]]
    return {
        f"method.request.{PLACES[parameter['in']]}.{parameter['name']}": bool(parameter.get("required"))
        for parameter in declared
        if parameter["in"] in PLACES
    }


def _models(api: Any, target: Json, spec: Json, operation: Json) -> dict[str, str]:
    """One model for each media type of the request body; references resolve inside the model."""
    content = _resolved(spec, operation.get("requestBody", {})).get("content", {})
    names = {}
    for number, (media, body) in enumerate(content.items()):
        name = f"{target['httpMethod']}{target['resourceId']}x{number}"
        schema = {"allOf": [body.get("schema", {})], "components": spec.get("components", {})}
        with suppress(api.exceptions.NotFoundException):
            api.delete_model(restApiId=target["restApiId"], modelName=name)
        api.create_model(
            restApiId=target["restApiId"], name=name, contentType=media, schema=json.dumps(schema, default=str)
        )
        names[media] = name
    return names


def _resolved(spec: Json, value: Json) -> Json:
    if "$ref" not in value:
        return value
    found: Any = spec
    for key in value["$ref"].removeprefix("#/").split("/"):
        found = found[key]
    return _resolved(spec, found)


def _put_again(api: Any, target: Json, checks: Json) -> None:
    """Put the method with its checks; that drops its integration, which is put back."""
    method = api.get_method(**target)
    kept = {
        name: method[name]
        for name in ("authorizationType", "authorizerId", "apiKeyRequired", "authorizationScopes")
        if method.get(name)
    }
    api.put_method(**target, **{"authorizationType": "NONE"} | kept | checks)
    link = method["methodIntegration"]
    api.put_integration(**target, type=link["type"], integrationHttpMethod="POST", uri=link["uri"])
