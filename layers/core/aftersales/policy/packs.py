"""The policies that are shipped: what the law gives, a plain default, and two stores' examples."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from aftersales.policy.document import Policy

PACKS = Path(__file__).with_name("packs")
STATUTES = ("china", "eu")
"""Floors. Which of them holds for an application depends on the country."""

DEFAULT = "default"
"""The terms of a store that has published none."""

EXAMPLES = ("fashion", "electronics")

SHIPPED = (*STATUTES, DEFAULT, *EXAMPLES)


def written(name: str) -> dict[str, Any]:
    """The pack as it stands in its file."""
    document: dict[str, Any] = json.loads((PACKS / f"{name}.json").read_bytes())
    return document


@cache
def pack(name: str) -> Policy:
    return Policy.model_validate(written(name))


def statutes() -> tuple[Policy, ...]:
    return tuple(pack(name) for name in STATUTES)
