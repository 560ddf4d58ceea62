"""The schemas of the models that routes name, and of what no model defines."""

from functools import cache
from importlib import import_module
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from aftersales.routes import ROUTES
from infra.contract.gateway_words import draft4, schema_name

Json = dict[str, Any]

HAND_WRITTEN: dict[str, Json] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457. `docs/problems.md` lists every `type`; some carry more members than these.",
        "required": ["type", "title"],
        "properties": {
            "type": {"type": "string", "description": "Stable: what a program looks at."},
            "title": {"type": "string"},
            "status": {"type": "integer", "description": "The HTTP status, unless the gateway could not name it."},
            "detail": {"type": "string", "description": "What was wrong this time."},
            "errors": {
                "type": "array",
                "description": "The fields that do not fit.",
                "items": {
                    "type": "object",
                    "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                },
            },
        },
    },
    "Page": {"type": "string", "description": "HTML; what went wrong is said on it."},
    "DeskForm": {"type": "object", "description": "The fields of the form, and its hidden ones as they were shown."},
    "ShopifyOrder": {"type": "object", "description": "Shopify's order as its webhook sends it, byte for byte."},
    "EasyPostEvent": {"type": "object", "description": "EasyPost's event as its webhook sends it, byte for byte."},
    "StripeEvent": {"type": "object", "description": "Stripe's event as its webhook sends it, byte for byte."},
}


def model_of(name: str) -> type[BaseModel]:
    """The model that a route names as `module:Model`."""
    module, _, model = name.partition(":")
    found: type[BaseModel] = getattr(import_module(f"aftersales.{module}"), model)
    return found


def name_of(route_model: str) -> str:
    """The schema of a model that a route names: as the class, with its room before it where two are called the same."""
    names, _ = _modelled()
    return names[route_model]


def schemas() -> Json:
    """By name: of all models that routes name, and of those inside them."""
    _, found = _modelled()
    return dict(sorted(({name: draft4(schema) for name, schema in found.items()} | HAND_WRITTEN).items()))


@cache
def _modelled() -> tuple[dict[str, str], Json]:
    """What each model is called that routes name, and every schema by its name."""
    models = {name: model_of(name) for route in ROUTES for name in (route.body, route.answer) if name}
    called, found = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models.values())], ref_template="{model}"
    )
    names = {name: schema_name(called[model, "validation"]["$ref"]) for name, model in models.items()}
    return names, {schema_name(name): schema for name, schema in found["$defs"].items()}
