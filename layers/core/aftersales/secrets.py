"""Secrets from Secrets Manager, kept for five minutes, so that a rotated one is taken up without a deployment."""

from functools import lru_cache
from time import monotonic

from aftersales.aws import client

KEPT_SECONDS = 300


def secret(name: str) -> str:
    return _secret(name, int(monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=32)
def _secret(name: str, _period: int) -> str:
    value: str = client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    return value
