"""The contract is what the table of routes, the models and the functions say, and examples and sample events fit it."""

import inspect
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft4Validator, FormatChecker
from openapi_spec_validator import validate
from pydantic import BaseModel

from aftersales import edge, errors
from aftersales.applications.number import parse_number
from aftersales.applications.store import event_of
from aftersales.carriers import easypost_events
from aftersales.errors import InvalidRequest, Problem
from aftersales.flow.standing import Standing
from aftersales.flow.waits import Wait
from aftersales.orders.facts import OrderFacts
from aftersales.orders.shopify import ShopifyOrder, check_signature
from aftersales.pages.forms import fields
from aftersales.queue import Announced
from aftersales.routes import ROUTES, Route
from functions.authorizer.app import AuthorizerRequest
from functions.backtest.app import RunningBatch
from functions.evidence.app import ObjectCreated
from functions.followup.app import FollowUpTask
from functions.parcels.app import Happened
from functions.publisher.app import StreamBatch
from functions.sweep.app import Tick
from functions.waiting.app import WaitTask
from infra import contract
from infra.contract import model_of, name_of
from infra.operations import OPERATIONS, key_of

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "events"
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
SPEC: dict[str, Any] = yaml.safe_load(contract.CONTRACT.read_text(encoding="utf-8"))
EXAMPLES = contract.examples()
MODELS = {name_of(name): model_of(name) for route in ROUTES for name in (route.body, route.answer) if name}
BODIES = {name_of(route.body) for route in ROUTES if route.body}
DROP = object()


def operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = SPEC["paths"][route.path][route.method.lower()]
    return found


def fits_schema(model: str, body: Any) -> bool:
    schema = {"allOf": [{"$ref": f"#/components/schemas/{model}"}], "components": SPEC["components"]}
    return Draft4Validator(schema, format_checker=FormatChecker()).is_valid(body)


def fits_model(model: type[BaseModel], body: object) -> bool:
    """As the function reads it."""
    try:
        edge.parse(json.dumps(body).encode(), model)
    except InvalidRequest:
        return False
    return True


# --- the document ---


def test_file_is_current() -> None:
    assert contract.CONTRACT.read_text(encoding="utf-8") == contract.text()


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
            content = operation(route)["requestBody"]["content"][contract.FORM if route.is_page else "application/json"]
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
        if route.is_page and route.method == "GET":
            assert list(success["content"]) == ["text/html"]
        elif route.is_page:
            assert (route.status, list(success["headers"])) == (303, ["Location"])

    def test_parameters(self, route: Route) -> None:
        parameters = {p["name"]: p for p in operation(route)["parameters"]}
        in_path = {name for name, p in parameters.items() if p["in"] == "path" and p["required"]}
        assert in_path == set(re.findall(r"\{(\w+)\}", route.path))
        assert ("Idempotency-Key" in parameters) is route.idempotent


def test_models_of_one_name_are_told_apart_by_their_rooms() -> None:
    named = {name_of(f"{room}.confirmation:Confirmation") for room in ("replacement", "charges", "compensation")}
    assert named == {"ReplacementConfirmation", "ChargesConfirmation", "CompensationConfirmation"}
    assert name_of("resolution.confirmation:RefundConfirmation") == "RefundConfirmation"


# --- what API Gateway's importer takes ---


def schemas_within(schema: object) -> Iterator[dict[str, Any]]:
    """The schema and every one inside it."""
    if isinstance(schema, dict):
        yield schema
        inner = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
        for each in inner:
            yield from schemas_within(each)


def test_schemas_use_only_words_of_the_gateway() -> None:
    words = {
        word for model in SPEC["components"]["schemas"].values() for each in schemas_within(model) for word in each
    }
    assert words <= contract.KEPT | {"properties", "items", "$ref"}


def test_references_stand_alone_and_lead_somewhere() -> None:
    for model in SPEC["components"]["schemas"].values():
        for schema in schemas_within(model):
            if "$ref" in schema:
                assert list(schema) == ["$ref"]
                assert schema["$ref"].removeprefix("#/components/schemas/") in SPEC["components"]["schemas"]


def test_models_are_closed_and_have_plain_names() -> None:
    for name, schema in SPEC["components"]["schemas"].items():
        assert name.isalnum()
        if schema["type"] == "object" and name not in contract.HAND_WRITTEN:
            assert schema["additionalProperties"] is False


def test_description_is_short_enough_for_the_gateway() -> None:
    assert len(SPEC["info"]["description"]) <= 1024


@pytest.mark.parametrize("schema", [{"oneOf": []}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}])
def test_what_the_gateway_has_no_word_for_is_not_passed_over(schema: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no word"):
        contract._draft4(schema)


def test_gateway_answers_problem_documents() -> None:
    for kind, answer in SPEC["x-amazon-apigateway-gateway-responses"].items():
        body = json.loads(answer["responseTemplates"]["application/json"])
        assert body["type"].startswith("urn:aftersales:problem:")
        assert body.get("status") == (int(answer["statusCode"]) if "statusCode" in answer else None), kind
        assert answer["responseParameters"]["gatewayresponse.header.Content-Type"] == "'application/problem+json'"


def test_fallbacks_keep_the_status_of_what_they_stand_for() -> None:
    answers = SPEC["x-amazon-apigateway-gateway-responses"]
    assert "statusCode" not in answers["DEFAULT_4XX"]
    assert "statusCode" not in answers["DEFAULT_5XX"]


# --- bodies ---


def test_every_body_has_an_example() -> None:
    assert BODIES <= EXAMPLES.keys() <= MODELS.keys()
    assert set(EXAMPLES["Filing"]) == {"zh-CN", "en", "repair"}


@pytest.mark.parametrize(("model", "name"), [(model, name) for model, found in EXAMPLES.items() for name in found])
def test_example_fits(model: str, name: str) -> None:
    assert fits_schema(model, EXAMPLES[model][name])
    assert fits_model(MODELS[model], EXAMPLES[model][name])


def changed(body: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """`body` with `value` at `lines.0.quantity`, or without it."""
    copy = deepcopy(body)
    *parents, last = path.split(".")
    place: Any = copy
    for part in parents:
        place = place[int(part) if isinstance(place, list) else part]
    if value is DROP:
        del place[last]
    else:
        place[last] = value
    return copy


PHOTO = {"media_type": "image/jpeg", "size": 1}
LINE = {"line_id": "a", "quantity": 1, "reason": "other"}
BAD = [
    ("Filing", "zh-CN", "lines.0.quantity", 0),
    ("Filing", "zh-CN", "lines.0.quantity", 10_001),
    ("Filing", "zh-CN", "lines.0.quantity", "1"),
    ("Filing", "zh-CN", "lines.0.quantity", 1.5),
    ("Filing", "zh-CN", "lines.0.quantity", True),
    ("Filing", "zh-CN", "lines.0.reason", "bored"),
    ("Filing", "zh-CN", "lines.0.reason", DROP),
    ("Filing", "zh-CN", "lines.0.line_id", "../1"),
    ("Filing", "zh-CN", "lines.0.price", 1),
    ("Filing", "repair", "lines.0.opened", "yes"),
    ("Filing", "repair", "lines.0.serial_number", 17),
    ("Filing", "repair", "lines.0.serial_number", "7" * 101),
    ("Filing", "zh-CN", "lines", {"0": LINE}),
    ("Filing", "zh-CN", "lines", [LINE | {"line_id": f"l{i}"} for i in range(51)]),
    ("Filing", "zh-CN", "contact", DROP),
    ("Filing", "zh-CN", "contact", "wang.fang@example.com"),
    ("Filing", "zh-CN", "contact.email", "wang.fang at example.com"),
    ("Filing", "zh-CN", "contact.phone", "一三八"),
    ("Filing", "zh-CN", "contact.address", "文三路 269 号"),
    ("Filing", "zh-CN", "description", "长" * 4001),
    ("Filing", "zh-CN", "description", ""),
    ("Filing", "zh-CN", "description", DROP),
    ("Filing", "zh-CN", "type", "refund"),
    ("Filing", "zh-CN", "language", "fr"),
    ("Filing", "zh-CN", "channel", DROP),
    ("Filing", "zh-CN", "order_number", ""),
    ("Filing", "zh-CN", "order_number", 1001),
    ("Filing", "zh-CN", "currency", "cny"),
    ("Filing", "zh-CN", "photos", [PHOTO] * 10),
    ("Filing", "zh-CN", "photos.0.size", 20 * 1024 * 1024 + 1),
    ("Filing", "zh-CN", "photos.0.size", 0),
    ("Filing", "zh-CN", "photos.0.media_type", "image/svg+xml"),
    ("Filing", "zh-CN", "coupon", "WELCOME20"),
    ("OrderFacts", "delivered", "lines", []),
    ("OrderFacts", "delivered", "lines.0.quantity", 0),
    ("OrderFacts", "delivered", "lines.0.paid", -1),
    ("OrderFacts", "delivered", "lines.0.paid", "238.00"),
    ("OrderFacts", "delivered", "lines.0.paid", 238.5),
    ("OrderFacts", "delivered", "lines.0.category", "shoes"),
    ("OrderFacts", "delivered", "lines.0.title", "灯" * 201),
    ("OrderFacts", "several_lines", "lines.0.tags", "winter"),
    ("OrderFacts", "several_lines", "lines.0.tags", ["winter"] * 21),
    ("OrderFacts", "several_lines", "lines.0.tags", ["长" * 51]),
    ("OrderFacts", "several_lines", "lines.0.discount", -1),
    ("OrderFacts", "several_lines", "lines.1.custom_made", "true"),
    ("OrderFacts", "several_lines", "lines.2.serial_number", "7" * 101),
    ("OrderFacts", "several_lines", "lines.2.warranty_ends_on", "2027-11-31"),
    ("OrderFacts", "several_lines", "lines.2.seller", "x" * 101),
    ("OrderFacts", "several_lines", "customer", "C-20391"),
    ("OrderFacts", "several_lines", "customer.customer_id", DROP),
    ("OrderFacts", "several_lines", "customer.customer_id", "x" * 101),
    ("OrderFacts", "several_lines", "customer.risk", "high"),
    ("OrderFacts", "several_lines", "customer.email", "emma.carter@example.com"),
    ("OrderFacts", "several_lines", "country", "JPN"),
    ("OrderFacts", "several_lines", "country", "jp"),
    ("OrderFacts", "several_lines", "season", "长" * 51),
    ("OrderFacts", "delivered", "placed_at", "2026-11-10T01:12:44"),
    ("OrderFacts", "delivered", "placed_at", "yesterday"),
    ("OrderFacts", "delivered", "changed_at", DROP),
    ("OrderFacts", "delivered", "currency", "RMB¥"),
    ("RefundConfirmation", "paid", "outcome", "pending"),
    ("RefundConfirmation", "paid", "amount", 119.0),
    ("RefundConfirmation", "paid", "amount.amount", -1),
    ("RefundConfirmation", "paid", "amount.currency", DROP),
    ("RefundConfirmation", "paid", "reference", DROP),
    ("TrackingRequest", "by_email", "number", "7" * 41),
    ("TrackingRequest", "by_email", "contact", DROP),
    ("Information", "zh-CN", "message", "长" * 4001),
    ("ParcelSent", "sent", "carrier", "x" * 201),
    ("PhotosWanted", "photo_and_video", "photos", []),
    ("PhotosWanted", "photo_and_video", "photos", [PHOTO] * 10),
    ("Answers", "zh-CN", "satisfaction", 6),
    ("Answers", "zh-CN", "effort", 0),
    ("Answers", "zh-CN", "effort", DROP),
    ("Question", "en", "message", DROP),
    ("StaffDecision", "accept", "outcome", "manual_review"),
    ("StaffDecision", "in_part", "accepted_lines", "14837291053334"),
    ("StaffDecision", "in_part", "accepted_lines", ["../1"]),
    ("StaffDecision", "in_part", "accepted_lines", [f"l{i}" for i in range(26)]),
    ("Appeal", "zh-CN", "message", DROP),
    ("Appeal", "zh-CN", "message", "长" * 4001),
    ("Remark", "received", "remark", "x"),
    ("Inspection", "damaged", "lines", []),
    ("Inspection", "damaged", "lines.0.condition", "fine"),
    ("RefundOrder", "in_part", "amount.amount", "99.00"),
    ("RefundOrder", "in_part", "amount.currency", "yuan"),
    ("RefundOrder", "as_it_was_quoted", "quoted", 11900),
    ("ReplacementConfirmation", "shipped", "outcome", "lost"),
    ("ReplacementConfirmation", "shipped", "carrier", ""),
    ("ReplacementReport", "shipped", "replacement_id", DROP),
    ("ChargesConfirmation", "paid", "amount.amount", 40.0),
    ("ChargesConfirmation", "paid", "reference", DROP),
    ("CompensationConfirmation", "given", "outcome", "paid"),
    ("Compensation", "coupon", "kind", "cash"),
    ("Compensation", "coupon", "message", DROP),
    ("RemedyChange", "refund_in_place_of_exchange", "type", "store_credit"),
    ("Approval", "approved", "approved", "yes"),
    ("Diagnosis", "under_warranty", "repairable", DROP),
    ("Diagnosis", "to_be_paid", "price.currency", "yuan"),
    ("VisitPlan", "on_site", "place", "workshop"),
    ("VisitPlan", "on_site", "at", "on Saturday at two"),
    ("RepairResult", "repaired", "outcome", "declined"),
    ("Dispatch", "sent", "tracking_number", DROP),
    ("QuoteAnswer", "accept", "accept", DROP),
    ("Dispute", "zh-CN", "message", ""),
    ("DisputeAnswer", "stands", "outcome", "rejected"),
    ("MemberFacts", "in_hangzhou", "skills.repair", 4),
    ("MemberFacts", "in_hangzhou", "skills.repair", "expert"),
    ("MemberFacts", "in_hangzhou", "languages", ["fr"]),
    ("MemberFacts", "in_hangzhou", "capacity", -1),
    ("MemberFacts", "in_hangzhou", "capacity", DROP),
    ("MemberFacts", "in_hangzhou", "teams", ["the desk"]),
    ("MemberFacts", "in_hangzhou", "hours.holidays_of", "CHN"),
    ("MemberFacts", "in_hangzhou", "hours.made_up_as", "someday"),
    ("MemberFacts", "in_hangzhou", "leave.0.first", "10 February"),
    ("MemberFacts", "in_hangzhou", "open", 0),
    ("MemberFacts", "a_lead", "may_give.CNY", 200.5),
    ("TeamFacts", "workshop", "leads", "grace.miller"),
    ("PresenceTold", "busy", "presence", "asleep"),
    ("Transfer", "to_a_colleague", "member_id", ""),
    ("Handover", "to_the_workshop", "message", DROP),
    ("TaskWanted", "for_logistics", "department", "marketing"),
    ("TaskWanted", "for_logistics", "due_at", DROP),
    ("ServiceTerms", "in_working_hours", "promises", []),
    ("ServiceTerms", "in_working_hours", "promises.1.minutes.resolution", 0),
    ("ServiceTerms", "in_working_hours", "promises.1.calendar", DROP),
    ("ServiceTerms", "in_working_hours", "warn_share", 100),
    ("ServiceTerms", "in_working_hours", "calendars", {}),
]
"""What schema and model both refuse."""

BEYOND_SCHEMA = [
    ("Filing", "zh-CN", "contact", {"name": "王芳"}),
    ("Filing", "zh-CN", "description", "   "),
    ("Filing", "zh-CN", "lines", []),
    ("Filing", "zh-CN", "lines", [LINE, LINE]),
    ("OrderFacts", "several_lines", "lines.1.line_id", "a1"),
    ("ReplacementConfirmation", "shipped", "tracking_number", DROP),
    ("Approval", "refused", "reason", DROP),
    ("MemberFacts", "in_hangzhou", "hours.week", {}),
    ("MemberFacts", "in_hangzhou", "hours.week.monday.1.opens", "11:00"),
    ("MemberFacts", "in_hangzhou", "hours.time_zone", "Asia/Hangzhou"),
    ("MemberFacts", "in_hangzhou", "hours.holidays_of", "ZZ"),
    ("MemberFacts", "in_hangzhou", "leave.0.last", "2027-02-01"),
    ("ServiceTerms", "in_working_hours", "promises.0.calendar", "shanghai"),
    ("ServiceTerms", "in_working_hours", "calendars.hangzhou.week.monday.0.closes", "08:00"),
]
"""What only the model can refuse: one of two fields is needed, blanks are no text, lines are distinct, a day's spans
are apart.
"""


@pytest.mark.parametrize(("model", "name", "path", "value"), BAD, ids=lambda v: str(v)[:20])
def test_bad_body_is_refused_by_schema_and_model(model: str, name: str, path: str, value: object) -> None:
    body = changed(EXAMPLES[model][name], path, value)
    assert not fits_schema(model, body)
    assert not fits_model(MODELS[model], body)


@pytest.mark.parametrize(("model", "name", "path", "value"), BEYOND_SCHEMA)
def test_what_the_schema_cannot_say_the_model_refuses(model: str, name: str, path: str, value: object) -> None:
    body = changed(EXAMPLES[model][name], path, value)
    assert fits_schema(model, body)
    assert not fits_model(MODELS[model], body)


@pytest.mark.parametrize("body", [None, [], "text", 1], ids=str)
def test_a_body_is_an_object(body: object) -> None:
    for model in BODIES:
        assert not fits_schema(model, body)
        assert not fits_model(MODELS[model], body)


def test_null_is_for_the_gateway_to_refuse() -> None:
    """The one thing that the schema refuses and the model takes, as absent: draft 4 by way of OpenAPI has no null."""
    body = changed(EXAMPLES["Filing"]["en"], "currency", None)
    assert not fits_schema("Filing", body)
    assert fits_model(MODELS["Filing"], body)


# --- problems ---


def problems() -> dict[str, tuple[str, str]]:
    """Status and title of every problem by its slug."""
    named = [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, Problem)]
    found = {each.slug: (str(each.status), each.title) for each in named}
    assert len(found) == len(named), "two errors have the same slug"
    gateway = {each.slug: (str(each.status or "–"), each.title) for each in contract.GATEWAY_ONLY}
    assert not found.keys() & gateway.keys(), "the gateway's table names what errors.py has"
    return found | gateway


def test_every_problem_is_documented() -> None:
    text = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `urn:aftersales:problem:([a-z-]+)` \| (\S+) \| ([^|]+) \|", text, re.MULTILINE)
    assert len(rows) == len({slug for slug, _, _ in rows})
    assert {slug: (status, title) for slug, status, title in rows} == problems()


def test_contract_names_only_known_problems() -> None:
    named = re.findall(r"urn:aftersales:problem:([a-z-]+)", contract.text())
    failures = [
        answer
        for route in ROUTES
        for status, answer in operation(route)["responses"].items()
        if status != str(route.status)
    ]
    named += [slug for answer in failures for slug in re.findall(r"`([a-z-]+)`: ", answer["description"])]
    assert set(named) <= problems().keys()


# --- sample events ---

NUMBER = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
SHOPIFY_SECRET = "shopify-sample-secret"
EASYPOST_SECRET = "easypost-sample-secret"
OTHER_EVENTS: dict[str, type[BaseModel]] = {
    "authorizer.json": AuthorizerRequest,
    "backtest.json": RunningBatch,
    "evidence.json": ObjectCreated,
    "followup-due.json": FollowUpTask,
    "followup-plan.json": FollowUpTask,
    "proceed.json": Standing,
    "publisher.json": StreamBatch,
    "review.json": Standing,
    "sweep.json": Tick,
    "survey_invitation.json": Standing,
    "waiting-time-out.json": WaitTask,
    "waiting.json": WaitTask,
}
QUEUE_EVENTS: dict[str, type[BaseModel]] = {
    "assignment.json": Wait,
    "clocks.json": Announced,
    "notification.json": Announced,
    "parcels.json": Happened,
    "resolution.json": Announced,
    "webhooks.json": Announced,
}
FILES = sorted(path.name for path in EVENTS.glob("*.json"))
HTTP_EVENTS = [name for name in FILES if name not in OTHER_EVENTS.keys() | QUEUE_EVENTS.keys()]


def event(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EVENTS / name).read_text(encoding="utf-8"))
    return found


def function_of(name: str) -> str:
    return name.removesuffix(".json").partition("-")[0]


def test_every_function_has_an_event() -> None:
    functions = {path.parent.name for path in (ROOT / "functions").glob("*/app.py")}
    assert {function_of(name) for name in FILES} == functions


@pytest.mark.parametrize("name", HTTP_EVENTS)
def test_http_event_fits_the_contract(name: str) -> None:
    sample = event(name)
    context = sample["requestContext"]
    route = next(r for r in ROUTES if (r.method, r.path) == (context["httpMethod"], context["resourcePath"]))
    assert route.function == function_of(name)
    assert sample["path"] == route.path.format(**sample["pathParameters"] or {})
    assert (sample["body"] is not None) is ("requestBody" in operation(route))
    if route.body:
        if route.is_page:
            assert edge.parse(json.dumps(fields(sample["body"].encode())).encode(), model_of(route.body), strict=False)
        else:
            body = json.loads(sample["body"])
            assert fits_schema(name_of(route.body), body)
            assert fits_model(model_of(route.body), body)


@pytest.mark.parametrize("name", HTTP_EVENTS)
def test_http_event_comes_from_someone_who_may(name: str) -> None:
    context = event(name)["requestContext"]
    route = next(r for r in ROUTES if (r.method, r.path) == (context["httpMethod"], context["resourcePath"]))
    holder = context.get("authorizer", {"kind": "anyone"})
    assert holder.get("role", holder["kind"]) in route.callers
    assert all(isinstance(value, str) for value in holder.values())


@pytest.mark.parametrize("name", OTHER_EVENTS)
def test_event_fits_its_function(name: str) -> None:
    assert OTHER_EVENTS[name].model_validate(event(name))


@pytest.mark.parametrize("name", QUEUE_EVENTS)
def test_queue_event_fits_its_function(name: str) -> None:
    for record in event(name)["Records"]:
        assert QUEUE_EVENTS[name].model_validate_json(record["body"])


@pytest.mark.parametrize("name", [name for name, model in QUEUE_EVENTS.items() if issubclass(model, Announced)])
def test_announced_event_is_as_published(name: str) -> None:
    """The members that the desk puts on the bus, whatever is added or taken away in the model."""
    published = event_of(event("publisher.json")["Records"][0]["dynamodb"]["NewImage"]).published()
    for record in event(name)["Records"]:
        message = json.loads(record["body"])
        assert message["detail"].keys() == published.keys()
        assert message["detail-type"] == message["detail"]["name"]


def test_stream_event_holds_timeline_events() -> None:
    images = [record["dynamodb"]["NewImage"] for record in event("publisher.json")["Records"]]
    assert [event_of(image).step for image in images] == ["filed", "evidence_attached"]


@pytest.mark.parametrize("name", FILES)
def test_events_speak_of_one_application(name: str) -> None:
    found = set(NUMBER.findall((EVENTS / name).read_text(encoding="utf-8")))
    assert found <= {parse_number("7K3M-9QXT-2VWH-5NRR")}


def test_shopify_event_carries_the_readable_order_and_its_signature() -> None:
    sample = event("storefront-shopify-order.json")
    readable = json.loads((EVENTS / "bodies" / "shopify-order.json").read_text(encoding="utf-8"))
    assert json.loads(sample["body"]) == readable
    check_signature(SHOPIFY_SECRET, sample["body"].encode(), sample["headers"]["X-Shopify-Hmac-Sha256"])


def test_shopify_order_comes_to_the_same_as_the_plain_one() -> None:
    order = ShopifyOrder.model_validate(json.loads(event("storefront-shopify-order.json")["body"]))
    assert order.order_number == "1001"
    assert order.facts() == OrderFacts.model_validate(EXAMPLES["OrderFacts"]["delivered"])


def test_easypost_event_carries_its_signature_and_tells_of_a_parcel() -> None:
    sample = event("carriers.json")
    easypost_events.check_signature(
        EASYPOST_SECRET, sample["body"].encode(), sample["headers"][easypost_events.SIGNATURE]
    )
    told = easypost_events.sighting(easypost_events.EasyPostEvent.model_validate_json(sample["body"]))
    assert told
    assert (told.tracking_number, told.movement) == ("SF1390276645120", "in_transit")
