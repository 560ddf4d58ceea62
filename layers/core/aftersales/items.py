"""Plain JSON values to DynamoDB attribute values and back.

boto3's own converter turns every number into a `Decimal` and costs a cold start the whole of `boto3.resources`; ours
knows the values that JSON documents hold here, and refuses a float.
"""

from typing import Any, cast

AttributeValue = dict[str, Any]


def attribute(value: object) -> AttributeValue:
    """One value as DynamoDB writes it. Raises `TypeError` for what a document of ours never holds."""
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": value}
        case None:
            return {"NULL": True}
        case dict():
            return {"M": item(cast("dict[str, object]", value))}
        case list() | tuple():
            return {"L": [attribute(each) for each in cast("list[object]", value)]}
        case _:
            raise TypeError(f"not a document's value: {type(value).__name__}")


def item(document: dict[str, Any]) -> dict[str, AttributeValue]:
    return {key: attribute(value) for key, value in document.items()}


def value_of(attribute_value: AttributeValue) -> Any:
    [(kind, value)] = attribute_value.items()
    match kind:
        case "N":
            return int(value)
        case "M":
            return document_of(value)
        case "L":
            return [value_of(each) for each in value]
        case "NULL":
            return None
        case _:
            return value


def document_of(stored: dict[str, AttributeValue]) -> dict[str, Any]:
    return {key: value_of(value) for key, value in stored.items()}
