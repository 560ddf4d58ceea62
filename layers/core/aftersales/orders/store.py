"""Orders in DynamoDB: one item an order, its ledger inside, changed only by conditional writes."""

from botocore.exceptions import ClientError

from aftersales import tables
from aftersales.aws import client
from aftersales.items import item
from aftersales.orders.model import Order
from aftersales.orders.moving import key
from aftersales.settings import Setting


def load(store_id: str, order_number: str) -> Order | None:
    found = tables.load(Setting.ORDERS_TABLE, key(store_id, order_number))
    if found is None:
        return None
    del found["order_key"]
    return Order.model_validate(found)


def create(order: Order) -> bool:
    """Write a new order; False when it is already there."""
    document = key(order.store_id, order.order_number) | order.document()
    return tables.put_once(Setting.ORDERS_TABLE, document, "attribute_not_exists(order_key)")


def replace(order: Order, known: Order) -> bool:
    """Write what a newer telling made of the order; False when the stored one is no longer the `known` one."""
    document = key(order.store_id, order.order_number) | order.document()
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
