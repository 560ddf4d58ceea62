"""A customer's key: the same for the same customer of a store, and for nobody else."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from aftersales.applications.contact import Contact
from aftersales.orders.customer import key_of, key_of_account
from tests.unit.builders import order

stores = some.from_regex(r"[a-z0-9][a-z0-9-]{1,40}", fullmatch=True)
accounts = some.text(some.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=100)
contacts = some.sampled_from(
    [
        Contact(email="li.na@mail.example"),
        Contact(phone="+86 138 0013 8000"),
        Contact(name="李娜", email="li.na@mail.example", phone="+86 138 0013 8000"),
    ]
)


def by_account(store_id: str, customer_id: str, contact: Contact) -> str:
    return key_of(order(store_id=store_id, customer={"customer_id": customer_id}), contact)


def as_guest(store_id: str = "lantern", **contact: str) -> str:
    return key_of(order(store_id=store_id), Contact.model_validate(contact))


@given(stores, accounts, contacts, contacts)
def test_who_has_an_account_is_the_same_customer_whatever_contact_they_give(
    store: str, account: str, one: Contact, other: Contact
) -> None:
    assert by_account(store, account, one) == by_account(store, account, other) == key_of_account(store, account)


@given(stores, stores, accounts)
def test_the_same_account_number_at_another_store_is_another_customer(one: str, other: str, account: str) -> None:
    assume(one != other)
    assert key_of_account(one, account) != key_of_account(other, account)


@given(stores, accounts, accounts)
def test_two_accounts_are_two_customers(store: str, one: str, other: str) -> None:
    assume(one != other)
    assert key_of_account(store, one) != key_of_account(store, other)


@given(stores, stores, contacts)
def test_the_same_guest_at_another_store_is_another_customer(one: str, other: str, contact: Contact) -> None:
    assume(one != other)
    assert key_of(order(store_id=one), contact) != key_of(order(store_id=other), contact)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": "Li.Na@Mail.example"}, {"email": "li.na@mail.example"}),
        ({"email": "li.na@mail.example", "phone": "0571 8765 4321"}, {"email": "li.na@mail.example", "name": "李娜"}),
        ({"phone": "+86 138 0013 8000"}, {"phone": "8613800138000"}),
        ({"phone": "+44 (20) 7946-0958"}, {"phone": "+442079460958", "name": "Emma Carter"}),
    ],
    ids=["an email in any case", "an email before a phone", "a phone by its digits", "a phone however it is written"],
)
def test_a_guest_is_known_by_their_contact(one: dict[str, str], other: dict[str, str]) -> None:
    assert as_guest(**one) == as_guest(**other)


def test_guests_are_told_apart() -> None:
    contacts = [
        {"email": "li.na@mail.example"},
        {"email": "ann@mail.example"},
        {"phone": "+86 138 0013 8000"},
        {"phone": "+86 138 0013 8001"},
    ]
    assert len({as_guest(**contact) for contact in contacts}) == len(contacts)


def test_an_account_that_is_named_like_someones_phone_or_email_is_not_theirs() -> None:
    assert key_of_account("lantern", "8613800138000") != as_guest(phone="+86 138 0013 8000")
    assert key_of_account("lantern", "li.na@mail.example") != as_guest(email="li.na@mail.example")


@given(stores, accounts)
def test_a_key_says_nothing_but_itself(store: str, account: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", key_of_account(store, account))
