"""Orders in DynamoDB: one item an order, its ledger inside, changed only by conditional writes."""

from botocore.exceptions import ClientError

from aftersales import tables
from aftersales.aws import client
from aftersales.items import item
from aftersales.orders.ledger import Move
from aftersales.orders.model import Order
from aftersales.settings import Setting
from aftersales.tables import Write


def _key(store_id: str, order_number: str) -> dict[str, str]:
    return {"order_key": f"{store_id}#{order_number}"}


def load(store_id: str, order_number: str) -> Order | None:
    found = tables.load(Setting.ORDERS_TABLE, _key(store_id, order_number))
    if found is None:
        return None
    del found["order_key"]
    return Order.model_validate(found)


def create(order: Order) -> bool:
    """Write a new order; False when it is already there."""
    document = _key(order.store_id, order.order_number) | order.document()
    return tables.put_once(Setting.ORDERS_TABLE, document, "attribute_not_exists(order_key)")


def replace(order: Order, known: Order) -> bool:
    """Write what a newer telling made of the order; False when the stored one is no longer the `known` one."""
    document = _key(order.store_id, order.order_number) | order.document()
    known_values = known.document()
    try:
        client("dynamodb").put_item(
            TableName=Setting.ORDERS_TABLE.read(),
            Item=item(document),
            ConditionExpression="changed_at = :changed_at AND ledger = :ledger",
            ExpressionAttributeValues=item(
                {":changed_at": known_values["changed_at"], ":ledger": known_values["ledger"]}
            ),
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return False
    return True


def moving(store_id: str, order_number: str, move: Move) -> Write:
    """The write that makes `move`, refused when a counter would fall below zero or there is no such order."""
    names: dict[str, str] = {"#ledger": "ledger"}
    values: dict[str, int] = {}
    sets: list[str] = []
    conditions = ["attribute_exists(order_key)"]
    for index, (line_id, changes) in enumerate(move.items()):
        names[f"#l{index}"] = line_id
        for counter, change in changes.items():
            names[f"#{counter}"] = counter
            path, value = f"#ledger.#l{index}.#{counter}", f":l{index}{counter}"
            values[value] = change
            sets.append(f"{path} = {path} + {value}")
            if change < 0:
                values[f"{value}_least"] = -change
                conditions.append(f"{path} >= {value}_least")
    return {
        "Update": {
            "TableName": Setting.ORDERS_TABLE.read(),
            "Key": item(_key(store_id, order_number)),
            "UpdateExpression": "SET " + ", ".join(sets),
            "ConditionExpression": " AND ".join(conditions),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": item(values),
        }
    }
