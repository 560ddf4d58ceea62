"""Documents to DynamoDB and back, held against boto3's own converter."""

from decimal import Decimal
from typing import Any, cast

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as some

from aftersales.items import attribute, document_of, item, value_of

whole_numbers = some.integers(-(10**38) + 1, 10**38 - 1)
values = some.recursive(
    some.none() | some.booleans() | whole_numbers | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=12,
)


@given(some.dictionaries(some.text(), values))
def test_a_document_comes_back_as_it_went_in(document: dict[str, object]) -> None:
    assert document_of(item(document)) == document


@given(values)
def test_what_we_write_is_what_boto3_would_write(value: object) -> None:
    assert attribute(value) == TypeSerializer().serialize(value)


@given(values)
def test_what_we_write_boto3_can_read(value: object) -> None:
    assert TypeDeserializer().deserialize(cast("Any", attribute(value))) == value


def test_true_is_not_one() -> None:
    assert value_of(attribute(True)) is True
    assert value_of(attribute(1)) == 1


def test_a_tuple_is_stored_as_a_list() -> None:
    assert value_of(attribute(("紫砂壶", 3))) == ["紫砂壶", 3]


@pytest.mark.parametrize("value", [19.99, Decimal("19.99"), b"bytes", {1, 2}, object()])
def test_what_no_document_of_ours_holds_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="not a document's value"):
        attribute({"deep": [value]})
