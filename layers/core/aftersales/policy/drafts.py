"""The draft of a store's policy: one a store, saved as often as its owner likes, checked each time."""

from typing import Any

from aftersales import clock, tables
from aftersales.errors import InvalidRequest, Outdated, PolicyRefused, TooLarge
from aftersales.identity.principal import Principal
from aftersales.model import Model, Moment
from aftersales.policy import store
from aftersales.policy.check.check import check, read
from aftersales.policy.check.findings import Finding
from aftersales.policy.document import Policy
from aftersales.policy.packs import STATUTES, statutes
from aftersales.policy.rules import OWN_REASONS
from aftersales.policy.versions import Revision
from aftersales.stores import store as stores
from aftersales.tables import Cancelled

JsonObject = dict[str, Any]

MAX_BYTES = 256 * 1024
"""As it is kept: with the floors, a version fits into the 400 KB of an item."""

SHOWN = 500
"""Findings, the errors first: what a Lambda answers has at most 6 MB."""


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
    """Drafts are counted through: no two of a store have one revision, though one was published in between.

    Raises `NotFound` for a store that the desk does not serve, `Outdated` when another draft was saved meanwhile,
    `InvalidRequest`, `TooLarge`.
    """
    stores.load(store_id)
    _check_size(new.policy)
    document = {
        "revision": (new.revision or store.counted(store_id).revisions) + 1,
        "saved_at": clock.rfc3339(clock.now()),
        "saved_by": who.id,
        "policy": new.policy,
    }
    write = (
        store.replace(store_id, "draft", document, revision=new.revision)
        if new.revision
        else store.put_new(store_id, "draft", document)
    )
    try:
        tables.transact([write])
    except Cancelled as cancelled:
        raise Outdated("the draft was changed by someone else") from cancelled
    return _draft(store_id, document)


def _check_size(policy: JsonObject) -> None:
    try:
        size = len(store.text_of(policy).encode())
    except ValueError:
        raise InvalidRequest("a number in the policy is none that JSON knows") from None
    if size > MAX_BYTES:
        raise TooLarge(f"a policy has at most {MAX_BYTES} bytes, and this has {size}")


def load(store_id: str) -> Draft:
    """Raises `NotFound`."""
    return _draft(store_id, store.get(store_id, "draft"))


def _draft(store_id: str, document: JsonObject) -> Draft:
    fields = {name: document[name] for name in ("revision", "saved_at", "saved_by", "policy")}
    return Draft.model_validate(fields | {"findings": _findings(store_id, document["policy"])})


def _findings(store_id: str, document: JsonObject) -> tuple[Finding, ...]:
    """What is to be said of it as that store's policy."""
    policy, findings = read(document)
    if policy:
        findings = (*findings, *_foreign(store_id, policy), *check(policy))
    return tuple(sorted(findings, key=lambda finding: finding.severity)[:SHOWN])


def _foreign(store_id: str, policy: Policy) -> tuple[Finding, ...]:
    """What is not a store's to publish."""
    if policy.kind != "store":
        return (Finding.error("not_a_store_policy", f"{store_id} publishes its own terms: kind must be store"),)
    if policy.name in STATUTES:
        return (Finding.error("name_taken", f"{policy.name} is the name of a floor: choose another"),)
    known = {code: texts for floor in statutes() for code, texts in floor.reasons.items()} | OWN_REASONS
    taken = [code for code, texts in policy.reasons.items() if known.get(code, texts) != texts]
    message = "the law or the desk says {} in other words: choose another code"
    return tuple(Finding.error("name_taken", message.format(code)) for code in taken)


def sound(store_id: str, revision: int) -> JsonObject:
    """The policy in the draft of that revision, without errors. Raises `NotFound`, `Outdated`, `PolicyRefused`."""
    draft = store.get(store_id, "draft")
    if draft["revision"] != revision:
        raise Outdated(f"the draft is at revision {draft['revision']}")
    policy: JsonObject = draft["policy"]
    errors = [finding.document() for finding in _findings(store_id, policy) if finding.severity == "error"]
    if errors:
        raise PolicyRefused(f"{len(errors)} errors", findings=errors)
    return policy
