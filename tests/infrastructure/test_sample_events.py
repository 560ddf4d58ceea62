"""The sample events of `events/` are what the functions get: they fit the contract and the models."""

import json
import re
from typing import Any

import pytest
from pydantic import BaseModel

from aftersales import edge
from aftersales.applications.number import parse_number
from aftersales.applications.store import event_of
from aftersales.carriers import easypost_events
from aftersales.flow.standing import Standing
from aftersales.flow.waits import Wait
from aftersales.orders.facts import OrderFacts
from aftersales.orders.shopify import ShopifyOrder, check_signature
from aftersales.pages.forms import fields
from aftersales.queue import Announced
from aftersales.routes import ROUTES
from functions.authorizer.app import AuthorizerRequest
from functions.backtest.app import RunningBatch
from functions.evidence.app import ObjectCreated
from functions.followup.app import FollowUpTask
from functions.parcels.app import Happened
from functions.publisher.app import StreamBatch
from functions.sweep.app import Tick
from functions.waiting.app import WaitTask
from infra.contract.schemas import model_of, name_of
from tests.infrastructure.spec import EXAMPLES, fits_model, fits_schema, operation
from tests.infrastructure.templates import ROOT

EVENTS = ROOT / "events"
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
