"""By their contact customers prove that an application is theirs."""

import pytest
from pydantic import ValidationError

from aftersales.applications.contact import Contact, plain_phone

BOTH = Contact(name="李娜", email="Li.Na@Mail.example", phone="+86 138 0013 8000")
MAIL_ONLY = Contact(email="ann@mail.example")
PHONE_ONLY = Contact(phone="0571 8765 4321")


@pytest.mark.parametrize(
    "typed",
    [
        "li.na@mail.example",
        "LI.NA@MAIL.EXAMPLE",
        " li.na@mail.example ",
        "+8613800138000",
        "+86 138-0013-8000",
        "13800138000",
    ],
)
def test_the_contact_is_recognised_however_it_is_typed(typed: str) -> None:
    assert BOTH.matches(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-",
        "--",
        "+",
        "()",
        "李娜",
        "li.na",
        "na@mail.example",
        "0013800",
        "13800138001",
        "@",
        "None",
        "0",
        "li.na@mail.example.cn",
    ],
)
@pytest.mark.parametrize("contact", [BOTH, MAIL_ONLY, PHONE_ONLY], ids=["both", "mail only", "phone only"])
def test_nothing_else_is(contact: Contact, typed: str) -> None:
    assert not contact.matches(typed)


def test_full_width_digits_of_a_chinese_keyboard_are_digits() -> None:
    assert PHONE_ONLY.matches("０５７１８７６５４３２１")


def test_without_any_contact_nobody_could_be_told() -> None:
    with pytest.raises(ValidationError, match="an email or a phone number is needed"):
        Contact(name="李娜")


@pytest.mark.parametrize(
    "email",
    [
        "li.na",
        "li na@mail.example",
        "a@b",
        "a@mail.example, b@mail.example",
        "a@mail.example\nBcc: b@mail.example",
        '"a"@mail.example',
    ],
)
def test_what_could_reach_more_than_one_mailbox_is_no_email(email: str) -> None:
    with pytest.raises(ValidationError):
        Contact(email=email)


@pytest.mark.parametrize("phone", ["", "abc", "12", "138;0013", "+86 138 0013 8000 ext 12345 or so"])
def test_what_cannot_be_dialled_is_no_phone_number(phone: str) -> None:
    with pytest.raises(ValidationError):
        Contact(phone=phone)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("+86 138 0013 8000", "13800138000"),
        ("0086 138-0013-8000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("+44 (20) 7946-0958", "442079460958"),
        ("0044 20 7946 0958", "442079460958"),
        ("0571 8765 4321", "057187654321"),
        ("+86 571 8765 4321", "8657187654321"),
    ],
)
def test_a_phone_number_is_one_in_all_its_writings(written: str, plain: str) -> None:
    assert plain_phone(written) == plain
