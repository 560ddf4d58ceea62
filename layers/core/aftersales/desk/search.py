"""Cases by what a customer says on the phone: the number of one, of their order, or their email or phone number."""

import re
from collections.abc import Iterator
from contextlib import suppress
from unicodedata import category, normalize

from pydantic import ValidationError

from aftersales.applications import store as applications
from aftersales.applications.contact import CHINESE_MOBILE, Contact
from aftersales.applications.finding import numbers_by
from aftersales.applications.number import parse_number
from aftersales.desk.about import About, about
from aftersales.orders import store as orders
from aftersales.orders.customer import key_of_account, key_of_guest
from aftersales.stores import store as stores

LONGEST = 254
"""Characters: an email has no more."""

LATEST = 50
"""Of the cases of a customer or an order, so many are looked at."""


def _plain(text: str) -> str:
    """Chinese keyboards type full-width digits; what is copied from contacts has characters that nobody sees."""
    seen = (letter for letter in normalize("NFKC", text) if category(letter) != "Cf")
    return "".join(seen).strip()[:LONGEST]


def find(text: str) -> list[About]:
    """The newest first. What is new may be missing for a moment."""
    sought = _plain(text)
    if not sought:
        return []
    with suppress(ValueError):
        if one := about([parse_number(sought)]):
            return [*one.values()]
    found = about(number for store_id in stores.ids() for number in _numbers(store_id, sought))
    return sorted(found.values(), key=lambda case: case.filed_at, reverse=True)


def _numbers(store_id: str, sought: str) -> Iterator[str]:
    """Of one store."""
    yield from numbers_by(store_id, sought, _contacts(sought), LATEST)
    yield from _filed_before(store_id, sought)


def _filed_before(store_id: str, sought: str) -> Iterator[str]:
    """What was filed when nothing but its customer's key led to it: that of a guest, or of an account by an order."""
    for contact in _contacts(sought):
        yield from applications.numbers_of(key_of_guest(store_id, contact), LATEST)
    order_number = sought.removeprefix("#")
    order = orders.load(store_id, order_number)
    if order and order.customer:
        theirs = about(applications.numbers_of(key_of_account(store_id, order.customer.customer_id), LATEST))
        yield from (number for number, case in theirs.items() if case.order_number == order_number)


def _contacts(sought: str) -> Iterator[Contact]:
    """What it can be: an email, or a phone number in the ways that it may have been given."""
    known = CHINESE_MOBILE.fullmatch(re.sub(r"[ +()-]", "", sought).removeprefix("00"))
    phones = (known[1], f"86{known[1]}") if known else (sought,)
    for contact in ({"email": sought}, *({"phone": phone} for phone in phones)):
        with suppress(ValidationError):
            yield Contact.model_validate(contact)
