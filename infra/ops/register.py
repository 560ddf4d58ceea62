"""Register stores and staff from a file, as often as it changes.

Stores, sign-ins and roles are brought up to date. What the file says of people counts only for those whom the roster
does not know yet: from then on leads say it, over the API or with `aftersales staff import`.
"""

import secrets
from base64 import b64encode
from pathlib import Path
from typing import Any

from pydantic import ValidationError, model_validator

from aftersales.aws import client
from aftersales.identity.cognito import ROLES
from aftersales.identity.principal import Role
from aftersales.items import item
from aftersales.model import Model
from aftersales.routes import RESOURCE_SERVER, SCOPES
from aftersales.routes.route import LEADS
from aftersales.staff import store as staff
from aftersales.staff.model import MemberFacts
from aftersales.stores.model import Store, StoreSecrets

MACHINE_CLIENT: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["client_credentials"],
    "AllowedOAuthScopes": [f"{RESOURCE_SERVER}/{scope}" for scope in SCOPES],
    "AccessTokenValidity": 60,
    "TokenValidityUnits": {"AccessToken": "minutes"},
}
"""How a store signs in, with all scopes: one that was registered before a scope came gets it by being registered again.
"""


class Person(Model):
    """A member of staff as written in the file: how they sign in, the group they are in, and who they are."""

    username: str
    role: Role
    member: MemberFacts

    @model_validator(mode="after")
    def _leads_in_both_or_in_neither(self) -> "Person":
        """Who is given what leads decide must be let in to decide it."""
        if self.member.leads != (self.role in LEADS):
            raise ValueError(f"the role {self.role} and member.leads {self.member.leads} do not go together")
        return self


class Register(Model):
    """The file: stores, and the people of the desk."""

    stores: tuple[Store, ...] = ()
    staff: tuple[Person, ...] = ()


class BadRegister(Exception):
    """The file does not say what is needed; the message names the place."""


class Credentials(Model):
    """What a store signs in and signs with."""

    client_id: str
    client_secret: str
    shopify_secret: str
    webhook_secret: str


def read(path: Path) -> Register:
    try:
        return Register.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise BadRegister(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def register_store(store: Store, stack: dict[str, str]) -> Credentials:
    """Its settings, its secrets and its machine client. Secrets and client are made once and kept, with all scopes."""
    if store.mail_from != stack["MailFrom"]:
        raise BadRegister(f"{store.store_id}: mails may come from {stack['MailFrom']} only (parameter MailFrom)")
    table = client("dynamodb")
    document = {"entry": f"store#{store.store_id}"} | store.document()
    table.put_item(TableName=stack["StoresTable"], Item=item(document))
    own = _secrets(stack["StoreSecrets"] + store.store_id)
    machine = _machine(stack["PoolId"], store.store_id)
    entry = {"entry": f"client#{machine['ClientId']}", "store_id": store.store_id}
    table.put_item(TableName=stack["StoresTable"], Item=item(entry))
    return Credentials(
        client_id=machine["ClientId"],
        client_secret=machine["ClientSecret"],
        shopify_secret=own.shopify_secret,
        webhook_secret=own.webhook_secret,
    )


def _secrets(name: str) -> StoreSecrets:
    manager = client("secretsmanager")
    try:
        return StoreSecrets.model_validate_json(manager.get_secret_value(SecretId=name)["SecretString"])
    except manager.exceptions.ResourceNotFoundException:
        fresh = StoreSecrets(
            shopify_secret=secrets.token_hex(32), webhook_secret=f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"
        )
        manager.create_secret(Name=name, SecretString=fresh.model_dump_json(exclude_none=True))
        return fresh


def _machine(pool: str, store_id: str) -> dict[str, Any]:
    """The store's client. An update leaves out nothing: what it does not name, Cognito sets back."""
    cognito = client("cognito-idp")
    name = f"store-{store_id}"
    pages = cognito.get_paginator("list_user_pool_clients").paginate(UserPoolId=pool)
    known = (each for page in pages for each in page["UserPoolClients"])
    client_id = next((each["ClientId"] for each in known if each["ClientName"] == name), None)
    if client_id is None:
        made = cognito.create_user_pool_client(UserPoolId=pool, ClientName=name, GenerateSecret=True, **MACHINE_CLIENT)
        client_id = made["UserPoolClient"]["ClientId"]
    else:
        cognito.update_user_pool_client(UserPoolId=pool, ClientId=client_id, ClientName=name, **MACHINE_CLIENT)
    found: dict[str, Any] = cognito.describe_user_pool_client(UserPoolId=pool, ClientId=client_id)["UserPoolClient"]
    return found


def register_person(person: Person, stack: dict[str, str], password: str | None = None) -> str:
    """Their sign-in and group, and a place in the roster if they have none; gives the member id.

    Without `password` Cognito mails them one to change.
    """
    member_id = _user(person, stack["PoolId"], password)
    if staff.find(member_id) is None:
        staff.save(member_id, person.member)
    return member_id


def _user(person: Person, pool: str, password: str | None) -> str:
    cognito = client("cognito-idp")
    try:
        user = cognito.admin_get_user(UserPoolId=pool, Username=person.username)
    except cognito.exceptions.UserNotFoundException:
        user = _new_user(cognito, person, pool, password)
    _put_in_group(cognito, person, pool)
    username: str = user["Username"]
    return username


def _put_in_group(cognito: Any, person: Person, pool: str) -> None:
    """In this group and in no other: who is no longer a lead loses what leads may do."""
    who = {"UserPoolId": pool, "Username": person.username}
    cognito.admin_add_user_to_group(**who, GroupName=person.role)
    for other in set(ROLES) - {person.role}:
        cognito.admin_remove_user_from_group(**who, GroupName=other)


def _new_user(cognito: Any, person: Person, pool: str, password: str | None) -> dict[str, Any]:
    attributes = [{"Name": "email", "Value": person.member.email}, {"Name": "email_verified", "Value": "true"}]
    quiet = {"MessageAction": "SUPPRESS"} if password else {}
    cognito.admin_create_user(UserPoolId=pool, Username=person.username, UserAttributes=attributes, **quiet)
    if password:
        cognito.admin_set_user_password(UserPoolId=pool, Username=person.username, Password=password, Permanent=True)
    found: dict[str, Any] = cognito.admin_get_user(UserPoolId=pool, Username=person.username)
    return found
