"""Secrets are asked for rarely, and a changed one is taken up without a deployment."""

from time import monotonic
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.secrets import secret
from aftersales.stores import store as stores
from aftersales.stores.secrets import secrets_of
from tests.integration import cloud
from tests.integration.backstage import SHOPIFY_SECRET, WEBHOOK_SECRET
from tests.integration.desk import Desk


class Asked:
    """How often AWS was asked."""

    def __init__(self, service: str, operation: str) -> None:
        self.times = 0
        self.events, self.name = client(service).meta.events, cloud.before_call(operation, service)

    def __enter__(self) -> "Asked":
        self.events.register(self.name, self._count)
        return self

    def __exit__(self, *_: object) -> None:
        self.events.unregister(self.name, self._count)

    def _count(self, **_: Any) -> None:
        self.times += 1


def minutes_later(minutes: float, monkeypatch: pytest.MonkeyPatch) -> None:
    later = monotonic() + minutes * 60
    monkeypatch.setattr("aftersales.secrets.monotonic", lambda: later)
    monkeypatch.setattr("aftersales.stores.store.monotonic", lambda: later)


def test_each_store_has_its_own_secrets(desk: Desk) -> None:
    known = secrets_of("lantern")
    assert (known.shopify_secret, known.webhook_secret) == (SHOPIFY_SECRET, WEBHOOK_SECRET)


def test_a_secret_is_asked_for_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes_later(0, monkeypatch)
    with Asked("secretsmanager", "GetSecretValue") as asked:
        for _ in range(5):
            secret("aftersales/link")
    assert asked.times == 1


def test_a_changed_secret_is_taken_up_within_five_minutes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    old = secret("aftersales/link")
    client("secretsmanager").put_secret_value(SecretId="aftersales/link", SecretString="a new one")
    minutes_later(5.1, monkeypatch)
    assert (old, secret("aftersales/link")) == ("the secret of our links", "a new one")


def test_a_secret_that_is_missing_is_asked_for_again(desk: Desk) -> None:
    with pytest.raises(client("secretsmanager").exceptions.ResourceNotFoundException):
        secret("aftersales/stores/harbour")
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    assert secrets_of("harbour").shopify_secret == SHOPIFY_SECRET


def test_a_stores_settings_are_asked_for_once_a_minute(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes_later(0, monkeypatch)
    with Asked("dynamodb", "GetItem") as asked:
        for _ in range(5):
            stores.load("lantern")
    assert asked.times == 1


def test_a_changed_setting_is_taken_up_within_a_minute(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stores.load("lantern").time_zone == "Asia/Shanghai"
    desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Tokyo")
    minutes_later(1.1, monkeypatch)
    assert stores.load("lantern").time_zone == "Asia/Tokyo"
