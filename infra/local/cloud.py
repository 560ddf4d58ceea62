"""Where the local cloud answers, and as whom to call it."""

from functools import cache
from typing import Any

import boto3

REGION = "us-east-1"
PORT = 4566


def endpoint(port: int = PORT) -> str:
    return f"http://localhost:{port}"


def api_url(api_id: str, stage: str, port: int = PORT) -> str:
    """The base URL of a deployed REST API; AWS gives each API a host name instead."""
    return f"{endpoint(port)}/_aws/execute-api/{api_id}/{stage}"


def environment(port: int = PORT) -> dict[str, str]:
    """Variables that point any AWS client at the local cloud; the key `test` is its root user."""
    return {
        "AWS_ENDPOINT_URL": endpoint(port),
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


@cache
def client(service: str, port: int = PORT) -> Any:
    """A client of the local root user, whatever the shell's AWS settings say."""
    session: Any = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)
    return session.client(service, endpoint_url=endpoint(port))
