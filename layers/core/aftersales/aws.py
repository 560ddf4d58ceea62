"""AWS clients, made when first used and kept: a handler that needs none at import pays for none."""

import os
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import Session, get_session

CONFIG = Config(connect_timeout=2, read_timeout=8, retries={"mode": "standard", "total_max_attempts": 4})

ON_ONE_MACHINE = "AWS_ENDPOINT_URL" in os.environ

OWN = {
    "sesv2": Config(retries={"mode": "standard", "total_max_attempts": 1}),  # SES would not know a repeated call
    # Upload forms are otherwise signed the old way, and for the global endpoint, which serves one region only.
    "s3": Config(signature_version="s3v4", s3={"addressing_style": "path" if ON_ONE_MACHINE else "virtual"}),
}


@cache
def _session() -> Session:
    return get_session()


@cache
def client(service: str) -> Any:
    """The low-level client of `service`."""
    return _session().create_client(service, config=CONFIG.merge(OWN[service]) if service in OWN else CONFIG)
