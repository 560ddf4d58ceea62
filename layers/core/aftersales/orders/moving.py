"""Moves on the ledger as conditional writes. Apart from the store, since most who move never read an order."""

from collections import Counter
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from aftersales.clock import rfc3339
from aftersales.items import item
from aftersales.orders.ledger import Move
from aftersales.orders.names import ACCOUNT
from aftersales.settings import Setting
from aftersales.tables import Write

if TYPE_CHECKING:
    from aftersales.orders.model import LineLedger, NewLine, Order

ALWAYS_STORED = frozenset({"bought", "available", "reserved", "settled", "paid", "refundable", "ordered", "refunded"})
"""Counters that every stored order has, however old; another one that is absent stands at zero."""

PLACEHOLDERS = ascii_letters + digits


class _Expression:
    """What an update says. Placeholders are short, because an expression is at most 4 KB and a move may touch
    `MAX_LINES` lines, each of them in five counters.
    """

    def __init__(self) -> None:
        self.sets: list[str] = []
        self.conditions = ["attribute_exists(order_key)"]
        self.names: dict[str, str] = {}
        self.values: dict[int, str] = {}

    def change(self, name: str, changes: Counter[str]) -> None:
        book = f"{self._name('accounts' if name.startswith(ACCOUNT) else 'ledger')}.{self._name(name)}"
        for counter, change in changes.items():
            path, value = f"{book}.{self._name(counter)}", self._value(abs(change))
            known = path if counter in ALWAYS_STORED or change < 0 else f"if_not_exists({path},{self._value(0)})"
            self.sets.append(f"{path}={known}{'-' if change < 0 else '+'}{value}")
            if change < 0:
                self.conditions.append(f"{path}>={value}")

    def append(self, name: str) -> None:
        """To a list, which may not be there yet: `:new` to `:none`."""
        path = self._name(name)
        self.sets.append(f"{path}=list_append(if_not_exists({path},:none),:new)")

    def write(self, store_id: str, order_number: str) -> Write:
        return {
            "Update": {
                "TableName": Setting.ORDERS_TABLE.read(),
                "Key": item(key(store_id, order_number)),
                "UpdateExpression": "SET " + ",".join(self.sets),
                "ConditionExpression": " AND ".join(self.conditions),
                "ExpressionAttributeNames": {alias: name for name, alias in self.names.items()},
                "ExpressionAttributeValues": item({alias: value for value, alias in self.values.items()}),
            }
        }

    def _name(self, name: str) -> str:
        return self.names.setdefault(name, f"#{PLACEHOLDERS[len(self.names)]}")

    def _value(self, value: int) -> str:
        return self.values.setdefault(value, f":{len(self.values):x}")


def key(store_id: str, order_number: str) -> dict[str, str]:
    return {"order_key": f"{store_id}#{order_number}"}


def moving(store_id: str, order_number: str, move: Move) -> Write:
    """The write that makes `move`, refused when a counter would fall below zero or there is no such order."""
    return _saying(move).write(store_id, order_number)


def _saying(move: Move) -> _Expression:
    expression = _Expression()
    for name, changes in move.items():
        expression.change(name, changes)
    return expression


def repairing(store_id: str, order_number: str, move: Move, number: str) -> Write:
    """The write that makes `move`, if any, and notes on the order the `number` of the repair that it is for."""
    expression = _saying(move)
    expression.append("repairs")
    write = expression.write(store_id, order_number)
    write["Update"]["ExpressionAttributeValues"] |= item({":none": [], ":new": [number]})
    return write


def refunding(order: "Order", move: Move) -> Write:
    """The write that makes `move`, refused also when another refund was ordered or a telling came since it was read.

    What a refund comes to depends on all that was given back before; so no two are worked out from the same books.
    """
    write = moving(order.store_id, order.order_number, move)
    update = write["Update"]
    update["UpdateExpression"] += ",refunds=:next"
    update["ConditionExpression"] += " AND changed_at=:told AND (attribute_not_exists(refunds) OR refunds=:known)"
    update["ExpressionAttributeValues"] |= item(
        {":next": order.refunds + 1, ":known": order.refunds, ":told": rfc3339(order.changed_at)}
    )
    return write


def exchanging(order: "Order", move: Move, new: list[tuple["NewLine", "LineLedger"]]) -> Write:
    """As `refunding`, and the order gets the lines that replace others, with their books."""
    write = refunding(order, move)
    update = write["Update"]
    update["UpdateExpression"] += ",new_lines=list_append(if_not_exists(new_lines,:none),:new)"
    update["ExpressionAttributeValues"] |= item({":none": [], ":new": [line.document() for line, _ in new]})
    for index, (line, books) in enumerate(new):
        update["UpdateExpression"] += f",ledger.#new{index}=:new{index}"
        update["ExpressionAttributeNames"][f"#new{index}"] = line.line_id
        update["ExpressionAttributeValues"] |= item({f":new{index}": books.document()})
    return write


def crediting(store_id: str, order_number: str, amount: int) -> Write:
    """The write that notes what a coupon or points given for the order are worth, in minor units."""
    return {
        "Update": {
            "TableName": Setting.ORDERS_TABLE.read(),
            "Key": item(key(store_id, order_number)),
            "UpdateExpression": "SET credit=if_not_exists(credit,:none)+:amount",
            "ConditionExpression": "attribute_exists(order_key)",
            "ExpressionAttributeValues": item({":none": 0, ":amount": amount}),
        }
    }
