"""Calls to EasyPost by its own SDK, under the store's key."""

from collections.abc import Callable
from functools import cache
from typing import Any

from easypost import EasyPostClient
from easypost.constant import API_BASE, API_VERSION
from easypost.easypost_object import EasyPostObject
from easypost.errors import ApiError, EasyPostError
from requests.adapters import HTTPAdapter

from aftersales.carriers import easypost_terms
from aftersales.carriers.gateway import NotReached
from aftersales.stores.model import Store
from aftersales.stores.secrets import secrets_of

API = f"{API_BASE}/{API_VERSION}"
TIMEOUT = 8
"""Seconds to connect, and again to wait for an answer. The purchase of a label takes three calls at most."""


def ask(store: Store, call: Callable[[EasyPostClient], EasyPostObject]) -> dict[str, Any]:
    """What EasyPost answers. Raises `NotReached` and `Refused`."""
    client = _client(_key(store))
    try:
        return call(client).to_dict()
    except ApiError as error:
        raise easypost_terms.trouble(error.http_status, error.code) from None
    except EasyPostError as error:
        raise NotReached(type(error).__name__) from None


def _key(store: Store) -> str:
    key = secrets_of(store.store_id).easypost_api_key
    if key is None:
        raise NotReached(f"{store.store_id} has no easypost_api_key")
    return key


@cache
def _client(key: str) -> EasyPostClient:
    return _OnceClient(key, API, TIMEOUT)


class _OnceClient(EasyPostClient):
    """Does not try again by itself, as the SDK's own does with what it reads: the queue does."""

    def __init__(self, key: str, api: str, timeout: int) -> None:
        super().__init__(key, api, timeout)
        self._requests_session.mount(api, HTTPAdapter())
