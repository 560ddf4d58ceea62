"""The contract as it stands in its file, its example bodies, and what fits it."""

import json
from typing import Any

import yaml
from jsonschema import Draft4Validator, FormatChecker
from pydantic import BaseModel

from aftersales import edge
from aftersales.errors import InvalidRequest
from aftersales.routes import ROUTES, Route
from infra.contract.__main__ import CONTRACT
from infra.contract.content import examples
from infra.contract.schemas import model_of, name_of

SPEC: dict[str, Any] = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
EXAMPLES = examples()
MODELS = {name_of(name): model_of(name) for route in ROUTES for name in (route.body, route.answer) if name}
BODIES = {name_of(route.body) for route in ROUTES if route.body}


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
