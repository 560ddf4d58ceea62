"""The draft of a store's policy: one a store, saved as often as its owner likes, checked each time."""

from typing import Annotated, Any

from pydantic import Field

from aftersales import clock, tables
from aftersales.errors import Outdated, PolicyRefused
from aftersales.identity.principal import Principal
from aftersales.model import Model, Moment
from aftersales.policy import store
from aftersales.policy.check.check import check, read
from aftersales.policy.check.findings import Finding
from aftersales.policy.document import Policy
from aftersales.policy.packs import STATUTES
from aftersales.stores import store as stores
from aftersales.tables import Cancelled

Revision = Annotated[int, Field(ge=0)]
JsonObject = dict[str, Any]


class NewDraft(Model):
    """The body of `PUT /policies/{store_id}/draft`. `revision` is that of the draft it replaces, 0 if there is none."""

    policy: JsonObject
    revision: Revision = 0


class Draft(Model):
    """A draft, and what its check found. With an error among it, it can be saved, and neither tried nor published."""

    revision: Revision
    saved_at: Moment
    saved_by: str
    policy: JsonObject
    findings: tuple[Finding, ...]


def save(store_id: str, who: Principal, new: NewDraft) -> Draft:
    """Raises `NotFound` for a store that the desk does not serve, `Outdated` when another draft was saved meanwhile."""
    stores.load(store_id)
    document = {
        "revision": new.revision + 1,
        "saved_at": clock.rfc3339(clock.now()),
        "saved_by": who.id,
        "policy": new.policy,
    }
    condition = "revision = :known" if new.revision else store.NEW
    values = {"known": new.revision} if new.revision else {}
    try:
        tables.transact([store.put(store_id, "draft", document, condition, **values)])
    except Cancelled as cancelled:
        raise Outdated("the draft was changed by someone else") from cancelled
    return _draft(store_id, document)


def load(store_id: str) -> Draft:
    """Raises `NotFound`."""
    return _draft(store_id, store.get(store_id, "draft"))


def _draft(store_id: str, document: JsonObject) -> Draft:
    _, findings = examined(store_id, document["policy"])
    fields = {name: document[name] for name in ("revision", "saved_at", "saved_by", "policy")}
    return Draft.model_validate(fields | {"findings": findings})


def examined(store_id: str, document: JsonObject) -> tuple[Policy | None, tuple[Finding, ...]]:
    """The policy, unless it is no policy at all, and what is to be said of it as that store's."""
    policy, findings = read(document)
    if policy is None:
        return None, findings
    return policy, (*findings, *_belongs(store_id, policy), *check(policy))


def _belongs(store_id: str, policy: Policy) -> tuple[Finding, ...]:
    if policy.kind != "store":
        return (Finding.error("not_a_store_policy", f"{store_id} publishes its own terms: kind must be store"),)
    if policy.name in STATUTES:
        return (Finding.error("name_taken", f"{policy.name} is the name of a floor: choose another"),)
    return ()


def sound(store_id: str, revision: int) -> tuple[Policy, JsonObject]:
    """The draft of that revision, without errors. Raises `NotFound`, `Outdated`, `PolicyRefused`."""
    document = store.get(store_id, "draft")
    if document["revision"] != revision:
        raise Outdated(f"the draft is at revision {document['revision']}")
    policy, findings = examined(store_id, document["policy"])
    errors = [finding.document() for finding in findings if finding.severity == "error"]
    if policy is None or errors:
        raise PolicyRefused(f"{len(errors)} errors", findings=errors)
    return policy, document["policy"]
