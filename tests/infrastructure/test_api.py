"""The API as it is deployed, and who signs in to it. What each route promises, test_contract.py knows."""

from typing import Any, get_args

import yaml

from aftersales.identity.principal import Role
from aftersales.routes import RESOURCE_SERVER, SCOPES
from tests.infrastructure.templates import ROOT, properties, words

Json = dict[str, Any]
CONTRACT: Json = yaml.safe_load((ROOT / "infra" / "openapi.yaml").read_text(encoding="utf-8"))
API = properties("root", "AWS::Serverless::Api")["Api"]


def test_api_is_the_contract() -> None:
    include = API["DefinitionBody"]["Fn::Transform"]
    assert include == {"Name": "AWS::Include", "Parameters": {"Location": "infra/openapi.yaml"}}


def test_requests_are_validated_unless_a_route_says_otherwise() -> None:
    validator = CONTRACT["x-amazon-apigateway-request-validators"][CONTRACT["x-amazon-apigateway-request-validator"]]
    assert validator == {"validateRequestBody": True, "validateRequestParameters": True}


def test_authorizer_is_asked_and_may_be_remembered() -> None:
    scheme = CONTRACT["components"]["securitySchemes"]["caller"]["x-amazon-apigateway-authorizer"]
    assert (scheme["type"], scheme["identitySource"]) == ("request", "method.request.header.Authorization")
    assert "${AuthorizerFunction.Arn}" in words(scheme["authorizerUri"])


def test_api_is_throttled_and_logged_without_bodies() -> None:
    [settings] = API["MethodSettings"]
    assert (settings["ResourcePath"], settings["HttpMethod"]) == ("/*", "*")
    assert settings["ThrottlingRateLimit"]
    assert settings["ThrottlingBurstLimit"]
    assert settings["DataTraceEnabled"] is False
    assert API["TracingEnabled"] is False, "its segments would hold customers' tokens, which are part of the address"


def test_access_log_holds_no_address_and_no_token() -> None:
    """The path holds a token on the pages' routes; the resource has its place only."""
    log = API["AccessLogSetting"]
    assert words(log["DestinationArn"]) == "Observability.Outputs.ApiLogArn"
    assert not {"$context.path", "$context.identity.sourceIp", "$context.authorizer"} & set(log["Format"].split('"'))


def test_metrics_of_the_api_are_found_by_its_name() -> None:
    assert words(API["Name"]) == "AWS::StackName"


def test_pool_knows_the_scopes_of_the_routes() -> None:
    server = properties("identity", "AWS::Cognito::UserPoolResourceServer")["ResourceServer"]
    assert server["Identifier"] == RESOURCE_SERVER
    assert {scope["ScopeName"]: scope["ScopeDescription"] for scope in server["Scopes"]} == SCOPES


def test_pool_has_a_group_for_each_role() -> None:
    groups = {group["GroupName"] for group in properties("identity", "AWS::Cognito::UserPoolGroup").values()}
    assert groups == set(get_args(Role))


def test_staff_cannot_be_guessed_and_do_not_register_themselves() -> None:
    pool = properties("identity", "AWS::Cognito::UserPool")["Pool"]
    client = properties("identity", "AWS::Cognito::UserPoolClient")["StaffClient"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] >= 12
    assert client["PreventUserExistenceErrors"] == "ENABLED"
