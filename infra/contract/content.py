"""Bodies by their media type, with examples."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]

EXAMPLES = Path(__file__).parents[2] / "events" / "bodies" / "examples.yaml"
JSON, PROBLEM = "application/json", "application/problem+json"
FORM = "application/x-www-form-urlencoded"


@cache
def examples() -> dict[str, dict[str, Json]]:
    """Example bodies by model and name."""
    found: dict[str, dict[str, Json]] = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    return found


def content(model: str, media: str = JSON) -> Json:
    known = {name: {"value": value} for name, value in examples().get(model, {}).items()}
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {media: {"schema": schema} | ({"examples": known} if known else {})}


def html() -> Json:
    return content("Page", "text/html")
