"""`Idempotency-Key`: what is sent twice is done once.

The record is written in the same transaction as what the request does, so that a crash leaves both or neither; or right
after it, where the lifecycle lets it happen only once anyway.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple

from aftersales import clock, tables
from aftersales.errors import InProgress, KeyReused
from aftersales.settings import Setting
from aftersales.tables import Cancelled, Write

KEPT_FOR = timedelta(hours=24)


class Attempt(NamedTuple):
    """One request that may be a repetition: who sent it, the key it carries, and its body."""

    caller: str
    key: str
    body: bytes

    def once(self, act: Callable[[], object]) -> None:
        """Run `act`, unless this key has done so before. Raises `KeyReused`.

        A crash before the key is remembered turns a repetition into `step-not-possible`, never into a second step. A
        note may then be recorded twice.
        """
        if self.answered() is None:
            act()
            self._remember()

    def record(self, answer: dict[str, Any]) -> Write:
        """The write that remembers `answer`, refused when the key was used before."""
        expires = int((clock.now() + KEPT_FOR).timestamp())
        document = self._key() | {"body_hash": self._hash(), "answer": answer, "expires_at": expires}
        write = tables.put(Setting.APPLICATIONS_TABLE, document, "attribute_not_exists(#n)")
        write["Put"]["ExpressionAttributeNames"] = {"#n": "number"}
        return write

    def _remember(self) -> None:
        """Remember without an answer, after the work was done."""
        with suppress(Cancelled):  # another request with the same key has just done so
            tables.transact([self.record({})])

    def answered(self) -> dict[str, Any] | None:
        """What was answered to this key before. Raises `KeyReused` when that was another body."""
        found = tables.load(Setting.APPLICATIONS_TABLE, self._key())
        if found is None:
            return None
        if found["body_hash"] != self._hash():
            raise KeyReused
        answer: dict[str, Any] = found["answer"]
        return answer

    def answered_meanwhile(self) -> dict[str, Any]:
        """What the winner of the race answered. Raises `InProgress` when it has not finished."""
        answer = self.answered()
        if answer is None:
            raise InProgress
        return answer

    def _key(self) -> dict[str, str]:
        return {"number": f"idempotency#{self.caller}#{self.key}", "item": "idempotency"}

    def _hash(self) -> str:
        return hashlib.sha256(self.body).hexdigest()
