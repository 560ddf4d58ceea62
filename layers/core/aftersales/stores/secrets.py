"""The secrets of one store."""

from aftersales.errors import BadSignature, NotFound
from aftersales.secrets import secret
from aftersales.settings import Setting
from aftersales.stores import store as stores
from aftersales.stores.model import StoreSecrets


def secrets_of(store_id: str) -> StoreSecrets:
    """Kept as one JSON document a store, named by the `STORE_SECRETS` prefix and the store's id."""
    return StoreSecrets.model_validate_json(secret(f"{Setting.STORE_SECRETS.read()}{store_id}"))


def secrets_for_webhook(store_id: str) -> StoreSecrets:
    """Of the store that the address of a webhook names.

    Raises `BadSignature`: an unknown store looks like a wrong signature, and nobody learns which stores there are.
    """
    try:
        stores.load(store_id)
    except NotFound:
        raise BadSignature from None
    return secrets_of(store_id)
