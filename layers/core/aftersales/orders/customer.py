"""A key for each customer of a store: it tells one from another, and not who they are."""

import hashlib
from typing import Literal

from aftersales.applications.contact import Contact
from aftersales.orders.model import Order

LENGTH = 32


def key_of_account(store_id: str, customer_id: str) -> str:
    """Of a customer whom the store knows by an id of its own."""
    return digest(store_id, "account", customer_id)


def key_of(order: Order, contact: Contact) -> str:
    """Of who applies about `order`: by the store's id of them, else by email, else by the digits of their phone."""
    if order.customer:
        return key_of_account(order.store_id, order.customer.customer_id)
    return key_of_guest(order.store_id, contact)


def key_of_guest(store_id: str, contact: Contact) -> str:
    """Of a customer whom the store does not know."""
    if contact.email:
        return digest(store_id, "email", contact.email)
    return digest(store_id, "phone", "".join(filter(str.isdigit, contact.phone or "")))


def digest(store_id: str, kind: Literal["account", "email", "phone", "order"], value: str) -> str:
    """Another one in each store."""
    return hashlib.sha256(f"{store_id}#{kind}#{value}".encode()).hexdigest()[:LENGTH]
