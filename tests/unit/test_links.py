"""The link in a mail opens one application, for a while, and cannot be made by anybody else."""

import time

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from aftersales import secrets
from aftersales.aws import client
from aftersales.identity.links import VALID_SECONDS, customer_token, number_of
from aftersales.settings import Setting
from tests.unit.builders import NUMBER

pytestmark = pytest.mark.usefixtures("link_secret")


def signed_days_ago(days: float, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time() - days * 86400))
        return customer_token(NUMBER)


def test_a_link_opens_the_application_it_was_made_for() -> None:
    assert number_of(customer_token(NUMBER)) == NUMBER


def test_a_link_fits_into_an_address() -> None:
    assert not set(customer_token(NUMBER)) & set("/?#&+= ")


def test_a_link_still_works_after_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert number_of(signed_days_ago(89, monkeypatch)) == NUMBER


def test_a_link_ends_after_three_months(monkeypatch: pytest.MonkeyPatch) -> None:
    assert VALID_SECONDS == 90 * 86400
    assert number_of(signed_days_ago(90.1, monkeypatch)) is None


def test_a_link_from_the_future_is_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert number_of(signed_days_ago(-1, monkeypatch)) is None


def test_any_changed_character_spoils_a_link() -> None:
    token = customer_token(NUMBER)
    spoiled = (token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :] for i in range(len(token) - 1))
    assert {number_of(each) for each in spoiled} == {None}


@pytest.mark.parametrize(
    "token", ["", ".", "..", "é", "a.b.c", NUMBER, f"{NUMBER}.x.y", "Bearer", "\x00", "x" * 10_000]
)
def test_what_we_did_not_sign_opens_nothing(token: str) -> None:
    assert number_of(token) is None


def test_a_link_signed_with_another_secret_opens_nothing() -> None:
    assert number_of(URLSafeTimedSerializer("another secret", salt="customer").dumps(NUMBER)) is None


def test_what_the_same_secret_signed_for_another_purpose_opens_nothing() -> None:
    assert number_of(URLSafeTimedSerializer("the secret of our links", salt="staff").dumps(NUMBER)) is None


def test_a_changed_secret_ends_all_links() -> None:
    token = customer_token(NUMBER)
    client("secretsmanager").put_secret_value(SecretId=Setting.LINK_SECRET.read(), SecretString="a new one")
    secrets._secret.cache_clear()
    assert number_of(token) is None
