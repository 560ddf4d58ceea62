"""The desk on this machine as one thing: cloud, mailbox, template, demo store and people, storefront."""

import json
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from infra.local import cloud, ministack, neighbours
from infra.local.deploy import Deployment, deploy
from infra.local.desk import Desk, staff_token, storefront_token
from infra.local.shop import PORT as SHOP_PORT
from infra.local.shop import Shop
from infra.ops import register
from infra.ops.stack import become, name

STAGE = "local"
DEMO = Path(__file__).with_name("demo.json")


@dataclass(frozen=True)
class Place:
    """Where it runs: its ports and its folder, so that tests and the demo can stand side by side."""

    home: Path = ministack.HOME
    port: int = cloud.PORT
    mail_port: int = neighbours.MAIL_PORT
    shop_port: int = SHOP_PORT


@dataclass(frozen=True)
class Standing:
    """A running desk, and all that is needed to use it."""

    place: Place
    outputs: dict[str, str]
    store: register.Credentials
    members: dict[str, str]
    password: str

    @property
    def desk(self) -> Desk:
        """The API without a token."""
        return Desk(cloud.api_url(self.outputs["ApiId"], STAGE, self.place.port))

    def storefront(self, scope: str | None = None) -> Desk:
        """The API with the store's token, for all its scopes or for one."""
        token = storefront_token(self.store.client_id, self.store.client_secret, self.place.port, scope)
        return self.desk.with_token(token)

    def staff(self, username: str) -> Desk:
        return self.desk.with_token(
            staff_token(self.outputs["StaffClientId"], username, self.password, self.place.port)
        )


def up(place: Place, console: Console, meter: Path | None = None) -> Standing:
    """Start what does not run, deploy what changed, register the demo store and its people."""
    os.environ |= cloud.environment(place.port)
    place.home.mkdir(parents=True, exist_ok=True)
    neighbours.start_mailbox(place.home, place.mail_port)
    ministack.start(place.port, place.home, {"SMTP_HOST": f"127.0.0.1:{place.mail_port}"}, meter)
    outputs = deploy(deployment(place), parameters(place), console)
    become(outputs)
    standing = _registered(place, outputs)
    neighbours.start_shop(shop_of(standing), place.home)
    return standing


def shop_of(standing: Standing) -> Shop:
    """The storefront of the store that the desk is used for."""
    return Shop(
        api_url=standing.desk.url,
        client_id=standing.store.client_id,
        client_secret=standing.store.client_secret,
        webhook_secret=standing.store.webhook_secret,
        cloud_port=standing.place.port,
        port=standing.place.shop_port,
    )


def down(place: Place) -> bool:
    """Stop everything and keep what it holds; False when nothing ran."""
    neighbours.stop(place.home)
    return ministack.stop(place.home)


def forget(place: Place) -> None:
    """Remove what it held: the next start is a first start."""
    ministack.reset(place.home)
    shutil.rmtree(neighbours.mail_folder(place.home), ignore_errors=True)


def deployment(place: Place) -> Deployment:
    return Deployment(stack=name(STAGE), port=place.port, home=place.home)


def parameters(place: Place) -> dict[str, str]:
    return {"Stage": STAGE, "LocalEndpoint": cloud.endpoint(place.port), "Architecture": "x86_64"}


def _registered(place: Place, outputs: dict[str, str]) -> Standing:
    known = password(place.home)
    wanted = register.read(DEMO)
    store = wanted.stores[0].model_copy(update={"webhook_url": f"http://127.0.0.1:{place.shop_port}/desk"})
    credentials = register.register_store(store, outputs)
    members = {p.username: register.register_person(p, outputs, known) for p in wanted.staff}
    return Standing(place, outputs, credentials, members, known)


def password(home: Path) -> str:
    """One password for the demo's people, made once a machine."""
    file = home / "password.json"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(json.dumps(f"Desk-{secrets.token_urlsafe(12)}-7"))
    found: Any = json.loads(file.read_text())
    return str(found)
