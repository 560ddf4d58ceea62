"""What a store says of itself, and what it signs with."""

from typing import Any

import pytest
from pydantic import ValidationError

from aftersales.stores.model import Store, StoreSecrets

LANTERN: dict[str, Any] = {
    "store_id": "lantern",
    "name": {"zh-CN": "灯笼茶器"},
    "country": "CN",
    "time_zone": "Asia/Shanghai",
    "mail_from": "service@lantern.example",
}
DOCK = {
    "name": "灯笼茶器 退货",
    "street1": "龙井路 88 号",
    "city": "杭州",
    "state": "浙江",
    "zip": "310013",
    "country": "CN",
}
SECRETS = {"shopify_secret": "shpss_1", "webhook_secret": "whsec_bmV3"}


def test_without_a_word_the_storefront_pays() -> None:
    assert Store.model_validate(LANTERN | {"webhook_url": "https://lantern.example/refunds"}).payments == "storefront"


def test_a_storefront_that_pays_must_be_told() -> None:
    with pytest.raises(ValidationError, match="needs a webhook_url"):
        Store.model_validate(LANTERN)


@pytest.mark.parametrize("payments", ["stripe", "offline"])
def test_another_gateway_needs_no_webhook(payments: str) -> None:
    assert Store.model_validate(LANTERN | {"payments": payments}).webhook_url is None


def test_a_gateway_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValidationError):
        Store.model_validate(LANTERN | {"payments": "barter"})


def test_without_a_word_people_make_the_labels() -> None:
    store = Store.model_validate(LANTERN | {"payments": "offline"})
    assert (store.carrier, store.return_address) == ("manual", None)


def test_who_buys_labels_must_say_where_they_lead_to() -> None:
    bought = LANTERN | {"payments": "offline", "carrier": "easypost"}
    with pytest.raises(ValidationError, match="needs a return_address"):
        Store.model_validate(bought)
    assert Store.model_validate(bought | {"return_address": DOCK}).document()["return_address"] == DOCK


def test_both_secrets_sign_the_newest_first() -> None:
    known = StoreSecrets.model_validate(SECRETS | {"webhook_secret_previous": "whsec_b2xk"})
    assert known.signing == ("whsec_bmV3", "whsec_b2xk")
    assert StoreSecrets.model_validate(SECRETS).signing == ("whsec_bmV3",)


@pytest.mark.parametrize(
    "wrong",
    [{"stripe_api_key": "pk_live_1"}, {"stripe_webhook_secret": "sk_live_1"}, {"easypost_api_key": "sk_live_1"}],
)
def test_a_secret_in_the_wrong_place_is_noticed_and_not_repeated(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        StoreSecrets.model_validate(SECRETS | wrong)
    assert "live_1" not in str(refused.value)
