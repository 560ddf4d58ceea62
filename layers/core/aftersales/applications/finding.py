"""What leads to an application besides its number: the order's number, and the email and phone number of who filed it.

For each there is a small item, in a partition by store and by what may be said: as a digest, so that no key tells it.
"""

from collections.abc import Iterable, Iterator
from unicodedata import normalize

from aftersales import tables
from aftersales.applications.contact import Contact, plain_phone
from aftersales.applications.model import Application
from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.items import document_of, item
from aftersales.orders.customer import digest
from aftersales.settings import Setting
from aftersales.tables import Write

TABLE = Setting.APPLICATIONS_TABLE


def pointing(application: Application) -> list[Write]:
    """The writes by which it is found, for the transaction that files it."""
    pointer = {"item": application.number, "filed_at": rfc3339(application.filed_at)}
    partitions = _partitions(application.store_id, application.order_number, [application.contact])
    return [tables.put(TABLE, pointer | {"number": partition}) for partition in partitions]


def numbers_by(store_id: str, order_number: str, contacts: Iterable[Contact], most: int) -> list[str]:
    """Of what has this order or one of the contacts: for each the latest, `most` at most, the newest first.

    What is new may be missing for a moment.
    """
    partitions = _partitions(store_id, order_number, contacts)
    return [number for partition in partitions for number in _latest(partition)[:most]]


def _latest(partition: str) -> list[str]:
    """The newest first. One page, which holds thousands."""
    found = client("dynamodb").query(
        TableName=TABLE.read(),
        KeyConditionExpression="#n = :p",
        ExpressionAttributeNames={"#n": "number"},
        ExpressionAttributeValues=item({":p": partition}),
    )
    pointers = sorted(map(document_of, found["Items"]), key=lambda pointer: pointer["filed_at"], reverse=True)
    return [pointer["item"] for pointer in pointers]


def _partitions(store_id: str, order_number: str, contacts: Iterable[Contact]) -> list[str]:
    """Each once: a phone number written in two ways is one."""
    return [f"find#{each}" for each in dict.fromkeys(_digests(store_id, order_number, contacts))]


def _digests(store_id: str, order_number: str, contacts: Iterable[Contact]) -> Iterator[str]:
    yield digest(store_id, "order", _plain(order_number).removeprefix("#"))
    for contact in contacts:
        if contact.email:
            yield digest(store_id, "email", _plain(contact.email))
        if contact.phone:
            yield digest(store_id, "phone", plain_phone(contact.phone))


def _plain(text: str) -> str:
    """In whatever case and width it is written."""
    return normalize("NFKC", text).strip().lower()
