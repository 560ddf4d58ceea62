"""The secret that our links are signed with, and a pool of keys, served as Cognito serves it."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from aftersales.aws import client
from aftersales.settings import Setting


@pytest.fixture
def link_secret(cloud: None) -> None:
    client("secretsmanager").create_secret(Name=Setting.LINK_SECRET.read(), SecretString="the secret of our links")


@dataclass
class Pool:
    """A user pool: signs tokens as Cognito does, and shows its public keys to who asks."""

    key: RSAPrivateKey = field(default_factory=lambda: generate_private_key(65537, 2048))
    asked: int = 0

    def keys(self) -> bytes:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return json.dumps({"keys": [{**public, "kid": "access", "use": "sig", "alg": "RS256"}]}).encode()

    def token(self, key: Any = None, kid: str = "access", algorithm: str = "RS256", **claims: Any) -> str:
        """An access token of now; a claim of None is left out."""
        known: dict[str, Any] = {
            "iss": Setting.TOKEN_ISSUER.read(),
            "iat": int(time.time()),
            "exp": int(time.time()) + 3600,
            "token_use": "access",
        }
        wanted = {name: value for name, value in (known | claims).items() if value is not None}
        return jwt.encode(wanted, key or self.key, algorithm, {"kid": kid})


@pytest.fixture(scope="session")
def _served_pool() -> Iterator[tuple[Pool, str]]:
    pool = Pool()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pool.asked += 1
            body = pool.keys()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Keys)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield pool, f"http://127.0.0.1:{server.server_port}/.well-known/jwks.json"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pool(_served_pool: tuple[Pool, str], link_secret: None, monkeypatch: pytest.MonkeyPatch) -> Pool:
    """The pool of the desk's staff and storefronts, and one storefront's client in the table of stores."""
    pool, url = _served_pool
    pool.asked = 0
    monkeypatch.setenv(Setting.TOKEN_KEYS_URL, url)
    client("dynamodb").create_table(
        TableName=Setting.STORES_TABLE.read(),
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "entry", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "entry", "KeyType": "HASH"}],
    )
    client("dynamodb").put_item(
        TableName=Setting.STORES_TABLE.read(),
        Item={"entry": {"S": "client#lantern-shop"}, "store_id": {"S": "lantern"}},
    )
    return pool
