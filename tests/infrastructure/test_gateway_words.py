"""What API Gateway's importer takes of the contract's schemas."""

from collections.abc import Iterator
from typing import Any

import pytest

from infra.contract.gateway_words import KEPT, draft4
from infra.contract.schemas import HAND_WRITTEN
from tests.infrastructure.spec import SPEC


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
    assert words <= KEPT | {"properties", "items", "$ref"}


def test_references_stand_alone_and_lead_somewhere() -> None:
    for model in SPEC["components"]["schemas"].values():
        for schema in schemas_within(model):
            if "$ref" in schema:
                assert list(schema) == ["$ref"]
                assert schema["$ref"].removeprefix("#/components/schemas/") in SPEC["components"]["schemas"]


def test_models_are_closed_and_have_plain_names() -> None:
    for name, schema in SPEC["components"]["schemas"].items():
        assert name.isalnum()
        if schema["type"] == "object" and name not in HAND_WRITTEN:
            assert schema["additionalProperties"] is False


def test_description_is_short_enough_for_the_gateway() -> None:
    assert len(SPEC["info"]["description"]) <= 1024


@pytest.mark.parametrize("schema", [{"oneOf": []}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}])
def test_what_the_gateway_has_no_word_for_is_not_passed_over(schema: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no word"):
        draft4(schema)
