"""The user pool as far as registering needs it: users by name, with their groups. moto's wants more packages."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aftersales.aws import client
from tests.integration.cloud import _answer

Json = dict[str, Any]
EVERY_CALL = "before-call.cognito-identity-provider"


class UserPool:
    """`mailed` got a first password from Cognito."""

    def __init__(self) -> None:
        self.groups: dict[str, set[str]] = {}
        self.mailed: list[str] = []

    def answer(self, params: Json, **_: object) -> Any:
        operation, told = params["headers"]["X-Amz-Target"].rpartition(".")[2], json.loads(params["body"])
        return _answer(getattr(self, operation)(told["Username"], told))

    def AdminGetUser(self, name: str, _: Json) -> Json:  # noqa: N802
        if name not in self.groups:
            return {"Error": {"Code": "UserNotFoundException", "Message": "User does not exist."}}
        return {"Username": name}

    def AdminCreateUser(self, name: str, told: Json) -> Json:  # noqa: N802
        self.groups[name] = set()
        self.mailed += [each["Value"] for each in told["UserAttributes"] if each["Name"] == "email"]
        return {"User": {"Username": name}}

    def AdminAddUserToGroup(self, name: str, told: Json) -> Json:  # noqa: N802
        self.groups[name].add(told["GroupName"])
        return {}

    def AdminRemoveUserFromGroup(self, name: str, told: Json) -> Json:  # noqa: N802
        self.groups[name].discard(told["GroupName"])
        return {}


@contextmanager
def user_pool() -> Iterator[UserPool]:
    pool, events = UserPool(), client("cognito-idp").meta.events
    events.register(EVERY_CALL, pool.answer)
    try:
        yield pool
    finally:
        events.unregister(EVERY_CALL, pool.answer)
