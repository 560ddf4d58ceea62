"""The contract is what the table of routes, the models and the functions say."""

import re
from importlib import import_module

import pytest
from openapi_spec_validator import validate

from aftersales.routes import ROUTES, Route
from infra.contract.__main__ import CONTRACT, text
from infra.contract.content import FORM
from infra.contract.operations import OPERATIONS, key_of
from infra.contract.schemas import model_of, name_of
from tests.infrastructure.spec import SPEC, fits_model, operation

HTTP_FUNCTIONS = (
    "storefront",
    "submission",
    "tracking",
    "casework",
    "remedy",
    "survey",
    "pages",
    "policy",
    "payments",
    "carriers",
    "people",
    "desk",
)


def test_file_is_current() -> None:
    assert CONTRACT.read_text(encoding="utf-8") == text()


def test_is_valid_openapi() -> None:
    validate(SPEC)


def test_contract_has_exactly_the_routes() -> None:
    listed = {(method.upper(), path) for path, methods in SPEC["paths"].items() for method in methods}
    assert listed == {(route.method, route.path) for route in ROUTES}
    assert OPERATIONS.keys() == {key_of(route) for route in ROUTES}
    assert len({operation(route)["operationId"] for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize("function", HTTP_FUNCTIONS)
def test_function_has_exactly_the_routes(function: str) -> None:
    app = import_module(f"functions.{function}.app").app
    served = {(method, path) for path, methods in app.routes.items() for method in methods}
    assert served == {(route.method, route.path) for route in ROUTES if route.function == function}


def test_every_route_belongs_to_an_http_function() -> None:
    assert {route.function for route in ROUTES} == set(HTTP_FUNCTIONS)


@pytest.mark.parametrize("route", ROUTES, ids=key_of)
class TestOperation:
    def test_needs_a_token_unless_open_to_anyone(self, route: Route) -> None:
        assert operation(route)["security"] == ([] if "anyone" in route.callers else [{"caller": []}])

    def test_invokes_its_function(self, route: Route) -> None:
        link = operation(route)["x-amazon-apigateway-integration"]
        assert (link["type"], link["httpMethod"]) == ("aws_proxy", "POST")
        assert f"${{{route.function.capitalize()}Function.Arn}}" in link["uri"]["Fn::Sub"]

    def test_body_is_validated(self, route: Route) -> None:
        validator = operation(route).get(
            "x-amazon-apigateway-request-validator", SPEC["x-amazon-apigateway-request-validator"]
        )
        chosen = SPEC["x-amazon-apigateway-request-validators"][validator]
        # The gateway would take a form for JSON, and refuse it.
        assert chosen == {"validateRequestBody": not route.is_page, "validateRequestParameters": True}
        if route.body:
            content = operation(route)["requestBody"]["content"][FORM if route.is_page else "application/json"]
            assert content["schema"]["$ref"].endswith(f"/{name_of(route.body)}")

    def test_body_may_be_left_out_only_if_an_empty_one_would_do(self, route: Route) -> None:
        if route.body:
            empty_will_do = fits_model(model_of(route.body), {})
            assert operation(route)["requestBody"]["required"] is not empty_will_do

    def test_answers(self, route: Route) -> None:
        answers = dict(operation(route)["responses"])
        success = answers.pop(str(route.status))
        if route.answer:
            schema = success["content"]["application/json"]["schema"]
            assert schema["$ref"].endswith(f"/{name_of(route.answer)}")
        failure = "text/html" if route.is_page else "application/problem+json"
        assert all(list(answer["content"]) == [failure] for answer in answers.values())

    def test_page_is_html_or_leads_back_to_it(self, route: Route) -> None:
        success = operation(route)["responses"][str(route.status)]
        if route.is_page and route.status == 303:
            assert (route.method, list(success["headers"])) == ("POST", ["Location"])
        elif route.is_page:
            assert (route.status, list(success["content"])) == (200, ["text/html"])

    def test_parameters(self, route: Route) -> None:
        parameters = {p["name"]: p for p in operation(route)["parameters"]}
        in_path = {name for name, p in parameters.items() if p["in"] == "path" and p["required"]}
        assert in_path == set(re.findall(r"\{(\w+)\}", route.path))
        assert ("Idempotency-Key" in parameters) is route.idempotent


def test_models_of_one_name_are_told_apart_by_their_rooms() -> None:
    named = {name_of(f"{room}.confirmation:Confirmation") for room in ("replacement", "charges", "compensation")}
    assert named == {"ReplacementConfirmation", "ChargesConfirmation", "CompensationConfirmation"}
    assert name_of("resolution.confirmation:RefundConfirmation") == "RefundConfirmation"
