"""Where the customer is told, and by what they prove that an application is theirs."""

import re
from typing import Annotated
from unicodedata import normalize

from pydantic import StringConstraints, model_validator

from aftersales.model import Model, ShortText

Email = Annotated[
    str, StringConstraints(max_length=254, to_lower=True, pattern=r"^[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;]{2,}$")
]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ()-]{4,20}$")]

LOCAL_DIGITS = 8

CHINESE_MOBILE = re.compile(r"(?:86)?(1[0-9]{10})")
"""There few say the country's code."""


class Contact(Model):
    """Where the customer is told and by what they prove that the application is theirs."""

    name: ShortText | None = None
    email: Email | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def _reachable(self) -> "Contact":
        if not self.email and not self.phone:
            raise ValueError("an email or a phone number is needed")
        return self

    def matches(self, text: str) -> bool:
        """Whether `text` is this email, in any case, or this phone number, however it is spaced."""
        typed = normalize("NFKC", text).strip().lower()  # Chinese keyboards type full-width digits
        if self.email and typed == self.email:
            return True
        return bool(self.phone) and _same_number(_digits(typed), _digits(self.phone or ""))


def plain_phone(phone: str) -> str:
    """One for all the ways of writing it: digits, without 00 before them or, of a mobile phone in China, 86."""
    digits = _digits(phone).removeprefix("00")
    mobile = CHINESE_MOBILE.fullmatch(digits)
    return mobile[1] if mobile else digits


def _same_number(typed: str, known: str) -> bool:
    """With or without the country code, as people know their own number."""
    shorter, longer = sorted((typed, known), key=len)
    return typed == known != "" or (len(shorter) >= LOCAL_DIGITS and longer.endswith(shorter))


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit())
