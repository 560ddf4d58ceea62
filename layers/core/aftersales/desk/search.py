"""Cases by what a customer says on the phone: the number of one, or what tells whose they are.

Customers whom a store knows are found by an order's number, all others by the email or phone number that they gave.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from unicodedata import category, normalize

from pydantic import ValidationError

from aftersales.applications import store as applications
from aftersales.applications.contact import Contact
from aftersales.applications.number import parse_number
from aftersales.desk.about import About, about
from aftersales.orders import store as orders
from aftersales.orders.customer import key_of_account, key_of_guest
from aftersales.stores import store as stores

LONGEST = 254
"""Characters: an email has no more."""

LATEST = 50
"""Of a customer's cases, so many are looked at."""

CHINESE_MOBILE = re.compile(r"(?:86)?(1[0-9]{10})")
"""There few say the country's code."""


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
    found = {case.number: case for store_id in stores.ids() for case in _cases(store_id, sought)}
    return sorted(found.values(), key=lambda case: case.filed_at, reverse=True)


def _cases(store_id: str, sought: str) -> Iterator[About]:
    """Of one store."""
    yield from _cases_of(key_of_guest(store_id, contact) for contact in _contacts(sought))
    number = sought.removeprefix("#")
    order = orders.load(store_id, number)
    if order and order.customer:
        theirs = _cases_of([key_of_account(store_id, order.customer.customer_id)])
        yield from (case for case in theirs if case.order_number == number)


def _cases_of(customers: Iterable[str]) -> Iterable[About]:
    return about(number for key in customers for number in applications.numbers_of(key, LATEST)).values()


def _contacts(sought: str) -> Iterator[Contact]:
    """What it can be: an email, or a phone number in the ways that it may have been given."""
    known = CHINESE_MOBILE.fullmatch(re.sub(r"[ +()-]", "", sought))
    phones = (known[1], f"86{known[1]}") if known else (sought,)
    for contact in ({"email": sought}, *({"phone": phone} for phone in phones)):
        with suppress(ValidationError):
            yield Contact.model_validate(contact)
