"""Moves on the ledger as conditional writes. Apart from the store, since most who move never read an order."""

from aftersales.items import item
from aftersales.orders.ledger import Move
from aftersales.settings import Setting
from aftersales.tables import Write


def key(store_id: str, order_number: str) -> dict[str, str]:
    return {"order_key": f"{store_id}#{order_number}"}


def moving(store_id: str, order_number: str, move: Move) -> Write:
    """The write that makes `move`, refused when a counter would fall below zero or there is no such order.

    Placeholders are short, because an expression is at most 4 KB and a move may touch `MAX_LINES` lines.
    """
    names = {"#g": "ledger"}
    counters: dict[str, str] = {}
    values: dict[str, int] = {}
    sets: list[str] = []
    conditions = ["attribute_exists(order_key)"]
    for index, (line_id, changes) in enumerate(move.items()):
        names[f"#{index}"] = line_id
        for counter, change in changes.items():
            path = f"#g.#{index}.{counters.setdefault(counter, f'#c{len(counters)}')}"
            sets.append(f"{path}={path}+{_value(values, change)}")
            if change < 0:
                conditions.append(f"{path}>={_value(values, -change)}")
    return {
        "Update": {
            "TableName": Setting.ORDERS_TABLE.read(),
            "Key": item(key(store_id, order_number)),
            "UpdateExpression": "SET " + ",".join(sets),
            "ConditionExpression": " AND ".join(conditions),
            "ExpressionAttributeNames": names | {placeholder: name for name, placeholder in counters.items()},
            "ExpressionAttributeValues": item(values),
        }
    }


def filing(store_id: str, order_number: str, move: Move, number: str) -> Write:
    """The write that makes `move` and notes on the order the `number` of the application that it is for."""
    write = moving(store_id, order_number, move)
    update = write["Update"]
    update["UpdateExpression"] += ",applications=list_append(if_not_exists(applications,:none),:new)"
    update["ExpressionAttributeValues"] |= item({":none": [], ":new": [number]})
    return write


def _value(values: dict[str, int], number: int) -> str:
    """The placeholder of `number`: its digits, so that equal numbers share one."""
    name = f":{number}".replace("-", "m")
    values[name] = number
    return name
