"""The secrets of one store."""

from aftersales.secrets import secret
from aftersales.settings import Setting
from aftersales.stores.model import StoreSecrets


def secrets_of(store_id: str) -> StoreSecrets:
    """Kept as one JSON document a store, named by the `STORE_SECRETS` prefix and the store's id."""
    return StoreSecrets.model_validate_json(secret(f"{Setting.STORE_SECRETS.read()}{store_id}"))
