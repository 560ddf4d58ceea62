"""Orders in DynamoDB: one item an order, its ledger inside, changed only by conditional writes."""

from datetime import datetime
from typing import Any

from aftersales import tables
from aftersales.orders.customer import key_of_account
from aftersales.orders.model import Order
from aftersales.orders.moving import key
from aftersales.settings import Setting

_BOOKKEEPING = frozenset({"order_key", "customer_key"})
_COMPARED = ("changed_at", "ledger", "repairs", "accounts", "new_lines", "credit")
_AS_KNOWN = (
    "changed_at = :changed_at AND ledger = :ledger "
    "AND (attribute_not_exists(repairs) OR repairs = :repairs) "
    "AND (attribute_not_exists(accounts) OR accounts = :accounts) "
    "AND (attribute_not_exists(new_lines) OR new_lines = :new_lines) "
    "AND (attribute_not_exists(credit) OR credit = :credit)"
)


def load(store_id: str, order_number: str) -> Order | None:
    found = tables.load(Setting.ORDERS_TABLE, key(store_id, order_number))
    return order_of(found) if found else None


def order_of(document: dict[str, Any]) -> Order:
    return Order.model_validate({name: value for name, value in document.items() if name not in _BOOKKEEPING})


def _document(order: Order) -> dict[str, Any]:
    return order.document() | key(order.store_id, order.order_number) | _customer(order)


def _customer(order: Order) -> dict[str, str]:
    """The sparse index of orders by customer: those whose customer the store has named."""
    return {"customer_key": key_of_account(order.store_id, order.customer.customer_id)} if order.customer else {}


def create(order: Order) -> bool:
    """Write a new order; False when it is already there."""
    return tables.put_once(Setting.ORDERS_TABLE, _document(order), "attribute_not_exists(order_key)")


def replace(order: Order, known: Order) -> bool:
    """Write what a newer telling made of the order; False when the stored one is no longer the `known` one."""
    read = _as_stored(known)
    return tables.put_once(
        Setting.ORDERS_TABLE, _document(order), _AS_KNOWN, **{name: read[name] for name in _COMPARED}
    )


def _as_stored(known: Order) -> dict[str, Any]:
    """An order of earlier days has fewer counters than the model: what was not stored is not compared."""
    unset: dict[str, Any] = {"repairs": [], "accounts": {}, "new_lines": [], "credit": 0}
    return unset | known.model_dump(mode="json", exclude_none=True, exclude_unset=True)


def placed_by(customer_key: str, since: datetime, until: datetime) -> list[datetime]:
    """When this customer ordered, from `since` to `until`, both included. What is new may be missing for a moment."""
    return tables.moments(Setting.ORDERS_TABLE, {"customer_key": customer_key}, "placed_at", since, until)
